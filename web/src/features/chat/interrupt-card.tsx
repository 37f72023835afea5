'use client';

import { useMutation } from '@tanstack/react-query';
import { CircleHelp, ShieldQuestion } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { Time } from '@/components/ui/time';
import { asProblem } from '@/lib/api/problem';
import type { Interrupt } from '@/lib/socket/frames';
import { answerInterrupt } from './use-thread';

/** A question of the run to its reader. It goes away when it is answered, here or in another window. */
export function InterruptCard({
  runId,
  interrupt,
  onAnswered,
}: {
  runId: string;
  interrupt: Interrupt;
  onAnswered: () => void;
}) {
  const isApproval = interrupt.kind === 'approve';
  const Icon = isApproval ? ShieldQuestion : CircleHelp;
  const answer = useMutation({
    mutationFn: (value: string) => answerInterrupt(runId, interrupt.interrupt_id, value),
    meta: { quiet: true },
    onSettled: onAnswered,
  });
  // Answered already is what the next event will show; everything else is worth saying.
  const failure = answer.error && asProblem(answer.error).slug !== 'nothing-to-answer' ? answer.error : undefined;
  return (
    <section aria-label={isApproval ? 'Approval' : 'Question'} className="rounded-xl border bg-surface p-4">
      <div className="flex gap-2.5">
        <Icon className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
        <p className="text-[15px] whitespace-pre-wrap">{interrupt.question}</p>
      </div>
      <div className="mt-3 flex flex-wrap gap-2 pl-6.5">
        {interrupt.options.map(({ value, label }, index) => (
          <Button
            key={value}
            variant={isApproval && index === 0 ? 'primary' : 'outline'}
            className="h-auto min-h-9 py-1.5 text-left whitespace-normal"
            busy={answer.isPending && answer.variables === value}
            disabled={answer.isPending || answer.isSuccess}
            onClick={() => answer.mutate(value)}
          >
            {label}
          </Button>
        ))}
      </div>
      {failure && <ProblemNote error={failure} className="mt-3" />}
      <p className="mt-3 pl-6.5 text-xs text-muted-foreground">
        {isApproval ? '' : 'You can also type your answer. '}
        Stays open; expires <Time at={interrupt.expires_at} />.
      </p>
    </section>
  );
}
