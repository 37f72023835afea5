'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { ShownOnce } from '@/components/ui/shown-once';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatDate } from '@/lib/format';
import { useForm } from '@/lib/use-form';
import { useWorkspace } from '@/lib/use-session';
import { mostHarmless, useRolesToGive } from '../use-roles';

type Created = Schemas['CreatedInvitation'];

const mailed: Readonly<Record<Created['mail'], string>> = {
  sent: 'It was mailed to them. You can also pass the link on yourself.',
  failed: 'The mail could not be sent. Pass the link on yourself; it is shown this once.',
  not_configured: 'No mail server is set up. Pass the link on yourself; it is shown this once.',
};

/** Makes an invitation and shows its link once. */
export function InviteDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [created, setCreated] = useState<Created>();
  const change = (next: boolean) => {
    onOpenChange(next);
    if (!next) setCreated(undefined);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={created ? `${created.email} is invited` : 'Invite somebody'}
      description={created ? mailed[created.mail] : 'They get a link that makes them a member of this workspace.'}
    >
      {created ? (
        <ShownOnce text={created.link} copyLabel="Copy the link">
          Whoever has the link can join as {created.role} until {formatDate(created.expires_at)}.
        </ShownOnce>
      ) : (
        <InviteForm onCreated={setCreated} />
      )}
    </Dialog>
  );
}

function InviteForm({ onCreated }: { onCreated: (created: Created) => void }) {
  const client = useQueryClient();
  const workspaceId = useWorkspace()?.id;
  const roles = useRolesToGive();
  const form = useForm({ email: '', role: mostHarmless(roles), days: '7' }, async ({ email, role, days }) => {
    const created = await ask(
      api.POST('/api/v1/workspaces/{workspace_id}/invitations', {
        params: { path: { workspace_id: workspaceId! } },
        body: { email: email.trim(), role, expires_in_days: Number(days) },
      }),
    );
    await client.invalidateQueries({ queryKey: ['invitations'] });
    onCreated(created);
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="E-mail address" error={form.errorOf('email')}>
        <Input required type="email" autoFocus autoComplete="off" {...form.bind('email')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Role"
          hint={roles.find(({ name }) => name === form.values.role)?.description}
          error={form.errorOf('role')}
        >
          <NativeSelect {...form.bind('role')}>
            {roles.map(({ id, name }) => (
              <option key={id}>{name}</option>
            ))}
          </NativeSelect>
        </Field>
        <Field label="The link works for">
          <NativeSelect {...form.bind('days')}>
            <option value="1">A day</option>
            <option value="7">7 days</option>
            <option value="30">30 days</option>
          </NativeSelect>
        </Field>
      </div>
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={form.busy} disabled={!form.values.email.trim()}>
          Invite
        </Button>
      </DialogActions>
    </form>
  );
}
