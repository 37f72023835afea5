'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';

/** Sends what was changed and nothing else; who changed it elsewhere in the meantime is not overwritten. */
export function ProfileForm({ user, etag }: { user: Schemas['User']; etag: string | undefined }) {
  const client = useQueryClient();
  const before = {
    full_name: user.full_name,
    username: user.username,
    email: user.email,
    default_workspace_id: user.workspaces.find(({ is_default: isDefault }) => isDefault)?.id ?? '',
    current_password: '',
  };
  const form = useForm(before, async (values) => {
    const changed = Object.entries(values).filter(([name, value]) => value !== before[name as keyof typeof before]);
    const header = etag === undefined ? {} : { 'If-Match': etag };
    await ask(api.PATCH('/api/v1/users/me', { params: { header }, body: Object.fromEntries(changed) }));
    await Promise.all([
      client.invalidateQueries({ queryKey: ['me'] }),
      client.invalidateQueries({ queryKey: ['profile'] }),
    ]);
    toast.success('Your profile is saved');
  });
  const isUnchanged = Object.entries(before).every(
    ([name, value]) => form.values[name as keyof typeof before] === value,
  );
  return (
    <Card className="max-w-lg">
      <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
        <Field label="Name" error={form.errorOf('full_name')}>
          <Input required autoComplete="name" {...form.bind('full_name')} />
        </Field>
        <Field label="User name" error={form.errorOf('username')}>
          <Input required autoComplete="nickname" spellCheck={false} {...form.bind('username')} />
        </Field>
        <Field label="E-mail address" error={form.errorOf('email')}>
          <Input required type="email" autoComplete="email" {...form.bind('email')} />
        </Field>
        {form.values.email !== before.email && (
          <Field
            label="Current password"
            hint="Needed for another e-mail address."
            error={form.errorOf('current_password')}
          >
            <Input required type="password" autoComplete="current-password" {...form.bind('current_password')} />
          </Field>
        )}
        {user.workspaces.length > 1 && (
          <Field
            label="Default workspace"
            hint="Meant when a program names none."
            error={form.errorOf('default_workspace_id')}
          >
            <NativeSelect {...form.bind('default_workspace_id')}>
              {user.workspaces.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
          </Field>
        )}
        {form.problem && <ProblemNote error={form.problem} />}
        <Button type="submit" variant="primary" className="self-start" busy={form.busy} disabled={isUnchanged}>
          Save
        </Button>
      </form>
    </Card>
  );
}
