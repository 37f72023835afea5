import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DamagedGzip, openHead } from './file-head.js';
import { soonMs } from '../../../../test/support/soon.js';

const limit = 64 * 1024;

describe('openHead', () => {
  it('gives plain bytes as they are, and says whether they are all', async () => {
    const bytes = Buffer.from('a,b\n1,2\n');
    expect(await openHead(bytes, true, limit)).toEqual({ bytes, complete: true, compression: 'none' });
    expect(await openHead(bytes, true, 4)).toEqual({
      bytes: bytes.subarray(0, 4),
      complete: false,
      compression: 'none',
    });
    expect(await openHead(bytes, false, limit)).toMatchObject({ complete: false });
  });

  it('expands any part of a gzip file to a beginning of its content', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (content, share) => {
          const stored = gzipSync(content);
          const length = 2 + Math.floor((stored.length - 2) * share);
          const complete = length === stored.length;
          const head = await openHead(stored.subarray(0, length), complete, limit);
          expect(head).toMatchObject({ complete, compression: 'gzip' });
          expect(head.bytes.equals(Buffer.from(content).subarray(0, head.bytes.length))).toBe(true);
          if (complete) expect(head.bytes.length).toBe(content.length);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('R20: expands a bomb no further than the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a,b\n'));
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const head = await openHead(bomb, true, limit);
    expect(head.bytes.length).toBe(limit);
    expect(head.complete).toBe(false);
    expect(performance.now() - started).toBeLessThan(soonMs);
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
  });

  it('reads several gzip members that follow each other', async () => {
    const stored = Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n')]);
    expect((await openHead(stored, true, limit)).bytes.toString()).toBe('a,b\n1,2\n');
  });

  it('names damage', async () => {
    const stored = gzipSync('a,b\n1,2\n'.repeat(100));
    stored.fill(0xff, 12, 24);
    await expect(openHead(stored, true, limit)).rejects.toThrow(DamagedGzip);
    await expect(openHead(gzipSync('a,b\n').subarray(0, 15), true, limit)).rejects.toThrow(DamagedGzip);
  });
});
