'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect } from 'react';

export const rowHeight = 29;
export const headerHeight = 46;
/** Rows that are drawn above and below those in sight. */
const spareRows = 6;

/** Which rows and columns are in sight. Only those are on the page. */
export function useGridWindows(
  scroller: RefObject<HTMLDivElement | null>,
  rowCount: number,
  widths: readonly number[],
  gutter: number,
) {
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: spareRows,
    paddingStart: headerHeight,
    scrollPaddingStart: headerHeight,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: widths.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index]!,
    overscan: 2,
    paddingStart: gutter,
    scrollPaddingStart: gutter,
  });
  useLayoutEffect(() => columns.measure(), [columns, widths]);
  // Rows that leave are used again for those that come, which is faster than making new ones: no more than these are drawn.
  const pool = Math.ceil((rows.scrollRect?.height ?? 0) / rowHeight) + 2 * spareRows + 2;
  return { rows, columns, pool };
}
