import { describe, expect, it } from '@jest/globals';
import { MemoryValues } from '../../../translator/values/memory-values.js';
import { chartAsked, chartOf } from './chart.js';
import { relinked, unknownLiterals } from './relink.js';
import { checkResult } from './result-checks.js';
import type { Cell, ResultTable } from './result-table.js';
import { rowsWords } from './table-words.js';

const result = (
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly Cell[])[],
  more: Partial<ResultTable> = {},
) => ({
  queryId: 'qry_1',
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  rows,
  rowCount: rows.length,
  truncated: false,
  atLimit: false,
  ...more,
});

describe('checkResult', () => {
  const counted = { city: 'varchar', n: 'bigint' };

  it.each([
    ['empty_result', result(counted, [])],
    [
      'null_measure',
      result(counted, [
        ['Lisbon', null],
        ['Porto', null],
      ]),
    ],
    ['truncated', result(counted, [['Lisbon', '1']], { truncated: true })],
    ['limit_reached', result(counted, [['Lisbon', '1']], { atLimit: true })],
    ['share_out_of_range', result({ city: 'varchar', share: 'double' }, [['Lisbon', 140.5]])],
  ])('finds %s', (name, found) => {
    expect(checkResult(found, '', [])).toMatchObject([{ name, ok: false }]);
  });

  it('says that a good result is good', () => {
    expect(
      checkResult(
        result(counted, [
          ['Lisbon', '1'],
          ['Porto', null],
        ]),
        '',
        [],
      ),
    ).toMatchObject([{ name: 'result', ok: true }]);
  });
});

describe('chartOf', () => {
  const many = (make: (at: number) => readonly Cell[]) => Array.from({ length: 6 }, (_, at) => make(at));

  it.each([
    [
      'bar',
      result(
        { city: 'varchar', n: 'bigint' },
        many((at) => [`c${at}`, String(at)]),
      ),
    ],
    [
      'line',
      result(
        { month: 'timestamp(3)', n: 'bigint' },
        many((at) => [`2024-0${at + 1}-01T00:00:00`, String(at)]),
      ),
    ],
    [
      'line',
      result(
        { year: 'bigint', n: 'double' },
        many((at) => [String(2000 + at), at]),
      ),
    ],
    [
      'point',
      result(
        { weight: 'double', height: 'double' },
        many((at) => [at, at * 2]),
      ),
    ],
  ])('draws a %s', (mark, found) => {
    const spec = chartOf(found);
    expect(spec).toMatchObject({ mark, query_id: 'qry_1', encoding: { x: { field: found.columns[0]!.name } } });
    expect(JSON.stringify(spec)).not.toContain(String(found.rows[5]![0]));
  });

  it.each([
    ['arc', 'arc', ['1', '2']],
    ['arc', 'bar', ['1', '-2']],
    ['line', 'line', ['1', '2']],
    ['area', 'area', ['1', '2']],
    ['point', 'bar', ['1', '2']],
    [undefined, 'bar', ['1', '2']],
  ] as const)('asked for %s draws %s of cities with the amounts %j', (wanted, drawn, amounts) => {
    const found = result(
      { city: 'varchar', amount: 'decimal(10,2)' },
      amounts.map((amount, at) => [`c${at}`, amount]),
    );
    expect(chartAsked(found, wanted)?.mark).toBe(drawn);
  });

  it('tells groups apart by colour', () => {
    const found = result(
      { day: 'date', city: 'varchar', n: 'bigint' },
      many((at) => [`2024-01-0${at + 1}`, `c${at % 2}`, '1']),
    );
    expect(chartOf(found)?.encoding).toMatchObject({ x: { field: 'day' }, color: { field: 'city' } });
  });

  it.each([
    ['one row', result({ city: 'varchar', n: 'bigint' }, [['a', '1']])],
    [
      'no number',
      result(
        { city: 'varchar', name: 'varchar' },
        many((at) => ['a', `b${at}`]),
      ),
    ],
    [
      'rows that are missing',
      result(
        { city: 'varchar', n: 'bigint' },
        many((at) => [`c${at}`, '1']),
        { rowCount: 5000 },
      ),
    ],
    [
      'too many bars',
      result(
        { city: 'varchar', n: 'bigint' },
        Array.from({ length: 60 }, (_, at) => [`c${at}`, '1']),
      ),
    ],
  ])('draws nothing for %s', (_, found) => {
    expect(chartOf(found)).toBeUndefined();
  });
});

describe('unknownLiterals', () => {
  const values = new MemoryValues(
    ['Lisbon', 'Porto', "L'Aquila"].map((value) => ({ table: 'orders', column: 'city', value })),
  );

  it('finds texts that are stored otherwise, and puts them right where that is certain', () => {
    const sql = "SELECT count(*) FROM orders WHERE city = 'lisbon' AND status = 'Lisbon'";
    const unknown = unknownLiterals(sql, values);
    expect(unknown).toEqual([{ literal: 'lisbon', nearest: ['Lisbon'] }]);
    expect(relinked(sql, unknown)).toBe("SELECT count(*) FROM orders WHERE city = 'Lisbon' AND status = 'Lisbon'");
  });

  it('guesses nothing', () => {
    const unknown = unknownLiterals("SELECT 1 FROM orders WHERE city = 'Atlantis'", values);
    expect(relinked('', unknown)).toBeUndefined();
    expect(unknownLiterals("SELECT 1 FROM orders WHERE city = 'L''Aquila'", values)).toEqual([]);
  });
});

describe('rowsWords', () => {
  it.each([
    ['orders', 'orders', 'order'],
    ['order_items', 'order items', 'order item'],
    ['customer', 'customers', 'customer'],
    ['city', 'cities', 'city'],
    ['companies', 'companies', 'company'],
    ['weather', 'weather records', 'weather record'],
    ['people', 'people', 'person'],
    ['bus', 'buses', 'bus'],
    ['sales_2023', 'sales 2023 records', 'sales 2023 record'],
  ])('calls the rows of %s %s', (name, many, one) => {
    expect([rowsWords(name), rowsWords(name, 'one')]).toEqual([many, one]);
  });
});
