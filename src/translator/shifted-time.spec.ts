import { describe, expect, it } from '@jest/globals';
import type { Filter } from './plan.js';
import { shiftTimes } from './shifted-time.js';

const column = { table: 'orders', column: 'order_date' };
const march: Filter = {
  kind: 'time',
  column,
  from: '2024-03-01',
  to: '2024-04-01',
  label: 'March 2024',
  negated: false,
};
const year: Filter = { kind: 'compare', column: { table: 'orders', column: 'year' }, operator: '=', value: 2024 };

describe('shiftTimes', () => {
  it.each([
    ['and the month before?', '2024-02-01', '2024-03-01'],
    ['what about the following year', '2025-03-01', '2025-04-01'],
    ['the previous quarter', '2023-12-01', '2024-01-01'],
    ['and the week after', '2024-03-08', '2024-04-08'],
  ])('%s', (question, from, to) => {
    expect(shiftTimes(question, [march])).toMatchObject([{ from, to }]);
  });

  it('moves a year that is a number', () => {
    expect(shiftTimes('and in the year before', [year])).toMatchObject([{ value: 2023 }]);
  });

  it('leaves other questions and other filters alone', () => {
    expect(shiftTimes('revenue of the year before', [march])).toBeUndefined();
    expect(shiftTimes('and the year before', [])).toBeUndefined();
    expect(shiftTimes('and the month before', [year])).toBeUndefined();
  });
});
