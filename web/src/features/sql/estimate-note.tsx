import { CircleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import type { Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { cn } from '@/lib/cn';
import { formatBytes, formatUsd } from '@/lib/format';

type Estimate = Schemas['QueryEstimate'];

/** What the statement would read and cost, or what is wrong with it. */
export function EstimateNote({ estimate, problem }: { estimate: Estimate | undefined; problem: unknown }) {
  if (problem) {
    const { slug, message, members } = asProblem(problem);
    if (slug !== 'sql-rejected') return null;
    const line = typeof members.line === 'number' ? `Line ${members.line}: ` : '';
    return (
      <span className="flex min-w-0 items-center gap-1.5 text-danger" title={message}>
        <CircleAlert className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate">
          {line}
          {message}
        </span>
      </span>
    );
  }
  if (!estimate) return null;
  return (
    <Popover
      label="Estimate"
      align="end"
      trigger={
        <Button
          variant="ghost"
          size="small"
          className={cn(
            'font-normal text-muted-foreground tabular-nums',
            estimate.decision === 'ask' && 'text-warning',
            estimate.decision === 'refuse' && 'text-danger',
          )}
        >
          {estimate.decision === 'refuse' ? 'Too much to run: ' : 'Reads '}
          {formatBytes(estimate.bytes_scanned)}
          {estimate.cost_usd > 0 && ` · ${formatUsd(estimate.cost_usd)}`}
        </Button>
      }
    >
      <EstimateDetails estimate={estimate} />
    </Popover>
  );
}

/** Table by table. */
export function EstimateDetails({
  estimate: { tables, reasons, bytes_scanned: total, cost_usd: cost },
}: {
  estimate: Estimate;
}) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {tables.length === 0 && <p>The statement reads no table.</p>}
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 tabular-nums">
        {tables.map(({ table, bytes }) => (
          <div key={table} className="contents">
            <dt className="truncate font-mono text-[13px]">{table}</dt>
            <dd className="text-right text-muted-foreground">{formatBytes(bytes)}</dd>
          </div>
        ))}
        <div className="contents font-medium">
          <dt>{cost > 0 ? `In all, for ${formatUsd(cost)}` : 'In all'}</dt>
          <dd className="text-right">{formatBytes(total)}</dd>
        </div>
      </dl>
    </div>
  );
}
