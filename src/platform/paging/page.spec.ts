import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pageOf } from './page.js';

describe('pageOf', () => {
  /** Reads a whole list as a client does, from a source that answers as a database does. */
  const readAll = (source: readonly number[], limit: number): { items: string[]; pages: number } => {
    const items: string[] = [];
    let pages = 0;
    for (let cursor: string | null = '0'; cursor !== null; pages += 1) {
      const start: number = Number(cursor);
      const page: { items: string[]; next_cursor: string | null } = pageOf(
        source.slice(start, start + limit + 1),
        limit,
        (row) => `row ${row}`,
        (last) => String(source.indexOf(last) + 1),
      );
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return { items, pages };
  };

  it('leads through every row once, in order, and never to an empty page', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer()), fc.integer({ min: 1, max: 20 }), (source, limit) => {
        const { items, pages } = readAll(source, limit);
        expect(items).toEqual(source.map((row) => `row ${row}`));
        expect(pages).toBe(Math.max(1, Math.ceil(source.length / limit)));
      }),
    );
  });

  it('shows nothing of the row that only tells that there is more', () => {
    const shown: number[] = [];
    const page = pageOf([3, 2, 1], 2, (row) => shown.push(row), String);
    expect(shown).toEqual([3, 2]);
    expect(page.next_cursor).toBe('2');
  });
});
