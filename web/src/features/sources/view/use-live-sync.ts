'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followEvents } from '@/lib/api/follow-events';
import { useMay } from '@/lib/use-session';
import { afterEvent, type LiveSync } from '@/components/sources/source-state';

/** What a sync does while one looks. Those who may not follow jobs see what is stored of it. */
export function useLiveSync(jobId: string): LiveSync {
  const client = useQueryClient();
  const may = useMay('jobs:read');
  const [live, setLive] = useState<LiveSync>({});
  useEffect(() => {
    if (!may) return undefined;
    const leaving = new AbortController();
    const stream = followEvents(`/api/v1/jobs/${jobId}/events`, leaving.signal, isLast);
    const follow = async () => {
      let state: LiveSync = {};
      for await (const { event, data } of stream) {
        state = afterEvent(state, event, (data as { data?: unknown } | null)?.data);
        setLive(state);
      }
    };
    const look = () => {
      for (const key of ['sources', 'documents', 'datasets']) void client.invalidateQueries({ queryKey: [key] });
    };
    // What the stream cannot tell, the source itself does.
    follow().then(look, () => !leaving.signal.aborted && look());
    return () => leaving.abort();
  }, [jobId, may, client]);
  return live;
}

function isLast({ event }: { event: string }): boolean {
  return event === 'succeeded' || event === 'failed' || event === 'cancelled';
}
