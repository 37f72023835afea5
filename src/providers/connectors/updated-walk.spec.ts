import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Changed, isBehind, moved, type WalkPosition } from './updated-walk.js';

const items = fc
  .array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 })
  .map((times) => times.toSorted((a, b) => a - b).map((time, id): Changed => ({ id, time: `2026-01-0${time + 1}` })));

describe('a walk in the order of changes', () => {
  it('takes every item once, wherever it is stopped', () => {
    fc.assert(
      fc.property(items, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (all, steps) => {
        let position: WalkPosition = {};
        const taken: number[] = [];
        for (let step = 0; ; step += 1) {
          const some = all.filter((item) => isBehind(position, item)).slice(0, steps[step % steps.length]);
          if (some.length === 0) break;
          taken.push(...some.map(({ id }) => id));
          position = JSON.parse(JSON.stringify(moved(position, some))) as WalkPosition;
        }
        expect(taken).toEqual(all.map(({ id }) => id));
      }),
    );
  });

  it('takes an item again that was changed later', () => {
    const position = moved({}, [{ id: 1, time: '2026-01-01' }]);
    expect(isBehind(position, { id: 1, time: '2026-01-01' })).toBe(false);
    expect(isBehind(position, { id: 1, time: '2026-01-02' })).toBe(true);
  });
});
