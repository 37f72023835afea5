'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatDate } from '@/lib/format';
import { useForm } from '@/lib/use-form';
import { useMay } from '@/lib/use-session';
import { ifMatch } from '@/lib/use-versioned';

/** The name, and the id that programs send. */
export function NameForm({ workspace, etag }: { workspace: Schemas['Workspace']; etag: string | undefined }) {
  const client = useQueryClient();
  const mayChange = useMay('workspace:write');
  const form = useForm({ name: workspace.name }, async ({ name }) => {
    const params = { path: { workspace_id: workspace.id }, header: ifMatch(etag) };
    await ask(api.PATCH('/api/v1/workspaces/{workspace_id}', { params, body: { name: name.trim() } }));
    await Promise.all(['workspace', 'me'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    toast.success('The workspace has a new name');
  });
  return (
    <Card>
      <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
        <Field label="Name" error={form.errorOf('name')}>
          <Input required maxLength={100} disabled={!mayChange} className="max-w-md" {...form.bind('name')} />
        </Field>
        <div className="text-sm">
          <p className="font-medium">Id</p>
          <p className="flex items-center gap-1 text-muted-foreground">
            <code className="min-w-0 font-mono text-[13px] break-all">{workspace.id}</code>
            <CopyButton text={workspace.id} label="Copy the id" />
          </p>
          <p className="text-[13px] text-muted-foreground">
            Programs name the workspace with it, in the header X-Workspace-Id. Created{' '}
            {formatDate(workspace.created_at)}.
          </p>
        </div>
        {form.problem && <ProblemNote error={form.problem} />}
        {mayChange && (
          <Button
            type="submit"
            variant="primary"
            className="self-start"
            busy={form.busy}
            disabled={!form.values.name.trim() || form.values.name === workspace.name}
          >
            Save
          </Button>
        )}
      </form>
    </Card>
  );
}
