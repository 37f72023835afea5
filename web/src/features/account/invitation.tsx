'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import type { Schemas } from '@/lib/api/client';
import { ApiProblem, asProblem } from '@/lib/api/problem';
import { formatDate } from '@/lib/format';
import { callPublic } from '@/lib/session';
import { AcceptForm } from './accept-form';
import { Entrance } from './entrance';

interface Found {
  readonly token: string;
  readonly offer: Schemas['InvitationOffer'];
}

const incomplete = new ApiProblem(
  404,
  'invitation-unknown',
  'The link is incomplete',
  'It belongs to no invitation. Open the link of the invitation again as a whole, or ask for a new one.',
);

/** What the link of an invitation opens. The token comes behind the "#", which no server and no log sees. */
export function Invitation() {
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<ApiProblem>();
  useEffect(() => {
    const lookUp = async () => {
      const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
      setFound(undefined);
      setProblem(token ? undefined : incomplete);
      if (!token) return;
      try {
        setFound({ token, offer: await callPublic<Schemas['InvitationOffer']>('/invitations/look-up', { token }) });
      } catch (error) {
        setProblem(asProblem(error));
      }
    };
    const onHashChange = () => void lookUp();
    void lookUp();
    window.addEventListener('hashchange', onHashChange);
    return () => window.removeEventListener('hashchange', onHashChange);
  }, []);
  if (problem) {
    return (
      <Entrance title="This invitation cannot be used">
        <ProblemNote error={problem}>
          <Button asChild size="small">
            <Link href="/" prefetch={false}>
              Go to Tabletalk
            </Link>
          </Button>
        </ProblemNote>
      </Entrance>
    );
  }
  if (!found) {
    return (
      <Entrance title="Invitation">
        <Skeleton className="h-72" />
      </Entrance>
    );
  }
  const { offer, token } = found;
  return (
    <Entrance
      title={`Join ${offer.workspace_name}`}
      description={`You are invited as ${offer.role}. The invitation is good until ${formatDate(offer.expires_at)}.`}
    >
      <AcceptForm token={token} offer={offer} />
    </Entrance>
  );
}
