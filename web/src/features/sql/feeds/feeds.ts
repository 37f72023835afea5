'use client';

import { type QueryClient, useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '@/lib/api/client';

export type Feed = Schemas['Feed'];

export const feedsKey = ['feeds'];

/** How old a stored result may be when somebody reads the feed. */
export const ages = [
  { label: 'At every reading', seconds: 0 },
  { label: 'After 5 minutes', seconds: 300 },
  { label: 'After an hour', seconds: 3600 },
  { label: 'After a day', seconds: 86_400 },
  { label: 'After a week', seconds: 604_800 },
] as const;

export function ageLabel(seconds: number): string {
  return ages.find((age) => age.seconds === seconds)?.label ?? `After ${seconds} seconds`;
}

/** How programs read the feeds: addresses as templates, and the steps in each program. */
export function useConnections() {
  return useQuery({
    queryKey: ['connections'],
    queryFn: () => ask(api.GET('/api/v1/connections')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export async function createFeed(client: QueryClient, body: Schemas['CreateFeed']): Promise<Feed> {
  const feed = await ask(api.POST('/api/v1/feeds', { body }));
  void client.invalidateQueries({ queryKey: feedsKey });
  return feed;
}

export async function changeFeed(client: QueryClient, feed: Feed, body: Schemas['ChangeFeed']): Promise<Feed> {
  const changed = await ask(api.PATCH('/api/v1/feeds/{feed_id}', { params: placeOf(feed), body }));
  void client.invalidateQueries({ queryKey: feedsKey });
  return changed;
}

export async function deleteFeed(client: QueryClient, feed: Feed): Promise<void> {
  await ask(api.DELETE('/api/v1/feeds/{feed_id}', { params: placeOf(feed) }));
  await client.invalidateQueries({ queryKey: feedsKey });
}

function placeOf({ feed_id, version }: Feed) {
  return { path: { feed_id }, header: { 'If-Match': `"${version}"` } };
}
