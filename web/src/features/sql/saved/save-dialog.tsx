'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { useForm } from '@/lib/use-form';
import { type Parameter, parametersOf } from '../named-parameters';
import { ParameterTable } from './parameter-table';
import { type SavedQuery, saveQuery } from './saved-queries';

/** Keeps a statement under a name, or changes what is said about one that is kept. */
export function SaveDialog({
  sql,
  parameters: known,
  before,
  suggestedName = '',
  onClose,
  onSaved,
}: {
  sql: string;
  parameters: readonly Parameter[];
  before?: SavedQuery;
  suggestedName?: string;
  onClose: () => void;
  onSaved?: (saved: SavedQuery) => void;
}) {
  const client = useQueryClient();
  const [parameters, setParameters] = useState(() => parametersOf(sql, known));
  const form = useForm(
    { name: before?.name ?? suggestedName, description: before?.description ?? '' },
    async ({ name, description }) => {
      const body = { name: name.trim(), description: description.trim(), sql, parameters: [...parameters] };
      const saved = await saveQuery(client, body, before);
      toast.success(`“${saved.name}” is saved`);
      onSaved?.(saved);
      onClose();
    },
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={before ? `Change “${before.name}”` : 'Save the query'}
      description="Everyone in the workspace can find and run it."
      className="max-w-xl"
    >
      <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
        <Field label="Name" error={form.errorOf('name')}>
          <Input required maxLength={200} autoFocus {...form.bind('name')} />
        </Field>
        <Field label="Description" error={form.errorOf('description')}>
          <Textarea maxLength={2000} rows={2} className="min-h-16" {...form.bind('description')} />
        </Field>
        <ParameterTable parameters={parameters} onChange={setParameters} />
        {form.problem && <ProblemNote error={form.problem} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} disabled={!form.values.name.trim()}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
