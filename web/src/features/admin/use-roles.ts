'use client';

import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useMay, useWorkspace } from '@/lib/use-session';

type Role = Schemas['WorkspaceRole'];

/** The roles that there are in the workspace. */
export function useRoles() {
  const workspaceId = useWorkspace()?.id;
  const mayRead = useMay('members:read');
  return useQuery({
    queryKey: ['roles', workspaceId],
    queryFn: () => ask(api.GET('/api/v1/roles')),
    enabled: mayRead && workspaceId !== undefined,
  });
}

/** Those that one may give: they allow no more than one's own. */
export function useRolesToGive(): readonly Role[] {
  const mine = useWorkspace()?.permissions ?? [];
  const { data } = useRoles();
  return (data?.items ?? []).filter(({ permissions }) => permissions.every((each) => mine.includes(each)));
}

/** The role to offer first: the one that can break least. */
export function mostHarmless(roles: readonly Role[]): string {
  return roles.find(({ name }) => name === 'viewer')?.name ?? roles.at(-1)?.name ?? '';
}
