'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';

type Given = Schemas['Feedback'];

/** Makes a verified question of feedback. */
export function VerifyDialog({
  feedback,
  sql,
  open,
  onOpenChange,
}: {
  feedback: Given;
  sql: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Save as verified"
      description="Whoever asks this question in this workspace is answered with this statement, and told so."
    >
      <VerifyForm feedback={feedback} sql={sql} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function VerifyForm({ feedback, sql, onDone }: { feedback: Given; sql: string; onDone: () => void }) {
  const client = useQueryClient();
  const form = useForm({ question: feedback.question, sql }, async (values) => {
    const params = { path: { message_id: feedback.message_id } };
    const body = { question: values.question.trim(), sql: values.sql.trim() };
    await ask(api.POST('/api/v1/messages/{message_id}/verify', { params, body }));
    await client.invalidateQueries({ queryKey: ['verified-questions'] });
    toast.success('Saved as verified');
    onDone();
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="Question" error={form.errorOf('question')}>
        <Input required maxLength={2000} {...form.bind('question')} />
      </Field>
      <Field label="SQL" error={form.errorOf('sql')}>
        <Textarea required rows={8} spellCheck={false} className="font-mono text-[13px]" {...form.bind('sql')} />
      </Field>
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={form.busy}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
