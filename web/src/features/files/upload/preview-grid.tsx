'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { cn } from '@/lib/cn';
import { ColumnHeader } from './column-header';
import { cellText, columnWidths, isNumeric, rowOfLine } from './grid-layout';
import type { ContractColumn, Preview } from './use-reading';

const rowPx = 30;
const headerPx = 58;
const linePx = 58;

/** A place in the grid that something else on the page points at. */
export interface Pointed {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** The first rows of a file as they will be stored. Rows and columns are drawn only where they can be seen. */
export function PreviewGrid({
  preview,
  columns,
  pointed,
  onEdit,
}: {
  preview: Preview;
  columns: readonly ContractColumn[];
  pointed: Pointed | undefined;
  onEdit: (column: number) => void;
}) {
  const { rows, lines } = preview;
  const scroller = useRef<HTMLDivElement>(null);
  const widths = useMemo(
    () =>
      columnWidths(
        preview.columns.map(({ name, type }, index) => [columns[index]?.name ?? name, `${type} ..`]),
        rows,
      ),
    [preview.columns, columns, rows],
  );
  const misfits = useMemo(
    () => new Set(preview.misfits.map(({ row, column }) => `${row} ${column}`)),
    [preview.misfits],
  );
  const vertical = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    paddingStart: headerPx,
    scrollPaddingStart: headerPx,
    overscan: 12,
  });
  const horizontal = useVirtualizer({
    horizontal: true,
    count: widths.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 100,
    paddingStart: linePx,
    scrollPaddingStart: linePx,
    overscan: 4,
  });
  useEffect(() => horizontal.measure(), [horizontal, widths]);
  const pointedRow = pointed?.line === undefined ? -1 : rowOfLine(lines, pointed.line);
  useEffect(() => {
    if (pointedRow >= 0) vertical.scrollToIndex(pointedRow, { align: 'center' });
    if (pointed?.column !== undefined) horizontal.scrollToIndex(pointed.column, { align: 'center' });
  }, [pointed, pointedRow, vertical, horizontal]);
  const across = horizontal.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Rows of the file"
      // Scrolls both ways, and can therefore take focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="scrollbar-thin relative max-h-[min(70dvh,44rem)] min-h-40 overflow-auto rounded-xl border bg-surface text-[13px]"
    >
      <div
        role="table"
        aria-label="Preview of the rows"
        aria-rowcount={rows.length + 1}
        aria-colcount={widths.length + 1}
        className="relative"
        style={{ height: vertical.getTotalSize(), width: Math.max(horizontal.getTotalSize(), 1) }}
      >
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-20 border-b bg-surface"
          style={{ height: headerPx }}
        >
          <div
            role="columnheader"
            aria-colindex={1}
            className="sticky left-0 z-10 flex h-full items-end justify-end border-r bg-surface px-2 pb-2 text-xs text-muted-foreground"
            style={{ width: linePx }}
          >
            Line
          </div>
          {across.map(({ index, start, size }) => (
            <ColumnHeader
              key={index}
              index={index}
              start={start}
              width={size}
              column={columns[index]}
              shown={preview.columns[index]!}
              misfits={preview.misfits.filter(({ column }) => column === index).length}
              warnings={preview.warnings
                .filter(({ field, code }) => field === index && code !== 'misfit_value')
                .map(({ detail }) => detail)}
              onEdit={onEdit}
            />
          ))}
        </div>
        {vertical.getVirtualItems().map(({ index: row, start }) => (
          <div
            key={row}
            role="row"
            aria-rowindex={row + 2}
            className={cn('absolute left-0 w-full border-b border-border/60', row === pointedRow && 'bg-warning-soft')}
            style={{ top: start, height: rowPx }}
          >
            <div
              role="rowheader"
              aria-colindex={1}
              className="sticky left-0 z-10 flex h-full items-center justify-end border-r bg-surface px-2 text-xs text-muted-foreground tabular-nums"
              style={{ width: linePx }}
            >
              {lines[row]}
            </div>
            {across.map(({ index, start: left, size }) => (
              <Cell
                key={index}
                index={index}
                value={rows[row]?.[index] ?? null}
                type={preview.columns[index]?.type ?? 'varchar'}
                isMisfit={misfits.has(`${row} ${index}`)}
                isDropped={columns[index]?.drop === true}
                left={left}
                width={size}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function Cell({
  index,
  value,
  type,
  isMisfit,
  isDropped,
  left,
  width,
}: {
  index: number;
  value: string | number | boolean | null;
  type: string;
  isMisfit: boolean;
  isDropped: boolean;
  left: number;
  width: number;
}) {
  const text = cellText(value);
  return (
    <div
      role="cell"
      aria-colindex={index + 2}
      title={isMisfit ? `${text} is no ${type}` : value === null ? undefined : String(value).slice(0, 2000)}
      className={cn(
        'absolute top-0 flex h-full items-center px-2.5',
        isNumeric(type) && !isMisfit && 'justify-end tabular-nums',
        isMisfit && 'bg-danger-soft text-danger',
        isDropped && 'opacity-40',
      )}
      style={{ left, width }}
    >
      <span className={cn('truncate whitespace-pre', value === null && 'text-xs text-muted-foreground italic')}>
        {text}
      </span>
    </div>
  );
}
