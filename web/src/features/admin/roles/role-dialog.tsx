'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { PermissionPicker } from '@/components/permissions/permission-picker';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';
import { useWorkspace } from '@/lib/use-session';
import { ifMatch, useVersioned } from '@/lib/use-versioned';

type Role = Schemas['WorkspaceRole'];

/** What every role has; it is not offered. */
const everybodys = 'workspace:read';

/** Makes a role of the workspace's own, or changes one. */
export function RoleDialog({
  role,
  open,
  onOpenChange,
}: {
  role?: Role;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const onDone = () => onOpenChange(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={role ? `Edit ${role.name}` : 'New role'}
      description="It can allow what your own role allows. Every role can see the workspace itself."
      className="max-w-xl"
    >
      {role ? <Loaded role={role} onDone={onDone} /> : <RoleForm onDone={onDone} />}
    </Dialog>
  );
}

function Loaded({ role, onDone }: { role: Role; onDone: () => void }) {
  const read = useVersioned(['role', role.id], () =>
    api.GET('/api/v1/roles/{role_id}', { params: { path: { role_id: role.id } } }),
  );
  if (read.isError) return <ProblemNote error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data || read.isFetching) return <SkeletonRows rows={6} />;
  return <RoleForm role={read.data.value} etag={read.data.etag} onDone={onDone} />;
}

function RoleForm({ role, etag, onDone }: { role?: Role; etag?: string; onDone: () => void }) {
  const client = useQueryClient();
  const mine = (useWorkspace()?.permissions ?? []).filter((each) => each !== everybodys);
  const [permissions, setPermissions] = useState<readonly string[]>(
    () => role?.permissions.filter((each) => each !== everybodys) ?? ['tables:read', 'queries:read', 'queries:run'],
  );
  const before = { name: role?.name ?? '', description: role?.description ?? '' };
  const form = useForm(before, async ({ name, description }) => {
    const body = { name: name.trim(), description: description.trim(), permissions: [...permissions] };
    await ask(
      role
        ? api.PATCH('/api/v1/roles/{role_id}', {
            params: { path: { role_id: role.id }, header: ifMatch(etag) },
            body: body as Schemas['ChangeRole'],
          })
        : api.POST('/api/v1/roles', { body: body as Schemas['CreateRole'] }),
    );
    await Promise.all(['roles', 'members', 'me'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    toast.success(role ? `${body.name} is saved` : `${body.name} can be given to members`);
    onDone();
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="Name" error={form.errorOf('name')}>
        <Input required maxLength={100} autoFocus {...form.bind('name')} />
      </Field>
      <Field label="Description" hint="Who should have it, in a sentence." error={form.errorOf('description')}>
        <Input maxLength={500} {...form.bind('description')} />
      </Field>
      <PermissionPicker chosen={permissions} onChange={setPermissions} offered={mine} />
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={form.busy} disabled={!form.values.name.trim()}>
          {role ? 'Save' : 'Create role'}
        </Button>
      </DialogActions>
    </form>
  );
}
