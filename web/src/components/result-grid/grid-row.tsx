import type { VirtualItem } from '@tanstack/react-virtual';
import { memo } from 'react';
import { cn } from '@/lib/cn';
import { type CellKind, lineText, type ResultRow } from './cells';

export interface GridRowProps {
  readonly gridId: string;
  /** From 0, as it stands in the grid. */
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  readonly gutter: number;
  /** Undefined while it is on its way. */
  readonly row: ResultRow | undefined;
  readonly kinds: readonly CellKind[];
  readonly columns: readonly VirtualItem[];
  /** First and last selected column; -1 for none. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** -1 when the active cell is in another row. */
  readonly activeColumn: number;
}

/** One row. It is drawn anew only when something of it changes, however often the grid scrolls. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { gridId, index, top, height, width, gutter, row, kinds, columns } = props;
  const { selectedFrom, selectedTo, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="absolute left-0 hover:bg-muted/40"
      style={{ top, height, width }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        data-row={index}
        className={cn(
          'sticky left-0 z-10 flex h-full items-center justify-end border-r border-b bg-surface px-2 text-xs text-muted-foreground tabular-nums',
          selectedFrom >= 0 && 'bg-accent-soft',
        )}
        style={{ width: gutter }}
      >
        {index + 1}
      </div>
      {columns.map(({ index: column, start, size }) => {
        const selected = column >= selectedFrom && column <= selectedTo;
        const kind = kinds[column]!;
        const value = row?.[column];
        return (
          <div
            key={column}
            role="gridcell"
            id={`${gridId}-${index}-${column}`}
            aria-colindex={column + 2}
            aria-selected={selected}
            data-row={index}
            data-column={column}
            className={classOf(row !== undefined, value, kind, selected, column === activeColumn)}
            style={{ left: start, width: size, lineHeight: `${height - 1}px` }}
          >
            {row ? textOf(value, kind) : ''}
          </div>
        );
      })}
    </div>
  );
});

function textOf(value: unknown, kind: CellKind): string {
  if (value === null || value === undefined) return 'NULL';
  return value === '' ? 'empty' : lineText(value, kind);
}

/** Put together by hand: this runs for every cell that comes into sight. */
function classOf(isHere: boolean, value: unknown, kind: CellKind, selected: boolean, active: boolean): string {
  let classes = 'absolute top-0 h-full truncate border-r border-b px-2.5 whitespace-pre';
  if (!isHere) classes += ' bg-linear-to-r from-muted to-transparent';
  else if (value === null || value === undefined || value === '') classes += ' text-xs text-muted-foreground italic';
  if (kind === 'number' || kind === 'exact') classes += ' text-right';
  if (selected) classes += ' bg-accent-soft';
  if (active) classes += ' outline-2 -outline-offset-2 outline-accent';
  return classes;
}
