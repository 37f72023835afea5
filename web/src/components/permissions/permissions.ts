'use client';

import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '@/lib/api/client';

type Permission = Schemas['PermissionInfo'];

/** Everything that a role or a token can allow. */
export function usePermissions() {
  return useQuery({
    queryKey: ['permissions'],
    queryFn: () => ask(api.GET('/api/v1/permissions')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** `queries:run` and `queries:read` belong to the area "queries". */
export function byArea(permissions: readonly Permission[]): Map<string, Permission[]> {
  const areas = new Map<string, Permission[]>();
  for (const each of permissions) {
    const area = each.permission.split(':')[0]!;
    areas.set(area, [...(areas.get(area) ?? []), each]);
  }
  return areas;
}
