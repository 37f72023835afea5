import { describe, expect, it } from '@jest/globals';
import { shopTables, shopValues } from '../../../test/support/translator-tables.js';
import type { CatalogColumn } from '../../providers/catalog/catalog.js';
import { MemoryValues } from '../values/memory-values.js';
import { readSchema } from './schema.js';

const read = (columns: readonly Partial<CatalogColumn>[], table = 'things', rows = 100) =>
  readSchema({
    tables: [
      { table, rows, columns: columns.map((column) => ({ name: 'x', type: 'bigint', nullable: false, ...column })) },
    ],
    values: new MemoryValues([]),
  }).tables[0]!;
const role = (column: Partial<CatalogColumn>) => read([column]).columns[0]!.role;

describe('columns', () => {
  it('have roles', () => {
    expect(role({ name: 'customer_id' })).toBe('id');
    expect(role({ name: 'year', min: '1970', max: '2020' })).toBe('year');
    expect(role({ name: 'survived', distinct: 2, min: '0', max: '1' })).toBe('boolean');
    expect(role({ name: 'price', type: 'decimal(8,2)' })).toBe('number');
    expect(role({ name: 'created_at', type: 'timestamp' })).toBe('date');
  });

  it('carry units and what they are about', () => {
    const [column] = read([{ name: 'beak_length_mm', type: 'double' }]).columns;
    expect(column).toMatchObject({ unit: 'mm', head: { word: 'length' } });
    const [phase] = read([{ name: 'phase_of_flight', type: 'varchar' }]).columns;
    expect(phase!.head.word).toBe('phase');
  });

  it('are told apart by whether sums mean something', () => {
    const [revenue, age] = read([{ name: 'revenue' }, { name: 'age' }]).columns;
    expect([revenue!.additive, age!.additive]).toEqual([true, false]);
  });
});

describe('tables', () => {
  it('know how a person names their rows', () => {
    expect(read([{ name: 'id' }, { name: 'title', type: 'varchar', distinct: 90 }]).labels[0]!.name).toBe('title');
    const staff = read([
      { name: 'first_name', type: 'varchar' },
      { name: 'last_name', type: 'varchar' },
    ]);
    expect(staff.labels.map(({ name }) => name)).toEqual(['first_name', 'last_name']);
    expect(staff.personal).toBe(true);
  });

  it('put the date first that says when a row happened', () => {
    const dates = read([
      { name: 'closed_at', type: 'timestamp' },
      { name: 'created_at', type: 'timestamp' },
    ]).dates;
    expect(dates[0]!.name).toBe('created_at');
  });
});

describe('keys', () => {
  it('are found by names and ranges, and never by chance', () => {
    const { keys } = readSchema({ tables: shopTables, values: new MemoryValues(shopValues) });
    const named = keys.map(({ from, to }) => `${from.table.name}.${from.name} → ${to.table.name}.${to.name}`);
    expect(named).toEqual(['orders.customer_id → customers.customer_id']);
  });
});
