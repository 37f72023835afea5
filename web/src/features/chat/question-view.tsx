'use client';

import { Clock3 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { formatDateTime } from '@/lib/format';
import type { ApiProblem } from '@/lib/api/problem';

/** What was asked. One that has not reached the service says so, and can be sent again. */
export function QuestionView({
  content,
  askedAt,
  isWaiting = false,
  refusal,
  onRetry,
  onDiscard,
}: {
  content: string;
  askedAt?: string;
  /** On its way to a service that cannot be reached at the moment. */
  isWaiting?: boolean;
  refusal?: ApiProblem;
  onRetry?: () => void;
  onDiscard?: () => void;
}) {
  return (
    <article aria-label="Question" className="flex flex-col items-end gap-2">
      <p
        title={askedAt && formatDateTime(askedAt)}
        className="max-w-[85%] rounded-2xl rounded-br-md bg-accent-soft px-3.5 py-2 text-[15px] break-words whitespace-pre-wrap"
      >
        {content}
      </p>
      {isWaiting && (
        <p className="flex items-center gap-1.5 text-xs text-muted-foreground">
          <Clock3 className="size-3.5" aria-hidden /> Sent as soon as the service answers
        </p>
      )}
      {refusal && (
        <ProblemNote error={refusal} onRetry={onRetry} className="w-full">
          <Button size="small" variant="ghost" onClick={onDiscard}>
            Discard
          </Button>
        </ProblemNote>
      )}
    </article>
  );
}
