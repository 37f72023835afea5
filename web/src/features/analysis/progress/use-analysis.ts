'use client';

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, ask, type Schemas } from '@/lib/api/client';
import { followEvents } from '@/lib/api/follow-events';
import { afterEvent, type Followed, isNews } from './followed';
import { isOver } from './steps';

const keyOf = (requestId: string) => ['analyses', 'one', requestId];

/** An analysis as it happens: its state now, and then each of its events until it has ended. */
export function useAnalysis(requestId: string) {
  const client = useQueryClient();
  const analysis = useQuery({
    queryKey: keyOf(requestId),
    queryFn: async (): Promise<Followed> => {
      const path = { request_id: requestId };
      return { analysis: (await ask(api.GET('/api/v1/analysis/status/{request_id}', { params: { path } }))).status };
    },
    enabled: requestId !== '',
  });
  const goesOn = analysis.data !== undefined && !isOver(analysis.data.analysis);
  useEffect(() => {
    if (!goesOn) return;
    const stopped = new AbortController();
    const follow = async () => {
      const address = `/api/v1/analysis/requests/${requestId}/events`;
      for await (const { event, data } of followEvents(address, stopped.signal)) {
        const now = client.getQueryData<Followed>(keyOf(requestId));
        if (stopped.signal.aborted || !now) return;
        if (!isNews(now, data)) continue;
        client.setQueryData(keyOf(requestId), afterEvent(now, event, data));
        if (event === 'analysis.finished') return client.invalidateQueries({ queryKey: ['analyses'] });
      }
    };
    // What the stream cannot tell, the analysis itself does.
    follow().catch(() => !stopped.signal.aborted && void client.invalidateQueries({ queryKey: keyOf(requestId) }));
    return () => stopped.abort();
  }, [client, requestId, goesOn]);
  return analysis;
}

/** The analysis is as the service has just said. */
export function noteAnalysis(client: QueryClient, { request_id: id, status }: Schemas['AnalysisStatusAnswer']): void {
  client.setQueryData(keyOf(id), { analysis: status } satisfies Followed);
  void client.invalidateQueries({ queryKey: ['analyses', 'list'] });
}
