import type { VirtualItem } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Loader2 } from 'lucide-react';
import type { PointerEvent } from 'react';
import { cn } from '@/lib/cn';
import { isNumeric, type ResultColumn } from './cells';
import type { Sort } from './use-sort';

interface GridHeaderProps {
  readonly gridId: string;
  readonly columns: readonly ResultColumn[];
  readonly items: readonly VirtualItem[];
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly sort: Sort | undefined;
  readonly busyColumn: number | undefined;
  /** -1 when the active cell is below. */
  readonly activeColumn: number;
  readonly onSort: (column: number) => void;
  readonly onResize: (column: number, width: number) => void;
  readonly onFit: (column: number) => void;
}

/** Names and types over the columns. They stay while the rows scroll; a click sorts, the right edge changes the width. */
export function GridHeader({ gridId, columns, items, width, height, gutter, ...rest }: GridHeaderProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-20 bg-surface" style={{ width, height }}>
      <div role="row" aria-rowindex={1} className="relative h-full">
        <div
          role="columnheader"
          aria-colindex={1}
          className="sticky left-0 z-10 flex h-full items-center justify-end border-r border-b bg-surface px-2 text-xs text-muted-foreground"
          style={{ width: gutter }}
        >
          <span aria-hidden>#</span>
          <span className="sr-only">Row</span>
        </div>
        {items.map((item) => (
          <HeaderCell
            key={item.index}
            id={`${gridId}--1-${item.index}`}
            column={columns[item.index]!}
            item={item}
            {...rest}
          />
        ))}
      </div>
    </div>
  );
}

type HeaderCellProps = Omit<GridHeaderProps, 'gridId' | 'columns' | 'items' | 'width' | 'height' | 'gutter'> & {
  readonly id: string;
  readonly column: ResultColumn;
  readonly item: VirtualItem;
};

function HeaderCell({ id, column, item, sort, busyColumn, activeColumn, onSort, onResize, onFit }: HeaderCellProps) {
  const { index, start, size } = item;
  const direction = sort?.column === index ? sort.direction : undefined;
  return (
    <div
      role="columnheader"
      id={id}
      aria-colindex={index + 2}
      aria-sort={direction ?? 'none'}
      className={cn(
        'absolute top-0 h-full border-r border-b',
        index === activeColumn && 'outline-2 -outline-offset-2 outline-accent',
      )}
      style={{ left: start, width: size }}
    >
      <button
        type="button"
        tabIndex={-1}
        title={`${column.name} (${column.type}): sort`}
        onClick={() => onSort(index)}
        className={cn(
          'flex h-full w-full flex-col justify-center overflow-hidden px-2.5 text-left hover:bg-muted/60',
          isNumeric(column.type) && 'items-end text-right',
        )}
      >
        <span className="flex max-w-full items-center gap-1 font-sans text-[13px] font-medium">
          <span className="truncate">{column.name}</span>
          <SortMark direction={direction} busy={busyColumn === index} />
        </span>
        <span className="max-w-full truncate text-[11px] text-muted-foreground">{column.type}</span>
      </button>
      <ResizeEdge width={size} onResize={(width) => onResize(index, width)} onFit={() => onFit(index)} />
    </div>
  );
}

function SortMark({ direction, busy }: { direction: Sort['direction'] | undefined; busy: boolean }) {
  if (busy) return <Loader2 className="size-3.5 shrink-0 animate-spin text-muted-foreground" aria-hidden />;
  if (!direction) return null;
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  return <Arrow className="size-3.5 shrink-0 text-accent" aria-hidden />;
}

/** For the mouse; with the keyboard Alt and the arrows change the width of the active column. */
function ResizeEdge({
  width,
  onResize,
  onFit,
}: {
  width: number;
  onResize: (width: number) => void;
  onFit: () => void;
}) {
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const edge = event.currentTarget;
    const from = event.clientX;
    const move = ({ clientX }: globalThis.PointerEvent) => onResize(width + clientX - from);
    edge.setPointerCapture(event.pointerId);
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <div
      aria-hidden
      data-resize
      onPointerDown={begin}
      onDoubleClick={onFit}
      className="absolute top-0 -right-1 z-10 h-full w-2 cursor-col-resize touch-none hover:bg-accent/40"
    />
  );
}
