import type { CatalogColumn } from '../../src/providers/catalog/catalog.js';
import { type TranslationContext, translationContext } from '../../src/translator/translate.js';
import type { StoredValue, TranslatorTable } from '../../src/translator/translation.js';
import { MemoryValues } from '../../src/translator/values/memory-values.js';

type Profile = Partial<CatalogColumn>;

const column = (name: string, type: CatalogColumn['type'], profile: Profile = {}): CatalogColumn => ({
  name,
  type,
  nullable: false,
  null_fraction: 0,
  ...profile,
});

const text = (name: string, values: readonly string[], profile: Profile = {}) =>
  column(name, 'varchar', {
    distinct: values.length,
    top_values: values.map((value) => ({ value, count: 10 })),
    ...profile,
  });

const cities = ['Lisbon', 'Porto', 'São Paulo', 'Vienna', 'Paris', 'Berlin'];
const statuses = ['delivered', 'shipped', 'cancelled'];
const categories = ['Kitchen', 'Garden', 'Toys'];

/** Three tables of a shop as a catalog describes them; there are no rows behind them. */
export const shopTables: readonly TranslatorTable[] = [
  {
    table: 'customers',
    rows: 300,
    columns: [
      column('customer_id', 'bigint', { distinct: 300, min: '1', max: '300' }),
      column('name', 'varchar', { distinct: 280 }),
      column('email', 'varchar', { distinct: 260, nullable: true, null_fraction: 0.1 }),
      text('city', cities),
      column('signup_date', 'date', { distinct: 250, min: '2021-01-01', max: '2024-06-30' }),
      column('newsletter', 'boolean', { distinct: 2 }),
    ],
  },
  {
    table: 'orders',
    rows: 1500,
    columns: [
      column('order_id', 'bigint', { distinct: 1500, min: '1', max: '1500' }),
      column('customer_id', 'bigint', { distinct: 270, min: '1', max: '270' }),
      column('order_date', 'date', { distinct: 800, min: '2022-01-01', max: '2024-06-30' }),
      column('shipped_date', 'date', { distinct: 700, nullable: true, null_fraction: 0.2 }),
      text('status', statuses),
      column('amount', 'decimal(10,2)', { distinct: 1400, min: '1.00', max: '900.00' }),
    ],
  },
  {
    table: 'products',
    rows: 60,
    columns: [
      column('product_id', 'bigint', { distinct: 60, min: '1', max: '60' }),
      column('name', 'varchar', { distinct: 60 }),
      text('category', categories),
      column('price', 'decimal(8,2)', { distinct: 55, min: '2.00', max: '240.00' }),
      column('weight_kg', 'double', { distinct: 50, min: '0.1', max: '30' }),
      column('length_cm', 'double', { distinct: 50, min: '1', max: '200' }),
      column('discontinued', 'boolean', { distinct: 2 }),
    ],
  },
];

const inColumn = (table: string, name: string, values: readonly string[]): readonly StoredValue[] =>
  values.map((value) => ({ table, column: name, value }));

export const shopValues: readonly StoredValue[] = [
  ...inColumn('customers', 'city', cities),
  ...inColumn('customers', 'name', ['Ana Costa', 'Bruno Weber']),
  ...inColumn('orders', 'status', statuses),
  ...inColumn('products', 'category', categories),
  ...inColumn('products', 'name', ['Yoga Mat', 'Chef Knife', 'Bread Knife']),
];

export function shopContext(): TranslationContext {
  return translationContext({ tables: shopTables, values: new MemoryValues(shopValues) });
}
