import type { Socket } from 'node:net';

/**
 * Where people reach the service: as configured, else where this request has reached it. Never what the Host header
 * says: whoever sends the request writes that, and it would go into mails.
 */
export function publicAddress(
  publicUrl: string | undefined,
  { localAddress = '127.0.0.1', localPort }: Pick<Socket, 'localAddress' | 'localPort'>,
): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const address = localAddress.replace(/^::ffff:(?=\d+\.)/, '');
  return `http://${address.includes(':') ? `[${address}]` : address}:${localPort}`;
}
