import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillIn } from './references.js';
import type { ResultTable } from './result-table.js';

const result = (rows: ResultTable['rows'], more: Partial<ResultTable> = {}): ResultTable => ({
  queryId: 'qry_1',
  columns: [
    { name: 'city', type: 'varchar' },
    { name: 'total', type: 'bigint' },
  ],
  rows,
  rowCount: rows.length,
  truncated: false,
  atLimit: false,
  ...more,
});

describe('fillIn', () => {
  it('fills in cells by place and by name, of the last query and of any', () => {
    const results = [result([['Lisbon', '41']]), result([['Porto', '7']], { queryId: 'qry_2' })];
    const { text, sources, unknown } = fillIn('{{q1.r0.c0}}: {{q1.r0.total}}, then {{ r0.c1 }} of {{count}}.', results);
    expect(text).toBe('Lisbon: 41, then 7 of 1.');
    expect(unknown).toEqual([]);
    expect(sources.map(({ query_id, row, column, value }) => [query_id, row, column, value])).toEqual([
      ['qry_1', 0, 'city', 'Lisbon'],
      ['qry_1', 0, 'total', '41'],
      ['qry_2', 0, 'total', '7'],
      ['qry_2', undefined, undefined, 1],
    ]);
  });

  it.each(['{{r1.c0}}', '{{r0.c2}}', '{{q2.r0.c0}}', '{{r0.nothing}}', '{{q0.count}}'])(
    'does not know %s',
    (reference) => {
      expect(fillIn(reference, [result([['Lisbon', '41']])])).toMatchObject({ text: reference, unknown: [reference] });
    },
  );

  it.each([{ truncated: true }, { atLimit: true }])('does not call the rows of a cut result all of them: %j', (cut) => {
    expect(fillIn('{{count}} rows', [result([['Lisbon', '41']], cut)]).text).toBe('at least 1 rows');
  });

  it('takes nothing in a cell for a reference, or for Markdown', () => {
    const { text } = fillIn('{{r0.c0}}', [
      result([['{{{r0.c1}}} {{r0.c1}} [x](https://evil.example) <img src=x>', '41']]),
    ]);
    expect(text).not.toMatch(/41|\{\{|\]\(|<img|\S:\/\//);
  });

  it('shows exactly the cell, whatever it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const { text, sources } = fillIn('{{r0.c1}}', [result([['x', String(value)]])]);
        expect(BigInt(text.replaceAll(',', ''))).toBe(value);
        expect(sources[0]!.value).toBe(String(value));
      }),
    );
  });
});
