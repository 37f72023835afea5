'use client';

import dynamic from 'next/dynamic';
import { memo, type ReactNode, useCallback, useMemo, useState } from 'react';
import { Badge, type Tone } from '@/components/ui/badge';
import { patiently } from '@/lib/patiently';
import type { Answer, CellSource } from './answer';
import { AnswerActions } from './answer-actions';
import type { AskedCitation } from './answer-documents';
import type { AnswerDoings } from './answer-doings';
import { AnswerEvidence } from './answer-evidence';
import { InterruptCard } from './interrupt-card';
import type { RunProgress } from './run-progress';
import { RunSteps } from './run-steps';

const AnswerText = dynamic(
  patiently(() => import('./answer-text')),
  { ssr: false },
);

const none: readonly CellSource[] = [];

const endings: Readonly<Partial<Record<Answer['status'], { label: string; tone: Tone }>>> = {
  partial: { label: 'Not finished', tone: 'warning' },
  cancelled: { label: 'Stopped', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'danger' },
};

/** An answer while it comes and once it is there; the parts that stay do not move when it ends. */
export const AnswerView = memo(function AnswerView({
  answer,
  progress,
  isLast,
  isBusy,
  doings,
}: {
  answer?: Answer;
  progress?: RunProgress;
  isLast: boolean;
  isBusy: boolean;
  doings: AnswerDoings;
}) {
  const [asked, setAsked] = useState<AskedCitation>();
  const cite = useCallback((number: number) => setAsked({ number }), []);
  const citations = useMemo(() => (answer?.provenance?.documents ?? []).filter(({ cited }) => cited), [answer]);
  const content = answer?.content ?? progress?.text ?? '';
  const ending = answer && endings[answer.status];
  return (
    <article aria-label="Answer" aria-busy={answer === undefined} className="flex min-w-0 flex-col gap-3">
      {progress && <RunSteps progress={progress} />}
      {ending && (
        <Badge tone={ending.tone} className="self-start">
          {ending.label}
        </Badge>
      )}
      {content !== '' && (
        <AnswerText content={content} cells={answer?.provenance?.cells ?? none} citations={citations} onCite={cite} />
      )}
      {answer && <AnswerEvidence answer={answer} asked={asked} />}
      {progress?.interrupt && (
        <InterruptCard runId={progress.runId} interrupt={progress.interrupt} onAnswered={doings.onChanged} />
      )}
      {answer && <AnswerActions answer={answer} isBusy={isBusy} doings={doings} />}
      {answer && isLast && answer.followUps.length > 0 && (
        <FollowUps>
          {answer.followUps.map((question) => (
            <li key={question}>
              <button
                type="button"
                disabled={isBusy}
                onClick={() => doings.onAsk(question)}
                className="rounded-full border bg-surface px-3 py-1.5 text-left text-[13px] transition-colors hover:bg-muted disabled:opacity-50"
              >
                {question}
              </button>
            </li>
          ))}
        </FollowUps>
      )}
    </article>
  );
});

function FollowUps({ children }: { children: ReactNode }) {
  return (
    <ul aria-label="Questions that might come next" className="flex flex-wrap gap-2">
      {children}
    </ul>
  );
}
