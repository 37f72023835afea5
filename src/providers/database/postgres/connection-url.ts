import { isIPv4 } from 'node:net';
import type { ConnectionSettings } from './connection-settings.js';

type Server = Pick<ConnectionSettings, 'host' | 'port' | 'database' | 'user'> & { readonly password?: string };

/** Reads `postgres://user[:password]@host[:port]/name`. Throws an `Error` whose message completes "DATABASE_URL …". */
export function parseConnectionUrl(text: string): Server {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = url && decodeURIComponent(url.pathname.slice(1));
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || !url.username || !database)
    throw new Error('must be postgres://user[:password]@host:5432/name, with user and password percent-encoded');
  if (url.search !== '') throw new Error('must have no parameters; TLS is set with DATABASE_TLS and DATABASE_CA_FILE');
  const password = url.password === '' ? undefined : decodeURIComponent(url.password);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 5432),
    database,
    user: decodeURIComponent(url.username),
    ...(password !== undefined && { password }),
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
