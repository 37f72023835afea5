'use client';

import { Check, ChevronRight, Loader2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from '@/lib/cn';
import { formatDuration } from '@/lib/format';
import { currentStep, hasEnded, labelOf, type ProgressStep, type RunProgress } from './run-progress';

/** Shorter steps are not worth a number. */
const worthTellingMs = 100;

/** What happens, or has happened, on the way to an answer: one line that opens to a list. */
export function RunSteps({ progress }: { progress: RunProgress }) {
  const [isOpen, setOpen] = useState(false);
  const { steps } = progress;
  const current = currentStep(progress);
  const isOver = hasEnded(progress) || progress.interrupt !== undefined;
  if (isOver && steps.length === 0) return null;
  return (
    <div className="text-[13px] text-muted-foreground">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="-ml-1 flex max-w-full items-center gap-1.5 rounded px-1 py-0.5 hover:text-foreground"
      >
        <ChevronRight className={cn('size-3.5 shrink-0 transition-transform', isOpen && 'rotate-90')} aria-hidden />
        {isOver ? (
          <span>{steps.length === 1 ? '1 step' : `${steps.length} steps`}</span>
        ) : (
          <>
            <span className="truncate">{current ? labelOf(current) : 'Starting'}</span>
            {current && <Elapsed key={`${current.name}-${current.startedAt}`} since={current.startedAt} />}
            <Loader2 className="size-3.5 shrink-0 animate-spin" aria-hidden />
          </>
        )}
      </button>
      {isOpen && (
        <ol className="mt-1 ml-1.5 flex flex-col gap-1 border-l pl-4">
          {steps.map((step, index) => (
            <StepLine key={index} step={step} />
          ))}
        </ol>
      )}
    </div>
  );
}

function StepLine({ step }: { step: ProgressStep }) {
  const took = step.endedAt === undefined ? undefined : step.endedAt - step.startedAt;
  return (
    <li className={cn('flex min-w-0 items-center gap-1.5', step.kind === 'tool' && 'pl-4')}>
      {step.endedAt === undefined ? (
        <Loader2 className="size-3.5 shrink-0 animate-spin" aria-label="under way" />
      ) : (
        <Check className="size-3.5 shrink-0 text-success" aria-label="done" />
      )}
      <span className="shrink-0">{labelOf(step)}</span>
      {step.detail && <code className="truncate font-mono text-xs">{step.detail}</code>}
      {took !== undefined && took >= worthTellingMs && (
        <span className="shrink-0 tabular-nums">{formatDuration(took)}</span>
      )}
    </li>
  );
}

/** How long something has been going on, from the first second on. */
function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  const elapsed = now - since;
  return elapsed < 1000 ? null : <span className="shrink-0 tabular-nums">{formatDuration(elapsed)}</span>;
}
