import type { CatalogColumn } from '../../providers/catalog/catalog.js';
import { type ColumnInfo, columnInfo } from './columns.js';
import type { TableInfo } from './schema.js';

const QUANTITIES = /^(?:qty|quantity|units|pieces)$/;
const PRICES = /^(?:price|prices)$/;
/** Columns that hold what quantity and price would amount to. */
const AMOUNTS = /^(?:amount|amt|total|subtotal|revenue|sales|turnover|gross|net|value|spend|spent)$/;

type Columns = Pick<TableInfo, 'columns'>;

/** The column that says how many pieces a row stands for. */
export function quantityOf({ columns }: Columns): ColumnInfo | undefined {
  return onlyOne(columns.filter((column) => isNumber(column) && hasWord(column, QUANTITIES)));
}

/** What the rows amount to, where a table tells quantities and prices only: their product. */
export function revenueOf(table: TableInfo): ColumnInfo | undefined {
  const quantity = quantityOf(table);
  const price = onlyOne(table.columns.filter((column) => isNumber(column) && hasWord(column, PRICES)));
  const isTold = table.columns.some((column) => isNumber(column) && hasWord(column, AMOUNTS));
  if (!quantity || !price || quantity === price || isTold) return undefined;
  const column: CatalogColumn = { name: 'revenue', type: 'double', nullable: false };
  return { ...columnInfo(table, column, table.rows), product: [quantity.name, price.name] };
}

function isNumber({ role }: ColumnInfo): boolean {
  return role === 'number';
}

function hasWord({ words }: ColumnInfo, pattern: RegExp): boolean {
  return words.some(({ word }) => pattern.test(word));
}

function onlyOne([column, other]: readonly ColumnInfo[]): ColumnInfo | undefined {
  return other ? undefined : column;
}
