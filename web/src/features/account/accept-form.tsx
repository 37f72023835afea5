'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import type { Schemas } from '@/lib/api/client';
import { callPublic, session } from '@/lib/session';
import { useForm } from '@/lib/use-form';

/** Accepts with the password of the account that there is, or makes a new one. */
export function AcceptForm({ token, offer }: { token: string; offer: Schemas['InvitationOffer'] }) {
  const router = useRouter();
  const form = useForm({ full_name: '', password: '' }, async ({ full_name: name, password }) => {
    const body = { token, password, ...(name.trim() && { full_name: name.trim() }) };
    session.begin(await callPublic<Schemas['TokenPair']>('/invitations/accept', body));
    session.chooseWorkspace(offer.workspace_id);
    router.replace('/');
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="E-mail address">
        <Input readOnly type="email" autoComplete="username" value={offer.email} />
      </Field>
      {!offer.has_account && (
        <Field label="Your name" error={form.errorOf('full_name')}>
          <Input required autoComplete="name" {...form.bind('full_name')} />
        </Field>
      )}
      <Field
        label={offer.has_account ? 'Your password' : 'Choose a password'}
        hint={
          offer.has_account
            ? 'There is an account with this address already.'
            : 'At least 8 characters; a few unrelated words are good.'
        }
        error={form.errorOf('password')}
      >
        <Input
          required
          type="password"
          autoComplete={offer.has_account ? 'current-password' : 'new-password'}
          {...form.bind('password')}
        />
      </Field>
      {form.problem && <ProblemNote error={form.problem} />}
      <Button type="submit" variant="primary" size="large" busy={form.busy}>
        Join
      </Button>
    </form>
  );
}
