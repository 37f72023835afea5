import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../../translator/plan.js';
import { fillIn } from './references.js';
import type { ResultTable } from './result-table.js';
import { sayResult } from './say-result.js';

const plan = (part: Partial<Plan>): Plan => ({
  tables: ['orders'],
  joins: [],
  measures: [],
  dimensions: [],
  columns: [],
  distinct: false,
  exists: false,
  filters: [],
  having: [],
  order: [],
  ...part,
});
const column = (name: string, table = 'orders') => ({ table, column: name });
const count = { aggregate: 'count' } as const;
const from = (...values: string[]) => ({ kind: 'values', column: column('city'), values, negated: false }) as const;
const result = (columns: readonly string[], ...rows: ResultTable['rows']): ResultTable => ({
  queryId: 'qry_1',
  columns: columns.map((name, at) => ({
    name,
    type: typeof rows[0]?.[at] === 'boolean' ? 'boolean' : /^-?\d/.test(String(rows[0]?.[at])) ? 'bigint' : 'varchar',
  })),
  rows,
  rowCount: rows.length,
  truncated: false,
  atLimit: false,
});
const say = (part: Partial<Plan>, found: ResultTable) => fillIn(sayResult(plan(part), found), [found]).text;

describe('sayResult', () => {
  it.each<[string, Partial<Plan>, ResultTable]>([
    ['There are 41 orders from Lisbon.', { measures: [count], filters: [from('Lisbon')] }, result(['n'], ['41'])],
    [
      'There is 1 order from Lisbon or Porto.',
      { measures: [count], filters: [from('Lisbon', 'Porto')] },
      result(['n'], ['1']),
    ],
    ['There are 0 orders.', { measures: [count] }, result(['n'], ['0'])],
    ['There are 7 weather records.', { tables: ['weather'], measures: [count] }, result(['n'], ['7'])],
    [
      'There are 7 different values of city among the orders.',
      { measures: [{ aggregate: 'count_distinct', column: column('city') }] },
      result(['n'], ['7']),
    ],
    [
      'For all orders, the average unit price is 12.',
      { measures: [{ aggregate: 'avg', column: column('unit_price') }] },
      result(['a'], ['12']),
    ],
    [
      'For orders from Lisbon, the highest price is 9 and the lowest price is 2.',
      {
        measures: [
          { aggregate: 'max', column: column('price') },
          { aggregate: 'min', column: column('price') },
        ],
        filters: [from('Lisbon')],
      },
      result(['a', 'b'], ['9', '2']),
    ],
    [
      'For all orders, the percentage of orders from Lisbon is 40 %.',
      { measures: [{ aggregate: 'share', of: [from('Lisbon')] }] },
      result(['share'], ['40']),
    ],
    [
      'The city with the highest number of orders is Lisbon, with 41.',
      { measures: [count], dimensions: [column('city')], order: [{ by: count, descending: true }], limit: 1 },
      result(['city', 'n'], ['Lisbon', '41']),
    ],
    [
      'The city with the 2nd lowest price is Lisbon, with 4.',
      {
        measures: [{ aggregate: 'max', column: column('price') }],
        dimensions: [column('city')],
        order: [{ by: { aggregate: 'max', column: column('price') }, descending: false }],
        limit: 1,
        offset: 1,
      },
      result(['city', 'n'], ['Lisbon', '4']),
    ],
    [
      'Yes, there are 3 orders from Lisbon.',
      { exists: true, filters: [from('Lisbon')] },
      result(['found', 'n'], [true, '3']),
    ],
    [
      'No, there are no orders from Lisbon.',
      { exists: true, filters: [from('Lisbon')] },
      result(['found', 'n'], [false, '0']),
    ],
    ['No orders from Lisbon match: no data means no numbers.', { filters: [from('Lisbon')] }, result(['city'])],
    [
      'No orders from Lisbon match: no data means no numbers.',
      { measures: [{ aggregate: 'sum', column: column('price') }], filters: [from('Lisbon')] },
      result(['sum_price'], [null]),
    ],
    ['City of orders: Lisbon.', { columns: [column('city')] }, result(['city'], ['Lisbon'])],
  ])('says %j', (text, part, found) => {
    expect(say(part, found)).toBe(text);
  });

  it('shows the first rows of several, and says how many there are', () => {
    const rows = Array.from({ length: 12 }, (_, at) => [`City ${at}`, String(at)]);
    const text = say({ measures: [count], dimensions: [column('city')] }, result(['city', 'n'], ...rows));
    expect(text).toMatch(
      /^Number of orders by city \(12 rows, the first 10 are shown\):\n\n\| city \| n \|\n\| --- \| ---: \|\n/,
    );
    expect(text.split('\n')).toHaveLength(14);
  });
});
