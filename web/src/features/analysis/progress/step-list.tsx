import { Check, Circle, Loader2, X } from 'lucide-react';
import { Elapsed } from '@/components/ui/elapsed';
import { Progress } from '@/components/ui/progress';
import { cn } from '@/lib/cn';
import { formatCompact, formatDateTime, formatDuration, formatUsd } from '@/lib/format';
import type { Followed } from './followed';
import { stepNames, steps, type StepStatus } from './steps';

const icons = { pending: Circle, processing: Loader2, completed: Check, failed: X };
const words = { pending: 'not begun', processing: 'under way', completed: 'completed', failed: 'failed' };

/** The five steps from above to below: what each does or has done, how long it took, and what it cost. */
export function StepList({ followed: { analysis, fraction, trouble } }: { followed: Followed }) {
  return (
    <ol aria-label="Steps" className="flex flex-col">
      {steps.map((step, index) => {
        const state = analysis.analysis_result.steps_status[step];
        const { status, message } = state;
        const Icon = icons[status];
        const isPresent = status === 'processing';
        return (
          <li key={step} className="flex gap-3" aria-current={isPresent ? 'step' : undefined}>
            <div className="flex flex-col items-center">
              <span
                className={cn(
                  'flex size-6 shrink-0 items-center justify-center rounded-full bg-muted text-muted-foreground',
                  status === 'completed' && 'bg-success-soft text-success',
                  isPresent && 'bg-accent-soft text-accent',
                  status === 'failed' && 'bg-danger-soft text-danger',
                )}
              >
                <Icon className={cn('size-3.5', isPresent && 'animate-spin')} aria-hidden />
              </span>
              {index + 1 < steps.length && <span className="min-h-4 w-px flex-1 bg-border" />}
            </div>
            <div className="min-h-14 min-w-0 flex-1 pb-3 text-sm">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <h3 className={cn('leading-6 font-medium', status === 'pending' && 'text-muted-foreground')}>
                  {stepNames[step].name}
                  <span className="sr-only">: {words[status]}</span>
                </h3>
                <Cost state={state} />
              </div>
              <p className={cn('break-words text-muted-foreground', status === 'failed' && 'text-danger')}>
                {status === 'pending' || message === '' ? stepNames[step].does : message}
              </p>
              {isPresent && (
                <Progress value={fraction} label={`Progress of ${stepNames[step].name}`} className="mt-2 max-w-sm" />
              )}
              {isPresent && trouble && trouble !== message && <p className="mt-1 text-warning">{trouble}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Cost({
  state: { started_at: startedAt, completed_at: endedAt, duration_ms: ms, usage, status },
}: {
  state: StepStatus;
}) {
  if (startedAt === null) return null;
  return (
    <span
      className="flex flex-wrap gap-x-3 text-xs text-muted-foreground tabular-nums"
      title={`Begun ${formatDateTime(startedAt)}${endedAt ? `, ended ${formatDateTime(endedAt)}` : ''}`}
    >
      {usage && (
        <span>
          {formatCompact(usage.input_tokens)} tokens in, {formatCompact(usage.output_tokens)} out
          {usage.cost_usd !== null && usage.cost_usd > 0 && <>, {formatUsd(usage.cost_usd)}</>}
        </span>
      )}
      {ms !== null ? formatDuration(ms) : status === 'processing' && <Elapsed since={startedAt} />}
    </span>
  );
}
