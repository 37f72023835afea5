'use client';

import { useMutation } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask } from '@/lib/api/client';
import { Action } from './action';
import type { Answer } from './answer';

/** Keeps a question with SQL that is known to be right: whoever asks the same is answered with it. */
export function VerifyButton({ answer }: { answer: Answer }) {
  const { messageId, provenance, feedback } = answer;
  const ownSql = feedback?.corrected_sql ?? provenance?.queries.at(-1)?.sql ?? '';
  const [isOpen, setOpen] = useState(false);
  const [question, setQuestion] = useState(provenance?.question ?? '');
  const [sql, setSql] = useState(ownSql);
  const verify = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/messages/{message_id}/verify', {
          params: { path: { message_id: messageId } },
          body: { question: question.trim(), sql: sql.trim() },
        }),
      ),
    meta: { quiet: true },
    onSuccess: () => {
      setOpen(false);
      toast.success('Saved as verified', { description: 'Whoever asks this is answered with this SQL.' });
    },
  });
  return (
    <>
      <Action label="Save as verified" onClick={() => setOpen(true)}>
        <BadgeCheck />
      </Action>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Save as verified"
        description="Whoever asks this question in this workspace is answered with this statement, and told so."
      >
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            verify.mutate();
          }}
        >
          <Field label="Question">
            <Input value={question} onChange={(event) => setQuestion(event.target.value)} required maxLength={2000} />
          </Field>
          <Field label="SQL">
            <Textarea
              value={sql}
              onChange={(event) => setSql(event.target.value)}
              required
              rows={8}
              spellCheck={false}
              className="font-mono text-[13px]"
            />
          </Field>
          {verify.error && <ProblemNote error={verify.error} />}
          <DialogActions>
            <Button type="submit" variant="primary" busy={verify.isPending} disabled={!question.trim() || !sql.trim()}>
              Save
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
