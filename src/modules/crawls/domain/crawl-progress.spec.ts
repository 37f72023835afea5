import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { within } from './crawl-progress.js';

describe('within', () => {
  it.each([
    [0, 1, 0.5, 0.5],
    [0, 0.8, 1, 0.8],
    [0.8, 1, 0.5, 0.9],
    [0, 0.8, 7, 0.8],
    [0.8, 1, -1, 0.8],
  ])('places a part from %d to %d that is done to %d at %d', (begin, end, fraction, whole) => {
    expect(within(begin, end, fraction)).toBe(whole);
  });

  it('never runs backwards and never leaves its part', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, (a, b) => {
        const [less, more] = [within(0.8, 1, Math.min(a, b)), within(0.8, 1, Math.max(a, b))];
        return 0.8 <= less && less <= more && more <= 1;
      }),
    );
  });
});
