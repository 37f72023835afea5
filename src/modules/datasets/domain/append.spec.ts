import { describe, expect, it } from '@jest/globals';
import type { ColumnType, Contract } from '../../../csv/contract.js';
import type { ConvertedColumn } from '../../../providers/table-converter/table-converter.js';
import { appendedColumns, planAppend } from './append.js';

const dialect: Contract['dialect'] = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  decimal: '.',
  newline: '\n',
  compression: 'none',
  skip_rows: 0,
};

const contract = (columns: Record<string, ColumnType>): Contract => ({
  dialect,
  columns: Object.entries(columns).map(([name, type]) => ({ source_name: name.toUpperCase(), name, type })),
});

const stored = (columns: Record<string, ColumnType>): ConvertedColumn[] =>
  Object.entries(columns).map(([name, type]) => ({ name, type, nullable: false, evidence: 'all rows' }));

const dataset = stored({ id: 'bigint', price: 'double', city: 'varchar', at: 'timestamp' });

describe('planAppend', () => {
  it('takes the same columns in any order, with the types of the data set', () => {
    const plan = planAppend(contract({ at: 'date', city: 'bigint', price: 'bigint', id: 'bigint' }), dataset);
    expect(plan.differences).toEqual([]);
    expect(plan.contract!.columns.map(({ name, type }) => [name, type])).toEqual([
      ['at', 'timestamp'],
      ['city', 'varchar'],
      ['price', 'double'],
      ['id', 'bigint'],
    ]);
  });

  it('keeps the way numbers are written when only their width changes', () => {
    const given = contract({ id: 'bigint', price: 'decimal(8,2)', city: 'varchar', at: 'timestamp' });
    given.columns[1]!.format = '1.234,50';
    expect(planAppend(given, dataset).contract!.columns[1]).toMatchObject({ type: 'double', format: '1.234,50' });
  });

  it('R41: reports a missing, an additional and a retyped column, each with a way out', () => {
    const { contract: none, differences } = planAppend(
      contract({ id: 'varchar', price: 'double', town: 'varchar', at: 'timestamp' }),
      dataset,
    );
    expect(none).toBeUndefined();
    expect(differences.map(({ pointer }) => pointer)).toEqual(['/columns/0/type', '/columns/2', '/columns']);
    expect(differences[0]!.detail).toContain('Set its type to bigint');
    expect(differences[1]!.detail).toContain('rename it to city');
    expect(differences[2]!.detail).toContain('a column city (varchar)');
  });

  it.each<[ColumnType, ColumnType, boolean]>([
    ['bigint', 'decimal(18,2)', true],
    ['decimal(18,1)', 'decimal(18,2)', true],
    ['decimal(18,3)', 'decimal(18,2)', false],
    ['double', 'decimal(18,2)', false],
    ['decimal(18,2)', 'double', true],
    ['decimal(18,2)', 'bigint', false],
    ['date', 'timestamp', true],
    ['timestamp', 'date', false],
    ['json', 'varchar', true],
    ['varchar', 'boolean', false],
  ])('reads what looks like %s as %s: %s', (type, wanted, fits) => {
    const { differences } = planAppend(contract({ a: type }), stored({ a: wanted }));
    expect(differences).toHaveLength(fits ? 0 : 1);
  });

  it('does not miss a column that the contract drops, and does not mind one that the data set lacks', () => {
    const given = contract({ id: 'bigint', price: 'double', city: 'varchar', at: 'timestamp', note: 'varchar' });
    given.columns[4]!.drop = true;
    expect(planAppend(given, dataset).differences).toEqual([]);
    given.columns[0]!.drop = true;
    expect(planAppend(given, dataset).differences.map(({ pointer }) => pointer)).toEqual(['/columns']);
  });
});

describe('appendedColumns', () => {
  it('keeps order and types, and becomes nullable with either part', () => {
    const added = [
      { name: 'price', type: 'double', nullable: true, evidence: 'fixed' },
      { name: 'id', type: 'bigint', nullable: false, evidence: 'fixed' },
    ] as const;
    const before = stored({ id: 'bigint', price: 'double' });
    expect(appendedColumns(before, added)).toEqual([
      { name: 'id', type: 'bigint', nullable: false, evidence: 'fixed' },
      { name: 'price', type: 'double', nullable: true, evidence: 'fixed' },
    ]);
  });
});
