import { isBad } from '../lexicon/ends.js';
import { isGoods } from '../text/units.js';
import type { CatalogColumn } from '../../providers/catalog/catalog.js';
import { type ColumnInfo, columnInfo } from './columns.js';
import type { TableInfo } from './schema.js';

const QUANTITIES = /^(?:qty|quantity|units|pieces)$/;
const PRICES = /^(?:price|prices)$/;
/** Columns that hold what quantity and price would amount to. */
const AMOUNTS = /^(?:amount|amt|total|subtotal|revenue|sales|turnover|gross|net|value|spend|spent)$/;
const SALES = /^(?:orders?|sales?|purchases?|invoices?|transactions?|bookings?|receipts?|items?|lines?)$/;

type Columns = Pick<TableInfo, 'columns'>;

/** The column that says how many pieces a row stands for. */
export function quantityOf({ columns }: Columns): ColumnInfo | undefined {
  const named = numbersNamed(columns, QUANTITIES);
  return onlyOne(named) ?? onlyOne(named.filter(({ words }) => words.length === 1));
}

/** The only amount of goods that rows tell, in kilograms, litres or the like; what is lost or left over is no such amount. */
export function goodsOf({ columns }: Columns): ColumnInfo | undefined {
  return onlyOne(
    columns.filter(({ additive, unit, words }) => additive && isGoods(unit) && !words.some(({ word }) => isBad(word))),
  );
}

/** What came in for the rows of a table of sales: a column that tells it, or quantity times price where none does. */
export function takingsOf(table: TableInfo): ColumnInfo | undefined {
  const told = numbersNamed(table.columns, AMOUNTS);
  if (told.length > 0) return SALES.test(table.entity.at(-1)?.word ?? '') ? onlyOne(told) : undefined;
  const quantity = quantityOf(table);
  const price = onlyOne(numbersNamed(table.columns, PRICES));
  if (!quantity || !price || quantity === price) return undefined;
  const column: CatalogColumn = { name: 'revenue', type: 'double', nullable: false };
  return { ...columnInfo(table, column, table.rows), product: [quantity.name, price.name] };
}

function numbersNamed(columns: readonly ColumnInfo[], pattern: RegExp): readonly ColumnInfo[] {
  return columns.filter(({ role, words }) => role === 'number' && words.some(({ word }) => pattern.test(word)));
}

function onlyOne([column, other]: readonly ColumnInfo[]): ColumnInfo | undefined {
  return other ? undefined : column;
}
