import { Check, Circle, CircleSlash, Loader2, X } from 'lucide-react';
import { Progress } from '@/components/ui/progress';
import { cn } from '@/lib/cn';
import { formatBytes, formatCount } from '@/lib/format';
import type { Crawl, CrawlStep } from './crawl-steps';

const icons = { waiting: Circle, current: Loader2, done: Check, failed: X, stopped: CircleSlash };
const words = { waiting: 'not begun', current: 'under way', done: 'done', failed: 'failed', stopped: 'stopped' };

/** The steps of a crawl from above to below, the present one with how far it is. */
export function Timeline({ steps, crawl }: { steps: readonly CrawlStep[]; crawl: Crawl }) {
  return (
    <ol className="flex flex-col">
      {steps.map(({ phase, label, state }, index) => {
        const Icon = icons[state];
        return (
          <li key={phase} className="flex gap-3">
            <div className="flex flex-col items-center">
              <span
                className={cn(
                  'flex size-6 shrink-0 items-center justify-center rounded-full bg-muted text-muted-foreground',
                  state === 'done' && 'bg-success-soft text-success',
                  state === 'current' && 'bg-accent-soft text-accent',
                  state === 'failed' && 'bg-danger-soft text-danger',
                )}
              >
                <Icon className={cn('size-3.5', state === 'current' && 'animate-spin')} aria-hidden />
              </span>
              {index + 1 < steps.length && <span className="min-h-4 w-px flex-1 bg-border" />}
            </div>
            <div className="flex min-h-11 min-w-0 flex-1 flex-col gap-1.5 pb-3">
              <span className={cn('text-sm leading-6', state === 'waiting' && 'text-muted-foreground')}>
                {label}
                <span className="sr-only">: {words[state]}</span>
                {state === 'current' && <Detail crawl={crawl} />}
              </span>
              {state === 'current' && (
                <Progress value={crawl.progress.fraction} label="Progress of all steps" className="max-w-sm" />
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Detail({ crawl: { progress } }: { crawl: Crawl }) {
  const { rows, bytes } = progress;
  const parts = [rows !== undefined && formatCount(rows, 'row'), bytes !== undefined && formatBytes(bytes)].filter(
    Boolean,
  );
  if (parts.length === 0) return null;
  return <span className="ml-2 text-xs text-muted-foreground tabular-nums">{parts.join(', ')}</span>;
}
