import { describe, expect, it } from '@jest/globals';
import { measures, periodOf, resetsAt, shownAmount, storedAmount } from './measures.js';

describe('measures', () => {
  it('count by months of UTC, by no period at all, or as it is now', () => {
    const newYearsEve = new Date('2026-12-31T23:59:59.999Z');
    expect(measures.map((measure) => [periodOf(measure, newYearsEve), resetsAt(measure, newYearsEve)])).toEqual([
      ['all', null],
      ['2026-12', '2027-01-01T00:00:00.000Z'],
      ['now', null],
      ['2026-12', '2027-01-01T00:00:00.000Z'],
    ]);
    expect(periodOf('bytes_scanned', new Date('2027-01-01T00:00:00.000Z'))).toBe('2027-01');
  });

  it('show dollars of what is counted in millionths, without losing one', () => {
    expect(shownAmount('chat_usd', 1_250_001)).toBe(1.250001);
    expect(storedAmount('chat_usd', 1.250001)).toBe(1_250_001);
    expect(storedAmount('bytes_stored', 7)).toBe(7);
  });
});
