import { isIPv6 } from 'node:net';

const mappedIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * What stands for one client in limits by address: an IPv4 address itself, and the /64 network of an IPv6 address,
 * since whoever has one of its addresses has all of them.
 */
export function networkOf(address: string): string {
  const mapped = mappedIpv4.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.split('%')[0]!;
  if (!isIPv6(bare)) return address;
  const [head = '', tail = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const groups = head === '' ? [] : head.split(':');
  const ends = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - groups.length - ends.length }, () => '0');
  return `${[...groups, ...zeros, ...ends].slice(0, 4).join(':')}::/64`;
}
