'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { type ApiProblem, asProblem } from '@/lib/api/problem';
import { cn } from '@/lib/cn';
import type { Feedback } from './answer';

const reasons = ['Wrong number', 'Wrong table', 'Misunderstood', 'Incomplete', 'Badly said', 'Too slow'] as const;

/** What was wrong with an answer, in a word, in a sentence, and as the SQL that would have been right. */
export function FeedbackDialog({
  open,
  onOpenChange,
  given,
  sql,
  onGive,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  given: Feedback | undefined;
  sql: string | undefined;
  onGive: (feedback: Pick<Feedback, 'reason' | 'comment' | 'corrected_sql'>) => Promise<unknown>;
}) {
  const [form, setForm] = useState({ reason: '', comment: '', corrected_sql: '' });
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!open) return;
    setProblem(undefined);
    setForm({
      reason: given?.reason ?? '',
      comment: given?.comment ?? '',
      corrected_sql: given?.corrected_sql ?? sql ?? '',
    });
    // What was given before fills the form once, when it opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [open]);
  const give = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const corrected = form.corrected_sql.trim() === sql?.trim() ? '' : form.corrected_sql.trim();
      await onGive({ reason: form.reason, comment: form.comment.trim(), corrected_sql: corrected });
      onOpenChange(false);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="What was wrong?"
      description="Your rating is kept already. Every word helps; a corrected statement helps most."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        <div role="group" aria-label="Reason" className="flex flex-wrap gap-2">
          {reasons.map((reason) => (
            <button
              key={reason}
              type="button"
              aria-pressed={form.reason === reason}
              onClick={() => setForm({ ...form, reason: form.reason === reason ? '' : reason })}
              className={cn(
                'rounded-full border px-3 py-1 text-[13px] transition-colors hover:bg-muted',
                form.reason === reason && 'border-accent bg-accent-soft text-accent',
              )}
            >
              {reason}
            </button>
          ))}
        </div>
        <Field label="Comment">
          <Textarea
            value={form.comment}
            maxLength={4000}
            placeholder="Cancelled orders should not count."
            onChange={(event) => setForm({ ...form, comment: event.target.value })}
          />
        </Field>
        {sql !== undefined && (
          <Field label="Corrected SQL" hint="Change the statement into what would have been right.">
            <Textarea
              value={form.corrected_sql}
              maxLength={50_000}
              spellCheck={false}
              rows={6}
              className="font-mono text-[13px]"
              onChange={(event) => setForm({ ...form, corrected_sql: event.target.value })}
            />
          </Field>
        )}
        {problem && <ProblemNote error={problem} />}
        <DialogActions>
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
          <Button type="submit" variant="primary" busy={busy}>
            Send
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
