import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuse } from './fuse.js';

const ids = (lists: string[][]) => fuse(lists).map(({ id }) => id);
const list = fc.uniqueArray(fc.constantFrom(...'abcdefghij'));

describe('fuse', () => {
  it('prefers what several lists have', () => {
    expect(ids([['a', 'b', 'c'], ['d', 'b', 'e']])[0]).toBe('b'); // prettier-ignore
    expect(ids([['a'], []])).toEqual(['a']);
    expect(fuse([['a', 'b'], ['b']])).toEqual([
      { id: 'b', score: 1 / 62 + 1 / 61, ranks: [2, 1] },
      { id: 'a', score: 1 / 61, ranks: [1, undefined] },
    ]);
  });

  it('has each id once, whatever the order of the lists, and keeps the order in which lists agree', () => {
    fc.assert(
      fc.property(fc.array(list, { maxLength: 4 }), (lists) => {
        const fused = ids(lists);
        expect(fused.toSorted()).toEqual([...new Set(lists.flat())].toSorted());
        expect(ids(lists.toReversed())).toEqual(fused);
        for (const [place, one] of fused.entries()) {
          for (const other of fused.slice(place + 1)) {
            const better = lists.every((each) => rankIn(each, other) < rankIn(each, one));
            expect(better).toBe(false);
          }
        }
      }),
    );
  });

  it('leaves a single list as it is', () => {
    fc.assert(fc.property(list, (only) => expect(ids([only])).toEqual(only)));
  });
});

function rankIn(ranked: readonly string[], id: string): number {
  const place = ranked.indexOf(id);
  return place === -1 ? Infinity : place;
}
