import type { IncomingMessage } from 'node:http';

/**
 * The address of the client: the connection's peer, or what the nearest `trustedHops` proxies say of those before them.
 * For requests that do not go through Fastify, which reckons the same way.
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedHops: number): string {
  const forwarded = request.headers['x-forwarded-for'];
  const named = String(forwarded ?? '').split(',');
  const before = named.map((address) => address.trim()).filter((address) => address !== '');
  const path = [request.socket.remoteAddress ?? '', ...before.toReversed()];
  return path[Math.min(trustedHops, path.length - 1)]!;
}
