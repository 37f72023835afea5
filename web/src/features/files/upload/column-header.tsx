'use client';

import { CircleAlert, Pencil, TriangleAlert } from 'lucide-react';
import { TypeBadge } from '@/components/type-badge';
import { Tooltip } from '@/components/ui/tooltip';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';
import { isNumeric } from './grid-layout';
import type { ContractColumn, Preview } from './use-reading';

/** A column's name and type. It tells why on hover, and opens the editor. */
export function ColumnHeader({
  index,
  start,
  width,
  column,
  shown,
  misfits,
  warnings,
  onEdit,
}: {
  index: number;
  start: number;
  width: number;
  column: ContractColumn | undefined;
  shown: Preview['columns'][number];
  misfits: number;
  /** What is odd about it, besides values that do not fit. */
  warnings: readonly string[];
  onEdit: (column: number) => void;
}) {
  const name = column?.name ?? shown.name;
  const isDropped = column?.drop === true;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-label={name}
      className="absolute top-0 h-full p-0.5"
      style={{ left: start, width }}
    >
      <Tooltip
        side="bottom"
        content={<Evidence shown={shown} isDropped={isDropped} misfits={misfits} warnings={warnings} />}
      >
        <button
          type="button"
          onClick={() => onEdit(index)}
          className={cn(
            'group relative flex size-full flex-col justify-center gap-0.5 rounded-md px-2 text-left hover:bg-muted focus-visible:-outline-offset-2',
            isNumeric(shown.type) && 'items-end',
          )}
        >
          <span className="flex max-w-full items-center gap-1">
            <span className={cn('truncate font-medium', isDropped && 'text-muted-foreground line-through')}>
              {name}
            </span>
            {misfits > 0 && <CircleAlert className="size-3.5 shrink-0 text-danger" aria-hidden />}
            {warnings.length > 0 && <TriangleAlert className="size-3.5 shrink-0 text-warning" aria-hidden />}
            <Pencil
              className={cn(
                'absolute bottom-2 size-3 bg-muted text-muted-foreground opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
                isNumeric(shown.type) ? 'left-1.5' : 'right-1.5',
              )}
              aria-hidden
            />
          </span>
          {isDropped ? (
            <span className="text-xs text-muted-foreground">left out</span>
          ) : (
            <TypeBadge type={shown.type} className="max-w-full" />
          )}
        </button>
      </Tooltip>
    </div>
  );
}

function Evidence({
  shown: { source_name: source, type, format, null_values: nullValues, evidence },
  isDropped,
  misfits,
  warnings,
}: {
  shown: Preview['columns'][number];
  isDropped: boolean;
  misfits: number;
  warnings: readonly string[];
}) {
  return (
    <span className="flex flex-col gap-1">
      <span>In the file: {source.slice(0, 200)}</span>
      <span>
        {type}: {evidence}
      </span>
      {format && <span>Format: {format}</span>}
      {nullValues && nullValues.length > 0 && <span>Read as NULL: {nullValues.join(', ')}</span>}
      {misfits > 0 && <span>{formatCount(misfits, 'value')} of those shown do not fit</span>}
      {warnings.map((warning) => (
        <span key={warning}>{warning}</span>
      ))}
      {isDropped && <span>Not stored</span>}
    </span>
  );
}
