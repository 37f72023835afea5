'use client';

import { type QueryClient, useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '@/lib/api/client';

export type SavedQuery = Schemas['SavedQuery'];

const listKey = ['saved-queries', 'list'];
const mostPages = 10;

/** Every saved query of the workspace by name. */
export function useSavedQueries() {
  return useQuery({ queryKey: listKey, queryFn: readAll, staleTime: 30_000 });
}

async function readAll(): Promise<SavedQuery[]> {
  const found: SavedQuery[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const params = { query: { limit: 200, cursor } };
    const { items, next_cursor } = await ask(api.GET('/api/v1/saved-queries', { params }));
    found.push(...items);
    if (!next_cursor) break;
    cursor = next_cursor;
  }
  return found.sort((one, other) => one.name.localeCompare(other.name));
}

function oneOf(savedQueryId: string) {
  return {
    queryKey: ['saved-queries', savedQueryId],
    queryFn: () =>
      ask(api.GET('/api/v1/saved-queries/{saved_query_id}', { params: { path: { saved_query_id: savedQueryId } } })),
    staleTime: 10_000,
  };
}

export function useSavedQuery(savedQueryId: string | undefined) {
  return useQuery({ ...oneOf(savedQueryId ?? ''), enabled: savedQueryId !== undefined });
}

export function fetchSavedQuery(client: QueryClient, savedQueryId: string): Promise<SavedQuery> {
  return client.fetchQuery(oneOf(savedQueryId));
}

/** Saves a new one, or a change of `before`; the latter fails when somebody else has changed it meanwhile. */
export async function saveQuery(
  client: QueryClient,
  body: Schemas['CreateSavedQuery'],
  before?: Pick<SavedQuery, 'saved_query_id' | 'version'>,
): Promise<SavedQuery> {
  const saved = before
    ? await ask(
        api.PATCH('/api/v1/saved-queries/{saved_query_id}', {
          params: { path: { saved_query_id: before.saved_query_id }, header: { 'If-Match': `"${before.version}"` } },
          body,
        }),
      )
    : await ask(api.POST('/api/v1/saved-queries', { body }));
  client.setQueryData(['saved-queries', saved.saved_query_id], saved);
  void client.invalidateQueries({ queryKey: listKey });
  return saved;
}

export async function deleteSavedQuery(client: QueryClient, { saved_query_id, version }: SavedQuery): Promise<void> {
  await ask(
    api.DELETE('/api/v1/saved-queries/{saved_query_id}', {
      params: { path: { saved_query_id }, header: { 'If-Match': `"${version}"` } },
    }),
  );
  await client.invalidateQueries({ queryKey: listKey });
}
