'use client';

import { useMutation } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { api, ask } from '@/lib/api/client';
import { Action } from './action';
import type { Answer, Feedback } from './answer';
import { FeedbackDialog } from './feedback-dialog';

/** Up counts at once; down asks what was wrong, and counts without an answer, too. Both can be changed. */
export function FeedbackButtons({ answer, onChanged }: { answer: Answer; onChanged: () => void }) {
  const { messageId } = answer;
  const [isOpen, setOpen] = useState(false);
  const [given, setGiven] = useState(answer.feedback);
  const give = useMutation({
    mutationFn: (feedback: Partial<Feedback> & Pick<Feedback, 'rating'>) =>
      ask(
        api.POST('/api/v1/messages/{message_id}/feedback', {
          params: { path: { message_id: messageId } },
          body: withoutNulls(feedback),
        }),
      ),
    onSuccess: (feedback) => {
      setGiven(feedback);
      onChanged();
    },
  });
  const rating = give.isPending ? give.variables.rating : given?.rating;
  return (
    <>
      <Action
        label="Good answer"
        aria-pressed={rating === 'up'}
        className={rating === 'up' ? 'text-success' : undefined}
        onClick={() => give.mutate({ rating: 'up' }, { onSuccess: () => toast.success('Thank you') })}
      >
        <ThumbsUp className={rating === 'up' ? 'fill-current' : undefined} />
      </Action>
      <Action
        label="Bad answer"
        aria-pressed={rating === 'down'}
        className={rating === 'down' ? 'text-danger' : undefined}
        onClick={() => {
          if (given?.rating !== 'down') give.mutate({ rating: 'down' });
          setOpen(true);
        }}
      >
        <ThumbsDown className={rating === 'down' ? 'fill-current' : undefined} />
      </Action>
      <FeedbackDialog
        open={isOpen}
        onOpenChange={setOpen}
        given={given}
        sql={answer.provenance?.queries.at(-1)?.sql}
        onGive={async (feedback) => {
          await give.mutateAsync({ ...feedback, rating: 'down' });
          toast.success('Thank you', { description: 'Those who look after the answers see it.' });
        }}
      />
    </>
  );
}

function withoutNulls({ rating, ...rest }: Partial<Feedback> & Pick<Feedback, 'rating'>) {
  const told = Object.entries(rest).filter(([, text]) => text);
  return { rating, ...(Object.fromEntries(told) as { reason?: string; comment?: string; corrected_sql?: string }) };
}
