'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { SignInForm } from '@/features/account/sign-in-form';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { paths } from '@/lib/paths';
import { session } from '@/lib/session';
import { useMe } from '@/lib/use-session';
import { useSessionState } from '@/lib/use-session-state';
import { Brand } from './brand';

/**
 * Lets those in who are signed in. Whose session ends while a page is open signs in over it, so that nothing typed is
 * lost; who never signed in is led to the sign-in page and back.
 */
export function Gate({ children }: { children: ReactNode }) {
  const state = useSessionState();
  const pathname = usePathname();
  const search = useSearchParams();
  const router = useRouter();
  const shared = search.get('workspace');
  useEffect(() => {
    if (state === 'signed-out') {
      const query = search.toString();
      router.replace(paths.signIn(query ? `${pathname}?${query}` : pathname));
    }
  }, [state, pathname, search, router]);
  useEffect(() => {
    if (state === 'signed-in' && shared) session.chooseWorkspace(shared);
  }, [state, shared]);
  if (state === undefined || state === 'signed-out') return <Waiting />;
  return (
    <>
      <Known>{children}</Known>
      <SignInAgain open={state === 'expired'} />
    </>
  );
}

/** What the page holds and still wants to send is one user's, who alone can go on with it. */
function SignInAgain({ open }: { open: boolean }) {
  const { data: me } = useMe();
  return (
    <Dialog
      open={open}
      onOpenChange={() => {}}
      title="Sign in again"
      description="Your session has ended. Sign in to go on where you are; nothing is lost."
      className="[&>button:last-child]:hidden"
    >
      <SignInForm email={me?.email} />
      <p className="mt-4 text-[13px] text-muted-foreground">
        Not you?{' '}
        <a href={paths.signIn()} className="text-accent underline underline-offset-4">
          Sign in as somebody else
        </a>
      </p>
    </Dialog>
  );
}

function Known({ children }: { children: ReactNode }) {
  const me = useMe();
  if (me.data) return children;
  if (me.error && me.error.message) {
    return (
      <div className="mx-auto max-w-lg p-6">
        <ProblemNote error={me.error} onRetry={() => void me.refetch()} />
      </div>
    );
  }
  return <Waiting />;
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading" className="flex min-h-dvh items-center justify-center">
      <Brand className="animate-pulse text-lg" />
    </div>
  );
}
