import { RouteAccess, type Route } from '../../../src/modules/auth/route-access.js';
import type { TestApp } from '../../support/app.js';

/** Every route that declares who may call it, by method and path, such as `GET /uploads/{upload_id}`. */
export function routesByKey(test: TestApp): Map<string, Route> {
  return new Map(
    test.app.nest
      .get(RouteAccess, { strict: false })
      .routes()
      .map((route) => [keyOf(route), route]),
  );
}

function keyOf({ method, path }: Route): string {
  const tidy = `/${path}`.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return `${method} ${tidy.replaceAll(/:(\w+)/g, '{$1}')}`;
}

/** Where the route is reached: what is there for everybody is at the root, the API below its prefix. */
export function addressOf(path: string): string {
  return path === '/' || /^\/(health|invitation|problems)(\/|$)/.test(path) ? path : `/api/v1${path}`;
}

/** Every method and path that the server answers at, also those that no controller declares, in the same notation. */
export function servedKeys(test: TestApp): string[] {
  const lines = test.app.nest.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const open: string[] = [];
  return lines.split('\n').flatMap((line) => {
    const [, indent, segment, methods] = /^([│ ]*)[└├]── (\S*)(?: \((.*)\))?$/.exec(line) ?? [];
    if (segment === undefined) return [];
    open.splice(indent!.length / 4, open.length, segment);
    const path = open
      .join('')
      .replace(/^\/api\/v1(?=\/)/, '')
      .replaceAll(/:(\w+)/g, '{$1}');
    return (methods ?? '')
      .split(', ')
      .filter(Boolean)
      .map((method) => `${method} ${path}`);
  });
}
