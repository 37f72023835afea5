import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ObjectLengthMismatch } from '../errors.js';
import { piecesOf } from './pieces.js';

/** The sizes of the pieces, and their bytes one after the other. */
async function cut(content: Readable, leastBytes: number, length?: number) {
  const sizes: number[] = [];
  const bytes: Buffer[] = [];
  let ended = false;
  for await (const piece of piecesOf(content, leastBytes, length)) {
    expect(ended).toBe(false);
    ended = piece.last;
    sizes.push(piece.bytes.length);
    bytes.push(Buffer.from(piece.bytes));
    piece.release();
  }
  expect(ended).toBe(true);
  return { sizes, bytes: Buffer.concat(bytes) };
}

describe('the pieces of an upload', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });

  it('are all of the content in order, and none but the last is short', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 64 }), fc.boolean(), async (content, leastBytes, known) => {
        const whole = Buffer.concat(content);
        const { sizes, bytes } = await cut(Readable.from(content), leastBytes, known ? whole.length : undefined);
        expect(bytes.equals(whole)).toBe(true);
        expect(sizes.slice(0, -1).every((size) => size >= leastBytes)).toBe(true);
      }),
    );
  });

  it('grow where the length is unknown, so that S3 takes the greatest objects', async () => {
    const { sizes } = await cut(Readable.from([Buffer.alloc(4000)]), 1);
    expect(new Set(sizes.slice(0, 1000))).toEqual(new Set([1]));
    expect(new Set(sizes.slice(1000, 2000))).toEqual(new Set([2]));
    expect(sizes).toHaveLength(2250);
  });

  it('are few enough where the length is known', async () => {
    const { sizes } = await cut(Readable.from([Buffer.alloc(25_000)]), 1, 25_000);
    expect(sizes.length).toBeLessThanOrEqual(10_000);
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([3]));
  });

  it.each([9, 11])('end with an error when 10 bytes were to be %d', async (length) => {
    await expect(cut(Readable.from([Buffer.alloc(10)]), 4, length)).rejects.toThrow(ObjectLengthMismatch);
  });
});
