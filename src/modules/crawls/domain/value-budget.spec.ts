import { describe, expect, it } from '@jest/globals';
import { withinBudget } from './value-budget.js';

const column = (name: string, size: number) =>
  Array.from({ length: size }, (_, index) => ({ column: name, value: `${name} ${index}`, count: 1 }));

describe('withinBudget', () => {
  it('keeps everything that fits', () => {
    const values = [...column('city', 3), ...column('name', 5)];
    expect(withinBudget(values, 8)).toHaveLength(8);
  });

  it('keeps whole columns, those with the fewest values first', () => {
    const kept = withinBudget([...column('name', 5), ...column('state', 2), ...column('city', 3)], 9);
    expect([...new Set(kept.map((each) => each.column))]).toEqual(['state', 'city']);
    expect(kept).toHaveLength(5);
  });
});
