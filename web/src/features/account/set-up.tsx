'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import type { Schemas } from '@/lib/api/client';
import { type ApiProblem, asProblem } from '@/lib/api/problem';
import { paths } from '@/lib/paths';
import { callPublic, session } from '@/lib/session';
import { Entrance } from './entrance';

/** The first owner, by the one-time token that the service prints at its first start. */
export function SetUp() {
  const router = useRouter();
  const [form, setForm] = useState({ token: '', full_name: '', email: '', password: '' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  // The token comes behind the "#", which no server and no log sees.
  useEffect(() => {
    const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
    if (token) setForm((current) => ({ ...current, token }));
  }, []);
  const change = (field: keyof typeof form) => ({
    value: form[field],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [field]: event.target.value }),
  });
  const create = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      session.begin(await callPublic<Schemas['TokenPair']>('/auth/setup', form));
      router.replace('/');
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const general = problem && problem.fields.length === 0 ? problem : undefined;
  return (
    <Entrance
      title="Set up Tabletalk"
      description="Create the first account. It owns the first workspace and administers the service."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field
          label="Setup token"
          hint="Printed in the terminal where the service was started; good once, for 24 hours."
          error={problem?.field('/token')}
        >
          <Input required autoComplete="off" spellCheck={false} className="font-mono" {...change('token')} />
        </Field>
        <Field label="Your name" error={problem?.field('/full_name')}>
          <Input required autoComplete="name" maxLength={200} {...change('full_name')} />
        </Field>
        <Field label="E-mail address" error={problem?.field('/email')}>
          <Input required type="email" autoComplete="username" {...change('email')} />
        </Field>
        <Field
          label="Password"
          hint="At least 8 characters; a few unrelated words are good."
          error={problem?.field('/password')}
        >
          <Input required type="password" autoComplete="new-password" {...change('password')} />
        </Field>
        {general && (
          <ProblemNote error={general}>
            {general.status === 409 && (
              <Link href={paths.signIn()} className="text-accent underline underline-offset-4">
                Sign in instead
              </Link>
            )}
          </ProblemNote>
        )}
        <Button type="submit" variant="primary" size="large" busy={busy}>
          Create the account
        </Button>
      </form>
    </Entrance>
  );
}
