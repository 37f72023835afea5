import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Parts } from './parts.js';

describe('Parts', () => {
  it('cover every file with parts that S3 takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * 2 ** 40 }), (bytes) => {
        const parts = new Parts(bytes);
        const last = parts.bytesOf(parts.count);
        expect(parts.count).toBeLessThanOrEqual(10_000);
        expect(parts.partBytes).toBeLessThanOrEqual(5 * 2 ** 30);
        expect(last).toBeGreaterThan(0);
        expect(last).toBeLessThanOrEqual(parts.partBytes);
        expect((parts.count - 1) * parts.partBytes + last).toBe(bytes);
      }),
    );
  });

  it.each([
    [1, 16, 1],
    [16 * 2 ** 20, 16, 1],
    [16 * 2 ** 20 + 1, 16, 2],
    [200e9, 20, 9537],
  ])('cuts %d bytes into parts of %d MiB: %d', (bytes, mebibytes, count) => {
    expect(new Parts(bytes)).toMatchObject({ partBytes: mebibytes * 2 ** 20, count });
  });
});
