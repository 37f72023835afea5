'use client';

import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '@/lib/api/client';

const pauseMs = 500;

function estimateOf(sql: string) {
  return queryOptions({
    queryKey: ['estimates', sql],
    queryFn: () => ask(api.POST('/api/v1/queries/estimate', { body: { sql } })),
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  });
}

/** What a statement would read, once its author pauses; also finds what is wrong with it. */
export function useEstimate(sql: string, enabled: boolean) {
  const [settled, settle] = useState(sql);
  useEffect(() => {
    const timer = setTimeout(() => settle(sql), pauseMs);
    return () => clearTimeout(timer);
  }, [sql]);
  const found = useQuery({ ...estimateOf(settled), enabled: enabled && settled.trim() !== '' });
  const isOfThis = settled === sql && enabled && sql.trim() !== '';
  return { estimate: isOfThis ? found.data : undefined, problem: isOfThis ? found.error : null };
}

/** The same at once. Rejects with an `ApiProblem` when the statement is refused. */
export function fetchEstimate(client: QueryClient, sql: string) {
  return client.fetchQuery(estimateOf(sql));
}
