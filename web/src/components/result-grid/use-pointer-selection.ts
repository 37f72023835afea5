'use client';

import { type Dispatch, type PointerEvent, type SetStateAction, useRef } from 'react';
import { at, type GridPlace, type GridSelection } from './selection';

/**
 * Selecting with the mouse: press and drag, Shift to extend, row numbers for whole rows. A finger scrolls instead, and
 * touches single cells; touching the active cell again opens it.
 */
export function usePointerSelection(
  columnCount: number,
  selection: GridSelection | undefined,
  select: Dispatch<SetStateAction<GridSelection | undefined>>,
  open: (place: GridPlace) => void,
) {
  const dragging = useRef<'cells' | 'rows'>(undefined);

  const extend = (row: number, column: number | undefined) => {
    select((before) => {
      const active = { row, column: column ?? columnCount - 1 };
      return before
        ? { active, anchor: column === undefined ? { ...before.anchor, column: 0 } : before.anchor }
        : at(active);
    });
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const place = placeUnder(event.target);
    if (!place || event.button !== 0) return;
    if (event.pointerType !== 'mouse') return;
    dragging.current = place.column === undefined ? 'rows' : 'cells';
    if (event.shiftKey) return extend(place.row, place.column);
    select(
      place.column === undefined
        ? { active: { row: place.row, column: columnCount - 1 }, anchor: { row: place.row, column: 0 } }
        : at({ row: place.row, column: place.column }),
    );
    window.addEventListener('pointerup', () => (dragging.current = undefined), { once: true });
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!dragging.current || (event.buttons & 1) === 0) return;
    scrollAtEdges(event);
    const place = placeUnder(document.elementFromPoint(event.clientX, event.clientY));
    if (place) extend(place.row, dragging.current === 'rows' ? undefined : (place.column ?? 0));
  };

  const onClick = (event: { target: EventTarget | null; nativeEvent: Event }) => {
    const place = placeUnder(event.target);
    if (place?.column === undefined || (event.nativeEvent as globalThis.PointerEvent).pointerType === 'mouse') return;
    const cell = { row: place.row, column: place.column };
    const { active } = selection ?? {};
    if (active?.row === cell.row && active.column === cell.column) open(cell);
    else select(at(cell));
  };

  const onDoubleClick = ({ target }: { target: EventTarget | null }) => {
    const place = placeUnder(target);
    if (place?.column !== undefined) open({ row: place.row, column: place.column });
  };

  return { onPointerDown, onPointerMove, onClick, onDoubleClick };
}

/** Row and column of a cell, or the row alone of its number. */
function placeUnder(target: EventTarget | null): { row: number; column: number | undefined } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (!cell) return undefined;
  const { row, column } = cell.dataset;
  return { row: Number(row), column: column === undefined ? undefined : Number(column) };
}

const edge = 32;
const step = 24;

function scrollAtEdges({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): void {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  const x = clientX > right - edge ? step : clientX < left + edge ? -step : 0;
  const y = clientY > bottom - edge ? step : clientY < top + edge * 2 ? -step : 0;
  if (x !== 0 || y !== 0) currentTarget.scrollBy(x, y);
}
