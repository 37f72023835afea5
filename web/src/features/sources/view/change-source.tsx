'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { ifMatch, useVersioned } from '@/lib/use-versioned';
import { ConnectionFields } from '../form/connection-fields';
import { ScheduleFields } from '../form/schedule-fields';
import { ScopeFields } from '../form/scope-fields';
import { changeOf, draftOf, type SourceDraft } from '../form/source-draft';
import type { Source } from '@/components/sources/kinds';

/** Changes what was chosen when the source was connected. */
export function ChangeSource({
  source,
  open,
  onOpenChange,
}: {
  source: Source;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      title={`Change ${source.name}`}
      description="When what it reads is changed, everything is read again. Documents that are the same cost nothing."
      open={open}
      onOpenChange={onOpenChange}
      className="max-w-2xl"
    >
      <Current sourceId={source.source_id} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** As it is now, lest somebody else's change be overwritten. */
function Current({ sourceId, onDone }: { sourceId: string; onDone: () => void }) {
  const path = { source_id: sourceId };
  const [openedAt] = useState(Date.now);
  const read = useVersioned(['source', sourceId, openedAt], () =>
    api.GET('/api/v1/sources/{source_id}', { params: { path } }),
  );
  if (read.isError) return <ProblemNote error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <SkeletonRows rows={8} />;
  return <Form source={read.data.value} etag={read.data.etag} onDone={onDone} />;
}

/** Keeps to what it began with: what comes later must not change the version that the change is based on. */
function Form({ source, etag: latest, onDone }: { source: Source; etag: string | undefined; onDone: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(source));
  const [etag] = useState(latest);
  const change = (part: Partial<SourceDraft>) => setDraft((now) => ({ ...now, ...part }));
  const params = { path: { source_id: source.source_id }, header: ifMatch(etag) };
  const save = useMutation({
    mutationFn: () => ask(api.PATCH('/api/v1/sources/{source_id}', { params, body: changeOf(draft) })),
    meta: { quiet: true },
    onSuccess: async ({ name }) => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      toast.success(`${name} is saved`);
      onDone();
    },
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const fields = { draft, onChange: change, problem };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <ScheduleFields {...fields} />
      <hr />
      <ScopeFields {...fields} />
      <hr />
      <ConnectionFields {...fields} hasToken />
      {problem && <ProblemNote error={problem} />}
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={draft.isPicked && draft.containers.length === 0}
        >
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
