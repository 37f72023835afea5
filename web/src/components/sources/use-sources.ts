'use client';

import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@/lib/api/client';
import { useMay, useMe, useWorkspace } from '@/lib/use-session';
import type { Source } from './kinds';
import { isUnderWay } from './source-state';

/** All sources of the workspace, looked at more often while one is being read. */
export function useSources(include?: 'deleted') {
  const workspaceId = useWorkspace()?.id;
  const may = useMay('sources:read');
  return useQuery({
    queryKey: ['sources', include ?? 'all', workspaceId],
    queryFn: () => ask(api.GET('/api/v1/sources', { params: { query: { include } } })),
    enabled: may && workspaceId !== undefined,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ last_sync: sync }) => isUnderWay(sync)) ? 3000 : include ? false : 30_000,
  });
}

/** The sources whose documents the signed-in user may read. */
export function useReadableSources(): readonly Source[] {
  const { data: me } = useMe();
  const { data } = useSources();
  return (data?.items ?? []).filter(
    ({ visibility, created_by: creator, member_ids: ids }) =>
      visibility === 'workspace' ||
      creator === me?.id ||
      (visibility === 'members' && me !== undefined && ids.includes(me.id)),
  );
}

/** One source; its syncs change it, so it is looked at more often while one goes on. */
export function useSource(sourceId: string) {
  return useQuery({
    queryKey: ['sources', 'one', sourceId],
    queryFn: () => ask(api.GET('/api/v1/sources/{source_id}', { params: { path: { source_id: sourceId } } })),
    enabled: sourceId !== '',
    refetchInterval: ({ state }) => (isUnderWay(state.data?.last_sync) ? 2000 : 30_000),
  });
}
