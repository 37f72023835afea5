'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '@/lib/api/client';
import { followEvents } from '@/lib/api/follow-events';
import { afterEvent, type Crawl, isOver } from './crawl-steps';

/** A crawl as it happens: its state now, and then each of its events until it is over. */
export function useCrawl(crawlId: string) {
  const client = useQueryClient();
  const queryKey = ['crawls', 'one', crawlId];
  const crawl = useQuery({
    queryKey,
    queryFn: () => ask(api.GET('/api/v1/crawls/{crawl_id}', { params: { path: { crawl_id: crawlId } } })),
    enabled: crawlId !== '',
  });
  const [retries, setRetries] = useState(0);
  const goesOn = crawl.data !== undefined && !isOver(crawl.data);
  useEffect(() => {
    if (!goesOn) return;
    const stopped = new AbortController();
    const follow = async () => {
      for await (const { event, data } of followEvents(`/api/v1/crawls/${crawlId}/events`, stopped.signal)) {
        if (stopped.signal.aborted) return;
        if (event === 'retrying') setRetries((count) => count + 1);
        client.setQueryData(
          ['crawls', 'one', crawlId],
          (now: Crawl | undefined) => now && afterEvent(now, event, data),
        );
        if (event === 'succeeded' || event === 'failed' || event === 'stopped') {
          for (const changed of ['datasets', 'uploads', 'tables'])
            void client.invalidateQueries({ queryKey: [changed] });
          return;
        }
      }
    };
    // What the stream cannot tell, the crawl itself does.
    follow().catch(
      () => !stopped.signal.aborted && void client.invalidateQueries({ queryKey: ['crawls', 'one', crawlId] }),
    );
    return () => stopped.abort();
  }, [client, crawlId, goesOn]);
  return { crawl, retries };
}
