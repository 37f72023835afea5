import { describe, expect, it } from '@jest/globals';
import type { CatalogColumn } from '../providers/catalog/catalog.js';
import { translate, translationContext } from './translate.js';
import type { TranslatorTable } from './translation.js';
import { MemoryValues } from './values/memory-values.js';

const column = (name: string, type: CatalogColumn['type'], rest: Partial<CatalogColumn> = {}): CatalogColumn => ({
  name,
  type,
  nullable: false,
  distinct: 40,
  ...rest,
});
const few = { distinct: 6 };
const id = { distinct: 900, null_fraction: 0, min: '1', max: '900' };
const repairs: TranslatorTable = {
  table: 'boat_repairs',
  rows: 900,
  columns: [
    column('repair_id', 'bigint', id),
    column('brought_in_on', 'date', { min: '2023-01-01', max: '2024-06-01' }),
    column('handed_back_on', 'date', { nullable: true, min: '2023-01-04', max: '2024-06-30' }),
    column('mechanic', 'varchar', few),
    column('customer', 'varchar', few),
    column('harbour_district', 'varchar', few),
    column('part', 'varchar', few),
    column('crew_people', 'bigint', { min: '1', max: '9' }),
    column('invoice_total', 'decimal(18,2)', { min: '1', max: '999' }),
    column('days_late', 'bigint', { min: '0', max: '40' }),
    column('hardwood_pct', 'bigint', { min: '0', max: '100' }),
    column('paid', 'boolean', { distinct: 2 }),
  ],
};
const stores: TranslatorTable = {
  table: 'paint_stock',
  rows: 300,
  columns: [
    column('sku', 'varchar', { distinct: 300, null_fraction: 0 }),
    column('paint_name', 'varchar', { distinct: 290 }),
    column('stock_on_hand', 'bigint', { min: '0', max: '90' }),
    column('reorder_level', 'bigint', { min: '5', max: '9' }),
    column('discontinued', 'boolean', { distinct: 2 }),
  ],
};
const contextOf = (table: TranslatorTable, values: readonly [string, string][] = []) =>
  translationContext({
    tables: [table],
    values: new MemoryValues(values.map(([name, value]) => ({ table: table.table, column: name, value }))),
  });
const repaired = contextOf(repairs, [
  ['part', 'Rudder'],
  ['harbour_district', 'North Quay'],
]);
const stored = contextOf(stores);

function sqlOf(question: string, context = repaired): string {
  const translation = translate(question, context, { now: new Date('2024-07-01T00:00:00Z') });
  return translation.kind === 'answer' ? translation.sql.replaceAll(/\s+/g, ' ') : translation.kind;
}

describe('questions in everyday words', () => {
  it('finds the columns that who, where and what ask for', () => {
    expect(sqlOf('Who does the most repairs?')).toContain('GROUP BY mechanic');
    expect(sqlOf('Who pays us the most?')).toContain('GROUP BY customer');
    expect(sqlOf('Where do we earn the most money?')).toContain('GROUP BY harbour_district');
    expect(sqlOf('What breaks most?')).toContain('GROUP BY part');
  });

  it('counts the days between two dates where no column holds them', () => {
    expect(sqlOf('How long do repairs take?')).toContain(
      "avg(date_diff('day', CAST(brought_in_on AS date), CAST(handed_back_on AS date)))",
    );
  });

  it('knows what is owed, by whom, and what is late', () => {
    const owed = sqlOf('How much money are we still owed, and by whom?');
    expect(owed).toContain('sum(invoice_total)');
    expect(owed).toContain('WHERE NOT paid GROUP BY customer');
    expect(sqlOf('What percentage of repairs were on time?')).toContain('count_if(days_late <= 0)');
    expect(sqlOf('How many repairs were late?')).toContain('days_late > 0');
  });

  it('takes the money, the people and the whole that only one column tells', () => {
    expect(sqlOf('What did we take in the first half of 2024?')).toContain('sum(invoice_total)');
    expect(sqlOf('How many people came in 2023?')).toContain('sum(crew_people)');
    expect(sqlOf('How many repairs were fully hardwood?')).toContain('hardwood_pct = 100');
  });

  it('knows what is left in stock and what is no longer sold', () => {
    expect(sqlOf('What are we running low on?', stored)).toContain('stock_on_hand < reorder_level');
    expect(sqlOf('Which paints are we out of?', stored)).toContain('stock_on_hand = 0');
    expect(sqlOf('How many paints do we no longer sell?', stored)).toContain('WHERE discontinued');
  });

  it('asks about a verb that it does not know instead of leaving it out', () => {
    const translation = translate('How many repairs did people grumble over?', repaired);
    expect(translation.kind).not.toBe('answer');
  });

  it('declines a thing that the table does not tell', () => {
    expect(sqlOf('How much varnish did we use in March?')).toBe('decline');
    expect(sqlOf('How many apprentices were on duty?')).toBe('decline');
  });
});
