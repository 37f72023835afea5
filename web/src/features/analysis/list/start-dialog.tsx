'use client';

import { Button } from '@/components/ui/button';
import { Dialog, DialogActions, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { useForm } from '@/lib/use-form';
import { useMediaQuery } from '@/lib/use-media-query';
import { ChosenFiles } from './chosen-files';
import { isInterview, mostInterviews } from './start-analysis';
import { useStart } from './use-start';

/** Which interviews to analyse, and how. */
export function StartDialog({
  files,
  onFiles,
  open,
  onOpenChange,
}: {
  files: readonly File[];
  onFiles: (files: readonly File[]) => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      title="New analysis"
      description="One interview, or several of one study. They are related to each other, and the originals stay as they are."
      open={open}
      onOpenChange={onOpenChange}
    >
      <StartForm files={files} onFiles={onFiles} />
    </Dialog>
  );
}

function StartForm({ files, onFiles }: { files: readonly File[]; onFiles: (files: readonly File[]) => void }) {
  const start = useStart();
  const form = useForm({ title: '', method: '' }, (values) => start({ files, ...values }));
  const fault = faultOf(files);
  // Elsewhere a keyboard would come up over the form.
  const hasKeyboard = useMediaQuery('(pointer: fine)');
  return (
    <form onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <ChosenFiles files={files} onFiles={onFiles} fault={fault} />
      <Field label="Title" hint="Left empty, the names of the files." error={form.errorOf('title')}>
        <Input
          {...form.bind('title')}
          autoFocus={hasKeyboard}
          maxLength={200}
          placeholder="Why people stop filling in the form"
        />
      </Field>
      <Field
        label="Method"
        hint={
          form.values.method === 'extractive'
            ? 'Sentences are chosen, counted and grouped. Nothing is made up, and nothing is understood.'
            : 'Without a language model in this service, sentences are chosen, counted and grouped.'
        }
        error={form.errorOf('method')}
      >
        <NativeSelect {...form.bind('method')}>
          <option value="">With a language model, if there is one</option>
          <option value="extractive">Without a language model</option>
        </NativeSelect>
      </Field>
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={form.busy} disabled={files.length === 0 || fault !== undefined}>
          Analyse
        </Button>
      </DialogActions>
    </form>
  );
}

function faultOf(files: readonly File[]): string | undefined {
  const others = files.filter((file) => !isInterview(file));
  if (others.length > 0) return `Not a transcript: ${others.map(({ name }) => name).join(', ')}.`;
  const empty = files.find(({ size }) => size === 0);
  if (empty) return `${empty.name} is empty.`;
  if (files.length > mostInterviews) return `At most ${mostInterviews} interviews can be analysed together.`;
  return undefined;
}
