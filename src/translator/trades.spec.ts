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
const orders: TranslatorTable = {
  table: 'orders',
  rows: 900,
  columns: [
    column('order_id', 'bigint', { distinct: 900, null_fraction: 0, min: '1', max: '900' }),
    column('customer_id', 'bigint', { distinct: 200, min: '1', max: '200' }),
    column('payer', 'varchar', {
      distinct: 2,
      top_values: [
        { value: 'Card', count: 5 },
        { value: 'Cash', count: 4 },
      ],
    }),
    column('dept', 'varchar', { distinct: 1 }),
    column('voucher_code', 'varchar', { nullable: true, distinct: 3 }),
    column('qty', 'bigint', { min: '1', max: '9' }),
    column('unit_price_eur', 'decimal(18,2)', { min: '1', max: '99' }),
    column('litres', 'decimal(18,1)', { distinct: 400, min: '1', max: '99' }),
    column('cost_eur', 'decimal(18,2)', { distinct: 400, min: '1', max: '99' }),
    column('usage_kwh', 'decimal(18,1)', { distinct: 400, min: '1', max: '99' }),
    column('churned_at', 'timestamp', { nullable: true, distinct: 90 }),
  ],
};
const values = [
  { table: 'orders', column: 'payer', value: 'Card' },
  { table: 'orders', column: 'payer', value: 'Cash' },
  { table: 'orders', column: 'dept', value: 'Cardio' },
];
const context = translationContext({ tables: [orders], values: new MemoryValues(values) });

function sqlOf(question: string): string {
  const translation = translate(question, context, { now: new Date('2024-07-01T00:00:00Z') });
  return translation.kind === 'answer' ? translation.sql.replaceAll(/\s+/g, ' ') : translation.kind;
}

describe('questions of several trades', () => {
  it('multiplies quantity and price where no column holds the revenue', () => {
    expect(sqlOf('revenue by payer')).toContain('sum((qty * unit_price_eur)) AS sum_revenue');
  });

  it('divides counts by things and amounts by amounts', () => {
    expect(sqlOf('average number of orders per customer')).toContain(
      '1.0e0 * count(*) / nullif(count(DISTINCT customer_id), 0)',
    );
    expect(sqlOf('cost per litre by payer')).toContain('1.0e0 * sum(cost_eur) / nullif(sum(litres), 0)');
  });

  it('keeps a denial whose verb stands before what is denied', () => {
    expect(sqlOf('orders not covered by card')).toMatch(/payer <> 'Card'|payer NOT IN/);
  });

  it('takes the rate of a dated event as the share of rows that have the date', () => {
    expect(sqlOf('churn rate by payer')).toContain('count_if(churned_at IS NOT NULL)');
  });

  it('reads what was never given as missing, and what was used as present', () => {
    expect(sqlOf('how many orders were never given a voucher')).toContain('voucher_code IS NULL');
    expect(sqlOf('What proportion of orders used a voucher?')).toContain('count_if(voucher_code IS NOT NULL)');
  });

  it('finds a value that is cut short', () => {
    expect(sqlOf('average usage in cardiology')).toContain("dept = 'Cardio'");
  });

  it('knows what a unit measures', () => {
    expect(sqlOf('total energy by payer')).toContain('sum(usage_kwh)');
  });
});
