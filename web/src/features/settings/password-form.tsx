'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';

/** Empty again after each change. */
export function PasswordForm({ email }: { email: string }) {
  const [changes, setChanges] = useState(0);
  return (
    <Card className="max-w-lg">
      <CardTitle>Password</CardTitle>
      <EmptyForm key={changes} email={email} onChanged={() => setChanges(changes + 1)} />
    </Card>
  );
}

/** A new password ends every other session; this one goes on. */
function EmptyForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const client = useQueryClient();
  const form = useForm({ current_password: '', new_password: '' }, async (values) => {
    await ask(api.POST('/api/v1/users/me/password', { body: values }));
    await client.invalidateQueries({ queryKey: ['sessions'] });
    toast.success('Your password is changed', { description: 'You are signed out everywhere else.' });
    onChanged();
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      {/* Password managers want to know whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <Field label="Current password" error={form.errorOf('current_password')}>
        <Input required type="password" autoComplete="current-password" {...form.bind('current_password')} />
      </Field>
      <Field
        label="New password"
        hint="At least 8 characters. You are signed out everywhere else."
        error={form.errorOf('new_password')}
      >
        <Input required type="password" autoComplete="new-password" {...form.bind('new_password')} />
      </Field>
      {form.problem && <ProblemNote error={form.problem} />}
      <Button
        type="submit"
        className="self-start"
        busy={form.busy}
        disabled={!form.values.current_password || !form.values.new_password}
      >
        Change password
      </Button>
    </form>
  );
}
