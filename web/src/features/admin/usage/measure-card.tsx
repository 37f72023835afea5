import { Card } from '@/components/ui/card';
import { Progress } from '@/components/ui/progress';
import type { Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { formatBytes, formatDate, formatNumber, formatUsd } from '@/lib/format';
import { measures } from './measures';

type Usage = Schemas['MeasuredUsage'];

const formats: Readonly<Record<Usage['unit'], (value: number) => string>> = {
  bytes: formatBytes,
  queries: formatNumber,
  usd: formatUsd,
};

/** One measure: how much of how much, as numbers and as a bar, and what happens at the limit. */
export function MeasureCard({
  measure: { measure, unit, used, maximum, fraction, resets_at: resetsAt },
}: {
  measure: Usage;
}) {
  const { title, atTheLimit } = measures[measure];
  const format = formats[unit];
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-sm font-medium text-muted-foreground">{title}</h2>
      <p className="text-sm text-muted-foreground">
        <span className={cn('text-2xl font-semibold tracking-tight tabular-nums', textTone(fraction))}>
          {format(used)}
        </span>{' '}
        {maximum === null ? 'no limit' : `of ${format(maximum)}`}
        {fraction !== null && ` · ${percent(fraction)}`}
      </p>
      {fraction !== null && <Progress value={fraction} label={title} className={barTone(fraction)} />}
      <p className="text-[13px] text-muted-foreground">
        {maximum === null ? 'It is counted, and nothing is refused.' : atTheLimit}
        {resetsAt !== null && ` Counted anew from ${formatDate(resetsAt)}.`}
      </p>
    </Card>
  );
}

function percent(fraction: number): string {
  return fraction > 0 && fraction < 0.01 ? 'below 1%' : `${Math.floor(fraction * 100)}%`;
}

function textTone(fraction: number | null): string {
  if (fraction === null || fraction < 0.8) return 'text-foreground';
  return fraction < 1 ? 'text-warning' : 'text-danger';
}

function barTone(fraction: number): string | undefined {
  if (fraction < 0.8) return undefined;
  return fraction < 1 ? '[&>div]:bg-warning' : '[&>div]:bg-danger';
}
