'use client';

import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, ask, type Schemas } from './api/client';
import { session } from './session';

/** Who is signed in. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => ask(api.GET('/api/v1/users/me')), staleTime: 60_000 });
}

/** The workspace that the page shows, once known. */
export function useWorkspace(): Schemas['UserWorkspace'] | undefined {
  const { data: me } = useMe();
  const chosen = useSyncExternalStore(
    session.subscribe,
    () => session.workspaceId,
    () => undefined,
  );
  return me?.workspaces.find(({ id }) => id === chosen) ?? me?.workspaces[0];
}

/** Whether the signed-in user may do something here, by the names of `GET /permissions`; false until known. */
export function useMay(permission: string): boolean {
  return useWorkspace()?.permissions?.includes(permission) ?? false;
}
