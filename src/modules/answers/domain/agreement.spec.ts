import { describe, expect, it } from '@jest/globals';
import { confidenceOf, fingerprintOf, type OtherStatement } from './agreement.js';
import type { Cell, ResultTable } from './result-table.js';

const result = (rows: readonly (readonly Cell[])[]): ResultTable => ({
  queryId: 'qry_1',
  columns: [],
  rows,
  rowCount: rows.length,
  truncated: false,
  atLimit: false,
});
const isSame = (one: readonly (readonly Cell[])[], other: readonly (readonly Cell[])[]) =>
  fingerprintOf(result(one)) === fingerprintOf(result(other));

describe('fingerprintOf', () => {
  it('minds neither the order of rows and columns nor how a number is written', () => {
    expect(isSame([['Lisbon', '10.50'], ['Porto', '7']], [[7, 'Porto'], [10.5, 'Lisbon']])).toBe(true); // prettier-ignore
    expect(isSame([[0.1 + 0.2]], [[0.3]])).toBe(true);
  });

  it('minds how often a row comes, and every value', () => {
    expect(isSame([['a'], ['a']], [['a']])).toBe(false);
    expect(isSame([['a'], ['a'], ['b']], [['a'], ['b'], ['b']])).toBe(false);
    expect(isSame([['1']], [['2']])).toBe(false);
    expect(isSame([[null]], [['0']])).toBe(false);
    expect(isSame([['2024-01-01']], [['2024-01-02']])).toBe(false);
  });
});

describe('confidenceOf', () => {
  const own = result([['1']]);
  const other = (found: ResultTable | undefined): OtherStatement => ({
    by: 'model',
    sql: 'SELECT 1',
    ...(found ? { found: fingerprintOf(found) } : { not_run: 'It was refused.' }),
  });

  it('is the share of the statements that were run and found the same', () => {
    const others = [other(own), other(result([['2']])), other(undefined)];
    expect(confidenceOf({ risk: ['It joins tables.'], others }, own)).toEqual({
      agreement: 0.67,
      risk: ['It joins tables.'],
      others: [
        { by: 'model', sql: 'SELECT 1', agrees: true },
        { by: 'model', sql: 'SELECT 1', agrees: false },
        { by: 'model', sql: 'SELECT 1', not_run: 'It was refused.', agrees: null },
      ],
    });
  });

  it('is unknown where no other was run', () => {
    expect(confidenceOf({ risk: [], others: [other(undefined)] }, own)).toBeUndefined();
  });
});
