'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { paths } from '@/lib/paths';
import { useSessionState } from '@/lib/use-session-state';
import { Entrance } from './entrance';
import { SignInForm } from './sign-in-form';

/** Signs in and leads to where the visitor wanted to go. */
export function SignIn() {
  const router = useRouter();
  const then = ownAddress(useSearchParams().get('then'));
  const state = useSessionState();
  useEffect(() => {
    if (state === 'signed-in') router.replace(then);
  }, [state, then, router]);
  return (
    <Entrance title="Sign in">
      <SignInForm />
      <p className="mt-4 text-[13px] text-muted-foreground">
        First time here? An administrator can invite you. If nobody uses this service yet,{' '}
        <Link href={paths.setup()} prefetch={false} className="text-accent underline underline-offset-4">
          set it up
        </Link>
        .
      </p>
    </Entrance>
  );
}

/** Only addresses of this site: a link must not lead those who sign in elsewhere. */
function ownAddress(then: string | null): string {
  return then && /^\/(?![/\\])/.test(then) ? then : '/';
}
