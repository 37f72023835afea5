'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ProblemNote } from '@/components/ui/problem-note';
import { ApiProblem } from '@/lib/api/problem';
import { useMay } from '@/lib/use-session';
import type { Source, Sync } from '@/components/sources/kinds';
import { countsInWords, isUnderWay } from '@/components/sources/source-state';
import { SyncUnderWay } from './sync-under-way';

/** What the latest run does, or why it failed; nothing while all is well. */
export function LastSync({ source }: { source: Source }) {
  const sync = source.last_sync;
  if (!sync) return null;
  if (isUnderWay(sync)) return <SyncUnderWay key={sync.job_id} source={source} sync={sync} />;
  if (sync.state === 'failed' && sync.error) return <Failure source={source} error={sync.error} />;
  if (sync.state === 'cancelled' && !source.paused) {
    return (
      <Card className="text-sm">
        The last sync was stopped: {countsInWords(sync)}. The next one goes on where it was.
      </Card>
    );
  }
  return null;
}

/** What people can mend is a step away. */
function Failure({ source: { source_id: id }, error }: { source: Source; error: NonNullable<Sync['error']> }) {
  const may = useMay('sources:write');
  const slug = error.type.split('/').at(-1) ?? 'failed';
  const isTheirs = slug.startsWith('connector') || slug === 'source-secret-unreadable';
  return (
    <ProblemNote error={new ApiProblem(500, slug, error.title, error.detail)}>
      {may && isTheirs && (
        <Button asChild size="small">
          <Link href={`?id=${encodeURIComponent(id)}&show=settings`}>Look at its settings</Link>
        </Button>
      )}
    </ProblemNote>
  );
}
