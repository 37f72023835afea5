import { describe, expect, it } from '@jest/globals';
import { publicAddress } from './public-address.js';

describe('publicAddress', () => {
  const socket = { localAddress: '10.0.0.7', localPort: 8000 };

  it.each([
    ['https://tabletalk.example.com', 'https://tabletalk.example.com'],
    ['https://example.com/tabletalk/', 'https://example.com/tabletalk'],
  ])('is %s as configured', (publicUrl, address) => {
    expect(publicAddress(publicUrl, socket)).toBe(address);
  });

  it.each([
    ['10.0.0.7', 'http://10.0.0.7:8000'],
    ['::ffff:10.0.0.7', 'http://10.0.0.7:8000'],
    ['::1', 'http://[::1]:8000'],
  ])('is where the connection to %s has arrived', (localAddress, address) => {
    expect(publicAddress(undefined, { localAddress, localPort: 8000 })).toBe(address);
  });
});
