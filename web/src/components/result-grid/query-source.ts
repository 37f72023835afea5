'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask, type Schemas } from '@/lib/api/client';
import type { ResultRow } from './cells';
import { PagedSource } from './paged-source';

/** The rows of a query that has succeeded; its first page comes with it when it has just run. */
export function querySource(query: Schemas['Query'] & { rows?: readonly ResultRow[] }): PagedSource {
  const fetchRows = async (offset: number, limit: number) => {
    const params = { path: { query_id: query.query_id }, query: { offset, limit } };
    return (await ask(api.GET('/api/v1/queries/{query_id}/results', { params }))).rows as readonly ResultRow[];
  };
  return new PagedSource(query.columns, query.row_count ?? 0, fetchRows, query.rows);
}

/** A query by its id, with its rows once it has succeeded. */
export function useQuerySource(queryId: string) {
  const params = { path: { query_id: queryId } };
  const found = useQuery({
    queryKey: ['queries', queryId],
    queryFn: () => ask(api.GET('/api/v1/queries/{query_id}', { params })),
    staleTime: Infinity,
  });
  const query = found.data;
  const source = useMemo(() => (query?.state === 'succeeded' ? querySource(query) : undefined), [query]);
  return { ...found, query, source };
}
