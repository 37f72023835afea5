import { allPermissions, type Permission } from '../../src/modules/access/permissions.js';
import { RouteAccess } from '../../src/modules/auth/route-access.js';
import type { Client, TestApp } from './app.js';

/** A call that is let through under one permission and then finds nothing, or is not valid: it changes nothing. */
export type SampleCall = (client: Client, workspaceId: string) => PromiseLike<{ status: number; body: unknown }>;

const absent = '11111111-2222-4333-8444-555555555555';
/** The least that a call can do, first. */
const byHarm = ['GET', 'PUT', 'PATCH', 'DELETE', 'POST'] as const;

/** For each permission a route that declares it, of those in the route table the one that does least. */
export function sampleRoutes(test: TestApp): ReadonlyMap<Permission, SampleCall> {
  const routes = test.app.nest.get(RouteAccess).routes();
  return new Map(
    allPermissions.flatMap((permission) => {
      const declaring = routes.filter(
        ({ access }) => access?.kind === 'permission' && access.permission === permission,
      );
      const route = byHarm
        .flatMap((method) => declaring.filter((each) => each.method === method))
        .find(({ path }) => !path.includes('*'));
      return route ? [[permission, callOf(route)]] : [];
    }),
  );
}

function callOf({ method, path, access }: ReturnType<RouteAccess['routes']>[number]): SampleCall {
  const named = access?.kind === 'permission' ? access.workspaceIn : undefined;
  return (client, workspaceId) => {
    const address = `/${path}`
      .replaceAll(/:(\w+)/g, (_, name: string) => (name === named ? workspaceId : absent))
      .replaceAll(/\/+/g, '/')
      .replace(/\/$/, '');
    const caller = client.with({ 'x-workspace-id': workspaceId });
    return caller[method.toLowerCase() as 'get' | 'put' | 'patch' | 'delete' | 'post'](address);
  };
}
