'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { ShownOnce } from '@/components/ui/shown-once';
import { PermissionPicker } from '@/components/permissions/permission-picker';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';
import { useWorkspace } from '@/lib/use-session';

const lifetimes = [
  { label: '30 days', days: 30 },
  { label: '90 days', days: 90 },
  { label: 'A year', days: 365 },
  { label: 'Never', days: 0 },
] as const;

/** What programs mostly need: looking, querying and asking. */
const usual = ['tables:read', 'queries:read', 'queries:run', 'feeds:read', 'saved_queries:read', 'chat:use'];

/** Makes a token and shows its secret once. */
export function CreateToken({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [created, setCreated] = useState<Schemas['CreatedApiToken']>();
  const close = (next: boolean) => {
    onOpenChange(next);
    if (!next) setCreated(undefined);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={created ? 'Copy the token now' : 'New API token'}
      description={
        created
          ? 'It is shown this once. Keep it like a password.'
          : 'It can do what both its permissions and your role allow, in this workspace only.'
      }
      className="max-w-xl"
    >
      {created ? (
        <ShownOnce text={created.token} copyLabel="Copy the token">
          Send it as <code className="font-mono">Authorization: Bearer {created.prefix}…</code>
        </ShownOnce>
      ) : (
        <CreateForm onCreated={setCreated} />
      )}
    </Dialog>
  );
}

function CreateForm({ onCreated }: { onCreated: (token: Schemas['CreatedApiToken']) => void }) {
  const client = useQueryClient();
  const mine = useWorkspace()?.permissions ?? [];
  const [scopes, setScopes] = useState<readonly string[]>(() => usual.filter((scope) => mine.includes(scope)));
  const form = useForm({ name: '', days: '90' }, async ({ name, days }) => {
    const expiry =
      Number(days) > 0 ? { expires_at: new Date(Date.now() + Number(days) * 86_400_000).toISOString() } : {};
    const body = { name: name.trim(), scopes: [...scopes], ...expiry } as Schemas['CreateApiToken'];
    const token = await ask(api.POST('/api/v1/api-tokens', { body }));
    await client.invalidateQueries({ queryKey: ['api-tokens'] });
    onCreated(token);
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_9rem]">
        <Field label="Name" hint="What will use it, such as Grafana." error={form.errorOf('name')}>
          <Input required maxLength={100} autoFocus {...form.bind('name')} />
        </Field>
        <Field label="Expires">
          <NativeSelect {...form.bind('days')}>
            {lifetimes.map(({ label, days }) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <PermissionPicker chosen={scopes} onChange={setScopes} offered={mine} />
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          busy={form.busy}
          disabled={!form.values.name.trim() || scopes.length === 0}
        >
          Create token
        </Button>
      </DialogActions>
    </form>
  );
}
