'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';
import { mostHarmless, useRolesToGive } from '../use-roles';

/** Makes an account by hand. Mostly an invitation is better: then nobody else ever knows the password. */
export function CreateAccount({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New account"
      description="Its owner becomes a member of this workspace. An invitation is better where it can reach them: then only they know the password."
    >
      <CreateForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const roles = useRolesToGive();
  const empty = { full_name: '', email: '', password: '', role: mostHarmless(roles) };
  const form = useForm(empty, async (values) => {
    const body = { ...values, full_name: values.full_name.trim(), email: values.email.trim() };
    const user = await ask(api.POST('/api/v1/users', { body }));
    await Promise.all(['users', 'members'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    toast.success(`${user.full_name} can sign in`);
    onDone();
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="Name" error={form.errorOf('full_name')}>
        <Input required autoFocus autoComplete="off" {...form.bind('full_name')} />
      </Field>
      <Field label="E-mail address" error={form.errorOf('email')}>
        <Input required type="email" autoComplete="off" {...form.bind('email')} />
      </Field>
      <Field
        label="First password"
        hint="At least 8 characters. Ask its owner to change it."
        error={form.errorOf('password')}
      >
        <Input required type="password" autoComplete="new-password" {...form.bind('password')} />
      </Field>
      <Field label="Role" error={form.errorOf('role')}>
        <NativeSelect {...form.bind('role')}>
          {roles.map(({ id, name }) => (
            <option key={id}>{name}</option>
          ))}
        </NativeSelect>
      </Field>
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={form.busy}>
          Create account
        </Button>
      </DialogActions>
    </form>
  );
}
