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
import { useForm } from '@/lib/use-form';
import { ifMatch, useVersioned } from '@/lib/use-versioned';

type User = Schemas['User'];

export function EditAccount({
  user,
  open,
  onOpenChange,
}: {
  user: User;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${user.full_name}`}>
      <Loaded userId={user.id} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Loaded({ userId, onDone }: { userId: string; onDone: () => void }) {
  const read = useVersioned(['user', userId], () =>
    api.GET('/api/v1/users/{user_id}', { params: { path: { user_id: userId } } }),
  );
  if (read.isError) return <ProblemNote error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data || read.isFetching) return <SkeletonRows rows={3} />;
  return <EditForm user={read.data.value} etag={read.data.etag} onDone={onDone} />;
}

function EditForm({ user, etag, onDone }: { user: User; etag: string | undefined; onDone: () => void }) {
  const client = useQueryClient();
  const before = { full_name: user.full_name, username: user.username, email: user.email };
  const form = useForm(before, async (values) => {
    const changed = Object.entries(values).filter(([name, value]) => value !== before[name as keyof typeof before]);
    const params = { path: { user_id: user.id }, header: ifMatch(etag) };
    await ask(api.PATCH('/api/v1/users/{user_id}', { params, body: Object.fromEntries(changed) }));
    await Promise.all(['users', 'members'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    toast.success('The account is saved');
    onDone();
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="Name" error={form.errorOf('full_name')}>
        <Input required autoComplete="off" {...form.bind('full_name')} />
      </Field>
      <Field label="User name" error={form.errorOf('username')}>
        <Input required autoComplete="off" spellCheck={false} {...form.bind('username')} />
      </Field>
      <Field label="E-mail address" error={form.errorOf('email')}>
        <Input required type="email" autoComplete="off" {...form.bind('email')} />
      </Field>
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={form.busy}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
