'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatNumber } from '@/lib/format';
import { useForm } from '@/lib/use-form';
import { useWorkspace } from '@/lib/use-session';
import { ifMatch, useVersioned } from '@/lib/use-versioned';
import { type QuotaField, quotaFields, sentQuotas, shownQuotas } from './quota-values';

/** The workspace's own quotas, within those of the service. */
export function QuotaDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Quotas"
      description="What this workspace may use. An empty field leaves the limit to the service."
    >
      <Loaded onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Loaded({ onDone }: { onDone: () => void }) {
  const workspaceId = useWorkspace()!.id;
  const read = useVersioned(['quotas', workspaceId], () =>
    api.GET('/api/v1/workspaces/{workspace_id}/quotas', { params: { path: { workspace_id: workspaceId } } }),
  );
  if (read.isError) return <ProblemNote error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data || read.isFetching) return <SkeletonRows rows={4} />;
  return <QuotaForm quotas={read.data.value} etag={read.data.etag} onDone={onDone} />;
}

function QuotaForm({ quotas, etag, onDone }: { quotas: Schemas['Quotas']; etag?: string; onDone: () => void }) {
  const client = useQueryClient();
  const workspaceId = useWorkspace()!.id;
  const form = useForm(shownQuotas(quotas), async (values) => {
    const params = { path: { workspace_id: workspaceId }, header: ifMatch(etag) };
    await ask(api.PUT('/api/v1/workspaces/{workspace_id}/quotas', { params, body: sentQuotas(values) }));
    await Promise.all(['usage', 'quotas'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    toast.success('The quotas are saved');
    onDone();
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      {quotaFields.map((field) => (
        <Field
          key={field.name}
          label={`${field.label} (${field.unit})`}
          hint={ofTheService(field, quotas.service[field.name])}
          error={form.errorOf(field.name)}
        >
          <Input type="number" min={0} step="any" inputMode="decimal" {...form.bind(field.name)} />
        </Field>
      ))}
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={form.busy}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}

function ofTheService({ size, unit }: QuotaField, value: number | null | undefined): string {
  if (value === null || value === undefined) return 'The service sets no limit.';
  return `The service allows at most ${formatNumber(value / size)} ${unit}.`;
}
