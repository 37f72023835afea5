'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask } from '@/lib/api/client';

/** The workspace's uploads, page by page. While one is still arriving the list keeps up with it. */
export function useUploads() {
  return useInfiniteQuery({
    queryKey: ['uploads', 'list'],
    queryFn: ({ pageParam: cursor }) => ask(api.GET('/api/v1/uploads', { params: { query: { limit: 50, cursor } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'receiving')) ? 4000 : false,
  });
}
