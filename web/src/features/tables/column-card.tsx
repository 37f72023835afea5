import { EditableText } from '@/components/ui/editable-text';
import { TypeBadge } from '@/components/type-badge';
import type { Schemas } from '@/lib/api/client';
import { formatCompact, formatNumber } from '@/lib/format';
import { Histogram, TopValues } from './column-shape';

type Column = Schemas['TableColumn'];

/** One column: name, type, what it means, and how its values look. */
export function ColumnCard({
  column,
  rows,
  editable,
  onDescribe,
}: {
  column: Column;
  rows: number;
  editable: boolean;
  onDescribe: (text: string) => void;
}) {
  return (
    <div className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,5fr)_minmax(0,3fr)_minmax(0,4fr)]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-2">
          <span className="font-mono text-sm font-medium break-all">{column.name}</span>
          <TypeBadge type={column.type} />
        </div>
        <EditableText
          className="mt-1 text-[13px]"
          value={column.description ?? ''}
          label={`the description of ${column.name}`}
          placeholder="Add a description"
          maxLength={2000}
          editable={editable}
          onSave={onDescribe}
        />
      </div>
      <dl className="flex flex-wrap content-start gap-x-4 gap-y-0.5 text-[13px] text-muted-foreground md:flex-col">
        <Fact label="Different values">{differentValues(column, rows)}</Fact>
        <Fact label="Empty">{emptyShare(column)}</Fact>
        {column.min !== undefined && column.min === column.max && <Fact label="Always">{column.min}</Fact>}
      </dl>
      <div className="min-w-0">
        <Shape column={column} rows={rows} />
      </div>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt>{label}</dt>
      <dd className="min-w-0 truncate font-medium text-foreground tabular-nums">{children}</dd>
    </div>
  );
}

/** Numbers and dates show how they are spread, texts what they say most. */
function Shape({ column, rows }: { column: Column; rows: number }) {
  const isFew = (column.distinct ?? Number.POSITIVE_INFINITY) <= 5;
  if (column.histogram && !isFew) return <Histogram column={column} counts={column.histogram} />;
  if (column.top_values?.length) return <TopValues values={column.top_values} rows={rows} distinct={column.distinct} />;
  if (column.histogram) return <Histogram column={column} counts={column.histogram} />;
  if (column.min === undefined) return null;
  return (
    <p className="truncate text-[13px] text-muted-foreground" title={`${column.min} to ${column.max}`}>
      From {column.min} to {column.max}
    </p>
  );
}

function differentValues({ distinct, null_fraction: nulls = 0 }: Column, rows: number): string {
  if (distinct === undefined) return 'unknown';
  const filled = Math.round(rows * (1 - nulls));
  if (distinct === filled && filled > 1) return 'all';
  return distinct > 10_000 ? `about ${formatCompact(distinct)}` : formatNumber(distinct);
}

function emptyShare({ null_fraction: share }: Column): string {
  if (share === undefined) return 'unknown';
  if (share === 0) return 'none';
  const percent = share * 100;
  return percent < 0.1 ? 'below 0.1 %' : `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}
