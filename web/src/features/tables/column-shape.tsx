import type { Schemas } from '@/lib/api/client';
import { formatCompact, formatCount, formatNumber } from '@/lib/format';

/** How the values are spread from the smallest to the greatest. */
export function Histogram({ column, counts }: { column: Schemas['TableColumn']; counts: readonly number[] }) {
  const highest = Math.max(...counts);
  const width = 100 / counts.length;
  return (
    <figure>
      <svg
        viewBox="0 0 100 30"
        preserveAspectRatio="none"
        className="h-9 w-full text-chart-1"
        role="img"
        aria-label={`Values of ${column.name} from ${column.min} to ${column.max}; the fullest of ${counts.length} steps holds ${formatNumber(highest)}.`}
      >
        {counts.map((count, step) => {
          const height = count === 0 ? 0 : Math.max((count / highest) * 29, 0.8);
          return (
            <rect
              key={step}
              x={step * width + width * 0.06}
              y={30 - height}
              width={width * 0.88}
              height={height}
              fill="currentColor"
            >
              <title>{`Step ${step + 1} of ${counts.length}: ${formatCount(count, 'value')}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="mt-1 flex justify-between gap-4 border-t pt-0.5 text-xs text-muted-foreground tabular-nums">
        <span className="truncate" title={column.min}>
          {column.min}
        </span>
        <span className="truncate" title={column.max}>
          {column.max}
        </span>
      </figcaption>
    </figure>
  );
}

const MOST_SHOWN = 4;

/** The most frequent values with their share of all rows. */
export function TopValues({
  values,
  rows,
  distinct,
}: {
  values: readonly Schemas['TopValueView'][];
  rows: number;
  distinct: number | undefined;
}) {
  const highest = Math.max(...values.map(({ count }) => count), 1);
  const more = (distinct ?? 0) - Math.min(values.length, MOST_SHOWN);
  return (
    <ul className="flex flex-col gap-0.5 text-xs">
      {values.slice(0, MOST_SHOWN).map(({ value, count }) => (
        <li
          key={value}
          className="grid grid-cols-[minmax(0,1fr)_5rem_3.5rem] items-center gap-2"
          title={`${value}: ${formatCount(count, 'row')}`}
        >
          <span className="truncate">
            {value === '' ? <em className="text-muted-foreground">empty text</em> : value}
          </span>
          <span className="h-1.5 overflow-hidden rounded-full bg-muted" aria-hidden>
            <span className="block h-full rounded-full bg-chart-1" style={{ width: `${(count / highest) * 100}%` }} />
          </span>
          <span className="text-right text-muted-foreground tabular-nums">
            {rows > 0 && count / rows >= 0.001 ? `${((count / rows) * 100).toFixed(1)} %` : formatCompact(count)}
          </span>
        </li>
      ))}
      {more > 0 && <li className="text-muted-foreground">and {formatCount(more, 'other value')}</li>}
    </ul>
  );
}
