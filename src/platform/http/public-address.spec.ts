import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress } from './public-address.js';

/** What is not public, as first and last address: written down apart from the code's own ranges. */
const privateIPv4 = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['168.63.129.16', '168.63.129.16'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
].map(([first, last]) => [numberOf(first!), numberOf(last!)] as const);

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => (address >>> bits) & 0xff).join('.');
}

const isPrivate = (address: number) => privateIPv4.some(([first, last]) => address >= first && address <= last);

const anyIPv4 = fc.integer({ min: 0, max: 0xffff_ffff });
/** Near the edges of the ranges, where mistakes are. */
const edge = fc
  .tuple(fc.constantFrom(...privateIPv4.flat()), fc.integer({ min: -2, max: 2 }))
  .map(([address, off]) => Math.min(0xffff_ffff, Math.max(0, address + off)));
const inside = fc.constantFrom(...privateIPv4).chain(([first, last]) => fc.integer({ min: first, max: last }));
const group = fc.integer({ min: 0, max: 0xffff });
const rest = (count: number) => fc.array(group, { minLength: count, maxLength: count });

/** An IPv6 address in one of the ways to write it. */
const written = (groups: readonly number[]) => {
  const full = groups.map((each) => each.toString(16)).join(':');
  const last = ((groups[6]! << 16) | groups[7]!) >>> 0;
  return [
    full,
    full.toUpperCase(),
    groups.map((each) => each.toString(16).padStart(4, '0')).join(':'),
    new URL(`http://[${full}]/`).hostname.slice(1, -1),
    `${groups
      .slice(0, 6)
      .map((each) => each.toString(16))
      .join(':')}:${dotted(last)}`,
  ];
};

describe('isPublicAddress', () => {
  it('R58: knows every special range of IPv4 to its last address', () => {
    fc.assert(
      fc.property(fc.oneof(anyIPv4, edge, inside), (address) => {
        expect(isPublicAddress(dotted(address))).toBe(!isPrivate(address));
      }),
      { numRuns: 2000 },
    );
  });

  it('R58: judges mapped and translated addresses by the IPv4 that they carry, however they are written', () => {
    const prefixes = [
      [0, 0, 0, 0, 0, 0xffff],
      [0x64, 0xff9b, 0, 0, 0, 0],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...prefixes), fc.oneof(anyIPv4, edge, inside), (prefix, address) => {
        for (const text of written([...prefix, address >>> 16, address & 0xffff]))
          expect([text, isPublicAddress(text)]).toEqual([text, !isPrivate(address)]);
      }),
    );
  });

  it('R58: refuses all of IPv6 outside of 2000::/3, and what of that is not for the public', () => {
    const outside = fc.tuple(group, rest(7)).filter(([first]) => first >> 13 !== 1);
    const special = fc.oneof(
      fc.tuple(fc.constant([0x2001]), fc.integer({ min: 0, max: 0x1ff }), rest(6)),
      fc.tuple(fc.constant([0x2001]), fc.constant(0xdb8), rest(6)),
      fc.tuple(fc.constant([0x2002]), group, rest(6)),
      fc.tuple(fc.constant([0x3fff]), fc.integer({ min: 0, max: 0xfff }), rest(6)),
    );
    const groups = fc.oneof(
      outside.map(([first, others]) => [first, ...others]),
      special.map(([first, second, others]) => [...first, second, ...others]),
    );
    fc.assert(
      fc.property(groups, (address) => {
        const carries = address.slice(0, 5).every((each) => each === 0) || address.slice(0, 2).join() === '100,65435';
        if (!carries) for (const text of written(address)) expect([text, isPublicAddress(text)]).toEqual([text, false]);
      }),
    );
  });

  it('takes public addresses', () => {
    const others = ['1.1.1.1', '8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001:82a::200e'];
    expect(others.filter(isPublicAddress)).toEqual(others);
  });

  it.each([
    '::',
    '::1',
    '::127.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'ff02::1',
    '64:ff9b:1::1',
    'fec0::1',
  ])('R58: refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '2130706433', '[::1]', '1.1.1.1/32'])(
    'takes %j for no address',
    (text) => expect(isPublicAddress(text)).toBe(false),
  );
});
