'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleStop, Hourglass, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardTitle } from '@/components/ui/card';
import { Progress } from '@/components/ui/progress';
import { api, ask } from '@/lib/api/client';
import { formatDuration, formatNumber } from '@/lib/format';
import { useMay } from '@/lib/use-session';
import { kinds, type Source, type Sync } from '@/components/sources/kinds';
import { phaseInWords } from '@/components/sources/source-state';
import { useLiveSync } from './use-live-sync';

/** A sync as it happens. */
export function SyncUnderWay({ source, sync }: { source: Source; sync: Sync }) {
  const live = useLiveSync(sync.job_id);
  const isAgain = live.retry !== undefined || sync.next_try_at !== null;
  const isQueued = !isAgain && sync.state === 'queued' && live.phase === undefined;
  const waiting = live.waiting ?? sync.waiting;
  const { label } = kinds[source.kind];
  return (
    <Card aria-label="Sync under way">
      <CardTitle actions={<Cancel sync={sync} />}>
        {isQueued ? 'Waits for its turn' : phaseInWords({ mode: sync.mode, ...live }, isAgain)}
      </CardTitle>
      {!isAgain && <Progress label="Sync" />}
      <p className="mt-3 text-sm break-words" aria-live="polite">
        {live.progress ??
          sync.progress ??
          (isAgain ? '' : isQueued ? 'It begins in a moment.' : `Asking ${label} what there is.`)}
      </p>
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <Count term="New">{sync.counts.created}</Count>
        <Count term="Changed">{sync.counts.changed}</Count>
        <Count term="The same">{sync.counts.unchanged}</Count>
        <Count term="Removed">{sync.counts.removed}</Count>
        <Count term="Pages">{Math.max(sync.counts.pages, live.pages ?? 0)}</Count>
      </dl>
      {waiting && !isAgain && (
        <Note icon={<Hourglass />}>
          Waiting for {label}: {waiting.reason}. <GoesOn until={waiting.until} />
        </Note>
      )}
      {live.retry && (
        <Note icon={<TriangleAlert />}>
          Try {live.retry.attempt} of {live.retry.most} did not work. {live.retry.reason}{' '}
          <GoesOn until={live.retry.until} />
        </Note>
      )}
      {sync.next_try_at !== null && !live.retry && (
        <Note icon={<TriangleAlert />}>
          The last try did not work. {sync.error?.detail} <GoesOn until={sync.next_try_at} />
        </Note>
      )}
    </Card>
  );
}

function Count({ term, children }: { term: string; children: number }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="font-medium tabular-nums">{formatNumber(children)}</dd>
    </div>
  );
}

function Note({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p
      role="status"
      className="mt-3 flex gap-2 rounded-lg bg-warning-soft p-3 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-warning"
    >
      {icon}
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}

/** A wait counted down. */
function GoesOn({ until }: { until: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.ceil((Date.parse(until) - now) / 1000);
  return (
    <span aria-hidden={left > 0}>
      {left > 0 ? `It goes on in ${left < 10 ? `${left} s` : formatDuration(left * 1000)}.` : 'It goes on now.'}
    </span>
  );
}

function Cancel({ sync: { job_id: jobId } }: { sync: Sync }) {
  const client = useQueryClient();
  const may = useMay('jobs:write');
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/jobs/{job_id}/cancel', { params: { path: { job_id: jobId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  });
  if (!may) return null;
  return (
    <Button size="small" busy={cancel.isPending} disabled={cancel.isSuccess} onClick={() => cancel.mutate()}>
      {!cancel.isPending && <CircleStop />} {cancel.isSuccess ? 'Stopping' : 'Cancel'}
    </Button>
  );
}
