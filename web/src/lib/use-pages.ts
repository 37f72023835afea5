'use client';

import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useWorkspace } from './use-session';

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** A list of the workspace that comes by pages. A change of the key's filters keeps what is shown until the answer is there. */
export function usePages<Item, More extends object = object>(
  key: QueryKey,
  load: (cursor: string | undefined) => Promise<PageOf<Item> & More>,
  options: { refetchInterval?: (items: readonly Item[]) => number | false; enabled?: boolean } = {},
) {
  const workspaceId = useWorkspace()?.id;
  const { refetchInterval, enabled = true } = options;
  const query = useInfiniteQuery({
    queryKey: [...key, workspaceId],
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
    enabled: enabled && workspaceId !== undefined,
    refetchInterval: ({ state }) => refetchInterval?.(state.data?.pages.flatMap(({ items }) => items) ?? []) ?? false,
  });
  return { ...query, items: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

export type Pages<Item> = ReturnType<typeof usePages<Item>>;
