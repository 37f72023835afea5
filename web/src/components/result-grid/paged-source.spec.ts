import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type FetchRows, PagedSource } from './paged-source';

const columns = [{ name: 'n', type: 'integer' }];

/** A result whose rows hold their own position, sent by pages of at most `mostRows`. */
function sourceWith(rowCount: number, { mostRows = 10_000, first = 0 } = {}) {
  const asked: { start: number; limit: number }[] = [];
  const rows = (start: number, count: number) =>
    Array.from({ length: Math.min(count, rowCount - start) }, (_, index) => [start + index]);
  const fetchRows: FetchRows = (start, limit) => {
    asked.push({ start, limit });
    return Promise.resolve(rows(start, Math.min(limit, mostRows)));
  };
  return { source: new PagedSource(columns, rowCount, fetchRows, rows(0, first)), asked };
}

/** Resolves when nothing changes any more. */
async function settled(source: PagedSource): Promise<void> {
  for (let version = -1; version !== source.version;) {
    version = source.version;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('PagedSource', () => {
  it('has the first page at once and asks for no row twice', async () => {
    const { source, asked } = sourceWith(2500, { first: 1000 });
    source.want(0, 900);
    await settled(source);
    expect(asked).toEqual([]);
    expect(source.row(999)).toEqual([999]);
    expect(source.row(1000)).toBeUndefined();
    source.want(900, 1100);
    await settled(source);
    source.want(950, 1150);
    await settled(source);
    expect(asked).toEqual([{ start: 1000, limit: 1000 }]);
    expect(source.row(1000)).toEqual([1000]);
  });

  it('keeps a last page that is no whole block', async () => {
    const { source, asked } = sourceWith(1300, { first: 1300 });
    source.want(1200, 1300);
    await settled(source);
    expect(asked).toEqual([]);
    expect(source.row(1299)).toEqual([1299]);
  });

  it('fetches what is looked at in the end, not what was passed', async () => {
    const { source, asked } = sourceWith(1_000_000);
    for (let start = 0; start < 900_000; start += 30_000) source.want(start, start + 50);
    await settled(source);
    expect(source.row(870_010)).toEqual([870_010]);
    expect(asked).toHaveLength(2);
  });

  it('forgets what is far away once it holds much', async () => {
    const { source } = sourceWith(1_000_000);
    for (let start = 0; start < 400_000; start += 10_000) {
      source.want(start, start + 10_000);
      await settled(source);
    }
    expect(source.row(399_999)).toEqual([399_999]);
    expect(source.row(0)).toBeUndefined();
  });

  it('says why rows do not come, and tries again when told', async () => {
    let broken = true;
    const source = new PagedSource(columns, 10, (start, limit) =>
      broken ? Promise.reject(new TypeError('gone')) : Promise.resolve(Array.from({ length: limit }, () => [start])),
    );
    source.want(0, 10);
    await settled(source);
    expect(source.problem?.slug).toBe('unreachable');
    broken = false;
    source.retry();
    await settled(source);
    expect(source.problem).toBeUndefined();
    expect(source.row(0)).toEqual([0]);
  });

  it('reads any rows, in order, each once, however short the pages are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 300, max: 10_000 }),
        fc.nat({ max: 1000 }),
        fc.nat({ max: 4999 }),
        fc.nat({ max: 5000 }),
        async (rowCount, mostRows, first, from, length) => {
          const { source } = sourceWith(rowCount, { mostRows, first });
          const start = Math.min(from, rowCount);
          const end = Math.min(start + length, rowCount);
          const rows = await source.read(start, end);
          expect(rows).toEqual(Array.from({ length: end - start }, (_, index) => [start + index]));
        },
      ),
      { numRuns: 50 },
    );
  });
});
