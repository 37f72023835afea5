import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is not for the public internet (IANA special-purpose registry), and metadata services that hide elsewhere. */
const refusedIPv4: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** All that is handed out of IPv6 is in 2000::/3; this is what of it is not for the public internet, or tunnels IPv4. */
const refusedIPv6: readonly string[] = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const refused = new BlockList();
for (const range of refusedIPv4) refused.addSubnet(...subnet(range), 'ipv4');
for (const range of refusedIPv6) refused.addSubnet(...subnet(range), 'ipv6');

const handedOut = new BlockList();
handedOut.addSubnet('2000::', 3, 'ipv6');

/** IPv4 in the last 32 bits: mapped (::ffff:0:0/96), and behind a translator (NAT64, 64:ff9b::/96). */
const carriesIPv4 = new BlockList();
carriesIPv4.addSubnet('::ffff:0:0', 96, 'ipv6');
carriesIPv4.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether the address is one of the public internet: nothing of this machine, its networks, its cloud or of multicast. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  const carried = carriedIPv4(address);
  if (carried !== undefined) return isPublicAddress(carried);
  return handedOut.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

function carriedIPv4(address: string): string | undefined {
  const groups = groupsOf(address);
  // BlockList takes every mapped address for IPv4, so that its own answer would be about that.
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped && !carriesIPv4.check(address, 'ipv6')) return undefined;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** The eight groups of an IPv6 address, however it is written. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const before = numbers(head);
  const after = numbers(tail ?? '');
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function subnet(range: string): [string, number] {
  const [network, bits] = range.split('/') as [string, string];
  return [network, Number(bits)];
}
