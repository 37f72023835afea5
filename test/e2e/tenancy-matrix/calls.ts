import type { Furniture } from '../../support/furnished.js';
import type { Answer, Call } from '../../support/wire.js';
import { addressOf } from './route-keys.js';
import type { Maker, Row } from './row.js';

/** Path parameters that name nothing of a workspace by themselves. */
const notObjects = new Set(['version', 'slug', 'interview', 'kind']);

/** Values of parameters that are the same in every workspace. */
const fixed: Readonly<Record<string, string>> = { slug: 'invalid-request', interview: '1', kind: 'gitlab' };

/** The objects that a route's path and body name, in the order in which the service looks for them. */
export function namedObjects(key: string, row: Row): (keyof Furniture)[] {
  const inPath = [...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).filter((name) => !notObjects.has(name));
  return [...inPath, ...Object.keys(row.names ?? {})] as (keyof Furniture)[];
}

/** The row's request about these objects. */
export async function callOf(key: string, row: Row, objects: Furniture, maker: Maker): Promise<Call> {
  const [method, path] = key.split(' ') as [string, string];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = fixed[name] ?? (objects as unknown as Record<string, string>)[name];
    if (value === undefined) throw new Error(`No workspace of the matrix has a ${name}: add it to Furniture.`);
    return value;
  });
  const body = await row.body?.(objects, maker);
  // The same id in every request keeps answers comparable.
  const headers = { 'x-request-id': 'matrix', ...row.headers };
  return { method, path: addressOf(filled) + (row.query ?? ''), headers, body };
}

/** An id or name that nothing has, as like the given one as can be. */
export function absent(value: string): string {
  return value.slice(0, -1) + (value.endsWith('0') ? '1' : '0');
}

const volatileHeaders = new Set([
  'connection',
  'date',
  'keep-alive',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
]);

/**
 * The answer without what may differ between two calls: the time, the counters, the names in question, and whether the
 * connection is kept, which depends on whether the body had arrived.
 */
export function neutral({ status, headers, text }: Answer, names: readonly string[]): string {
  const lasting = Object.entries(headers).flatMap(([name, value]) =>
    volatileHeaders.has(name) ? [] : `${name}: ${value}`,
  );
  return names.reduce((all, name) => all.replaceAll(name, '…'), `${status} ${text} (${lasting.join(', ')})`);
}

/** Where two such answers begin to differ; undefined when they do not. */
export function difference(one: string, other: string): string | undefined {
  if (one === other) return undefined;
  const at = [...one].findIndex((character, index) => character !== other[index]);
  const from = Math.max(0, at - 60);
  return `"${one.slice(from, at + 100)}" but "${other.slice(from, at + 100)}"`;
}
