'use client';

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask, type Schemas } from '@/lib/api/client';
import { followEvents } from '@/lib/api/follow-events';

export type FollowedQuery = Schemas['Query'] & Pick<Schemas['QueryWithRows'], 'rows'>;

/** A query by its id, kept up to date until it has ended; `progress` is a fraction where the engine tells one. */
export function useFollowedQuery(queryId: string | undefined) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<{ queryId: string; fraction: number }>();
  const found = useQuery({
    queryKey: ['queries', queryId],
    queryFn: () => ask(api.GET('/api/v1/queries/{query_id}', { params: { path: { query_id: queryId! } } })),
    enabled: queryId !== undefined,
    staleTime: ({ state }) => (isLive(state.data) ? 0 : Number.POSITIVE_INFINITY),
  });
  const query = found.data;
  const live = isLive(query);
  useEffect(() => {
    if (!live || queryId === undefined) return undefined;
    const stop = new AbortController();
    follow(client, queryId, stop.signal, (fraction) => setProgress({ queryId, fraction })).catch(() => {
      if (!stop.signal.aborted) void client.invalidateQueries({ queryKey: ['queries', queryId] });
    });
    return () => stop.abort();
  }, [client, queryId, live]);
  return { ...found, query, progress: progress?.queryId === queryId ? progress?.fraction : undefined };
}

export function isLive(query: Pick<Schemas['Query'], 'state'> | undefined): boolean {
  return query?.state === 'queued' || query?.state === 'running';
}

async function follow(
  client: QueryClient,
  queryId: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<void> {
  for await (const { event, data } of followEvents(`/api/v1/queries/${queryId}/events`, signal)) {
    if (event === 'progress') onProgress((data as { fraction: number }).fraction);
    if (event !== 'state') continue;
    client.setQueryData(['queries', queryId], data);
    if (!isLive(data as Schemas['Query'])) return;
  }
}
