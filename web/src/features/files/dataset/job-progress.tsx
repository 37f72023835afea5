'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Progress } from '@/components/ui/progress';
import { followEvents } from '@/lib/api/follow-events';

/** How far a publication without a crawl is. Once it has ended, the data set is read again. */
export function JobProgress({ jobId }: { jobId: string }) {
  const client = useQueryClient();
  const [fraction, setFraction] = useState<number>();
  useEffect(() => {
    const stopped = new AbortController();
    const refresh = () => !stopped.signal.aborted && void client.invalidateQueries({ queryKey: ['datasets'] });
    follow(jobId, stopped.signal, setFraction).then(refresh, refresh);
    return () => stopped.abort();
  }, [client, jobId]);
  return <Progress value={fraction} label="Progress of the publication" className="max-w-sm" />;
}

/** Resolves once the job has ended. */
async function follow(jobId: string, signal: AbortSignal, onFraction: (fraction?: number) => void): Promise<void> {
  for await (const { event, data } of followEvents(`/api/v1/jobs/${jobId}/events`, signal)) {
    if (event === 'progress') onFraction((data as { fraction?: number }).fraction);
    if (event === 'succeeded' || event === 'failed' || event === 'cancelled') return;
  }
}
