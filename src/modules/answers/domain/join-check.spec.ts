import { describe, expect, it } from '@jest/globals';
import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import { checkJoins } from './join-check.js';

const table = (name: string, rows: number, distinct: Readonly<Record<string, number>>): CatalogTable => ({
  table: name,
  rows,
  bytes: 1,
  object_keys: [],
  data_version: 1,
  updated_at: '',
  columns: Object.entries(distinct).map(([column, count]) => ({
    name: column,
    type: 'bigint',
    nullable: false,
    distinct: count,
  })),
});
const tables = [
  table('orders', 100, { id: 100, customer_id: 40, amount: 90 }),
  table('items', 300, { order_id: 100, price: 50 }),
  table('customers', 40, { id: 40, credit: 30 }),
];

describe('checkJoins', () => {
  it.each([
    'SELECT sum(o.amount) FROM orders o JOIN items i ON i.order_id = o.id',
    'SELECT sum(c.credit) FROM customers AS c, orders WHERE orders.customer_id = c.id',
    'select SUM("orders"."amount") from "orders" join "items" on "orders"."id" = "items"."order_id"',
  ])('warns of %s', (sql) => {
    expect(checkJoins(sql, tables)).toMatchObject([{ name: 'join_repeats_rows', ok: false }]);
  });

  it.each([
    'SELECT sum(i.price) FROM orders o JOIN items i ON i.order_id = o.id',
    'SELECT sum(o.amount) FROM orders o JOIN customers c ON o.customer_id = c.id',
    'SELECT count(*) FROM orders o JOIN items i ON i.order_id = o.id',
    'SELECT sum(amount) FROM orders WHERE customer_id = 3',
  ])('lets %s be', (sql) => {
    expect(checkJoins(sql, tables)).toEqual([]);
  });
});
