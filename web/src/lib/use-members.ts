'use client';

import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useMay, useWorkspace } from '@/lib/use-session';

/** The first 200 members, for pickers and for ids that should be people; none for those who may not see them. */
export function useMembers(): readonly Schemas['Member'][] {
  const workspaceId = useWorkspace()?.id;
  const mayRead = useMay('members:read');
  const { data } = useQuery({
    queryKey: ['members', 'first', workspaceId],
    queryFn: () =>
      ask(
        api.GET('/api/v1/workspaces/{workspace_id}/members', {
          params: { path: { workspace_id: workspaceId! }, query: { limit: 200 } },
        }),
      ),
    enabled: mayRead && workspaceId !== undefined,
    staleTime: 60_000,
  });
  return data?.items ?? [];
}

/** How to call the user of an id. */
export function useNameOf(): (userId: string) => string {
  const members = useMembers();
  return (userId) => members.find((each) => each.user_id === userId)?.full_name ?? userId;
}
