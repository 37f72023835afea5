'use client';

import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';

type User = Schemas['User'];

export function SetPassword({
  user,
  open,
  onOpenChange,
}: {
  user: User;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Set a password for ${user.full_name}`}
      description="They are signed out everywhere. Tell them the new password, and ask them to change it."
    >
      <PasswordForm user={user} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function PasswordForm({ user, onDone }: { user: User; onDone: () => void }) {
  const form = useForm({ password: '' }, async (body) => {
    await ask(api.PATCH('/api/v1/users/{user_id}', { params: { path: { user_id: user.id } }, body }));
    toast.success('The password is set');
    onDone();
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="New password" hint="At least 8 characters." error={form.errorOf('password')}>
        <Input required type="password" autoComplete="new-password" {...form.bind('password')} />
      </Field>
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={form.busy} disabled={!form.values.password}>
          Set password
        </Button>
      </DialogActions>
    </form>
  );
}
