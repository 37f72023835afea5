'use client';

import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { ProblemNote } from '@/components/ui/problem-note';
import { cn } from '@/lib/cn';
import { kindOf } from './cells';
import { CellPopover } from './cell-popover';
import { copyCells, textHere } from './copy-cells';
import { GridHeader } from './grid-header';
import { GridRow } from './grid-row';
import { GridStatus } from './grid-status';
import type { ResultSource } from './result-source';
import { at, type GridPlace, type GridSelection, header, moved, rangeOf } from './selection';
import { useColumns } from './use-columns';
import { headerHeight, rowHeight, useGridWindows } from './use-grid-windows';
import { usePointerSelection } from './use-pointer-selection';
import { useSort } from './use-sort';
import { useSourceVersion } from './use-source-version';

/** Browsers cannot scroll further than a few million pixels reliably. */
const mostShownRows = 500_000;

/** A result as a grid. Rows and columns out of sight are not on the page, so its size does not matter. */
export function GridView({
  source,
  truncated,
  label,
  className,
  children,
}: {
  source: ResultSource;
  truncated: boolean;
  label: string;
  className?: string;
  children?: ReactNode;
}) {
  const gridId = useId();
  useSourceVersion(source);
  const scroller = useRef<HTMLDivElement>(null);
  const { sort, busyColumn, cycle } = useSort(source);
  const rowCount = sort ? sort.order.length : Math.min(source.rowCount, mostShownRows);
  const gutter = 26 + 8 * Math.max(2, String(rowCount).length);
  const { widths, resize, fit } = useColumns(source);
  const { rows, columns, pool } = useGridWindows(scroller, rowCount, widths, gutter);
  const kinds = useMemo(() => source.columns.map(({ type }) => kindOf(type)), [source]);
  const [selection, select] = useState<GridSelection>();
  const [expanded, expand] = useState<{ place: GridPlace; anchor: HTMLElement }>();

  const rowItems = rows.getVirtualItems();
  const columnItems = columns.getVirtualItems();
  const first = rowItems[0]?.index ?? 0;
  const last = rowItems.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!sort) return source.want(first - 100, last + 200);
    const places = sort.order.subarray(first, last + 1);
    const missing = places.find((place) => !source.row(place));
    if (missing !== undefined) source.want(missing, missing + 1);
  });

  const rowAt = (index: number) => source.row(sort?.order[index] ?? index);
  const range = selection && rangeOf(selection);
  const cellId = ({ row, column }: GridPlace) => `${gridId}-${row}-${column}`;
  const open = (place: GridPlace) => {
    const anchor = document.getElementById(cellId(place));
    if (anchor && rowAt(place.row)) expand({ place, anchor });
  };
  const copy = (withHeader: boolean) => {
    if (range) void copyCells({ source, range, order: sort?.order, withHeader });
  };
  const pointer = usePointerSelection(source.columns.length, selection, select, open);

  const onKeyDown = (event: KeyboardEvent) => {
    const { active } = selection ?? at({ row: 0, column: 0 });
    const isResize = event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight');
    if (isResize) resize(active.column, widths[active.column]! + (event.key === 'ArrowLeft' ? -16 : 16));
    else if (event.key === 'Enter' || event.key === ' ' || event.key === 'F2') {
      if (active.row === header) void cycle(active.column);
      else open(active);
    } else {
      const size = { rows: rowCount, columns: source.columns.length, page: pageOf(scroller.current) };
      const modifier = event.ctrlKey || event.metaKey;
      const next = moved(selection ?? at(active), { key: event.key, shiftKey: event.shiftKey, modifier }, size);
      if (!next) return;
      select(next);
      if (event.key.startsWith('Arrow') || /^(?:Page|Home|End)/.test(event.key)) show(next.active);
    }
    event.preventDefault();
  };
  const show = ({ row, column }: GridPlace) => {
    if (row !== header) rows.scrollToIndex(row);
    columns.scrollToIndex(column);
  };
  const onCopy = (event: ClipboardEvent) => {
    if (!range || range.bottom < range.top) return;
    event.preventDefault();
    const text = textHere({ source, range, order: sort?.order, withHeader: false });
    if (text === undefined) copy(false);
    else event.clipboardData.setData('text/plain', text);
  };

  const width = columns.getTotalSize();
  const { active } = selection ?? {};
  const isActiveShown = active && (active.row === header || (active.row >= first && active.row <= last));
  return (
    <div
      className={cn(
        'flex min-h-0 flex-col overflow-hidden rounded-lg border bg-surface has-[[role=grid]:focus-visible]:border-accent',
        className,
      )}
    >
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={source.columns.length + 1}
        aria-multiselectable
        aria-activedescendant={isActiveShown ? cellId(active) : undefined}
        tabIndex={0}
        onFocus={() => select((before) => before ?? at({ row: rowCount > 0 ? 0 : header, column: 0 }))}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        {...pointer}
        className="scrollbar-thin relative min-h-0 flex-auto overflow-auto overscroll-contain font-mono text-[13px] select-none outline-none"
      >
        <div className="relative" style={{ width, height: headerHeight + rowCount * rowHeight }}>
          <GridHeader
            gridId={gridId}
            columns={source.columns}
            items={columnItems}
            width={width}
            height={headerHeight}
            gutter={gutter}
            sort={sort}
            busyColumn={busyColumn}
            activeColumn={active?.row === header ? active.column : -1}
            onSort={(column) => void cycle(column)}
            onResize={resize}
            onFit={fit}
          />
          <div role="rowgroup">
            {rowItems.map(({ index, start }) => {
              const isSelected = range !== undefined && index >= range.top && index <= range.bottom;
              return (
                <GridRow
                  key={index % pool}
                  gridId={gridId}
                  index={index}
                  top={start}
                  height={rowHeight}
                  width={width}
                  gutter={gutter}
                  row={rowAt(index)}
                  kinds={kinds}
                  columns={columnItems}
                  selectedFrom={isSelected ? range.left : -1}
                  selectedTo={isSelected ? range.right : -1}
                  activeColumn={active?.row === index ? active.column : -1}
                />
              );
            })}
          </div>
        </div>
      </div>
      {source.problem && <ProblemNote error={source.problem} onRetry={() => source.retry()} className="m-2" />}
      <GridStatus
        rowCount={source.rowCount}
        shownRows={rowCount}
        truncated={truncated}
        sorted={sort !== undefined}
        range={range}
        onCopy={copy}
      >
        {children}
      </GridStatus>
      {expanded && (
        <CellPopover
          anchor={expanded.anchor}
          column={source.columns[expanded.place.column]!}
          value={rowAt(expanded.place.row)?.[expanded.place.column]}
          onClose={() => {
            expand(undefined);
            scroller.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </div>
  );
}

function pageOf(element: HTMLElement | null): number {
  return Math.max(1, Math.floor(((element?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1);
}
