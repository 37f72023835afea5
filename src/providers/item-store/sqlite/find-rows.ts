import type { Statements } from '../../database/sqlite/sqlite-units.js';
import type { Comparison, ItemKey, ItemQuery, ItemTable, KeySchema, KeyValue } from '../item-store.js';
import { keyIn, keyOf } from '../validate.js';
import { noSortKey } from './stored-items.js';

/** A row with its place in the index through which it was found. */
export interface FoundRow {
  readonly body: string;
  readonly partition_key: KeyValue;
  readonly sort_key: KeyValue;
  readonly index_partition?: KeyValue;
  readonly index_sort?: KeyValue;
}

const isLive = '(items.expires_at is null or items.expires_at > ?)';

/** The rows that a query finds, and one more where there is one. `now` is in seconds since 1970. */
export function findRows<Item extends object>(
  statements: Statements,
  table: ItemTable<Item>,
  query: ItemQuery<Item>,
  now: number,
): FoundRow[] {
  return query.index === undefined
    ? rowsOfTable(statements, table, query, now)
    : rowsOfIndex(statements, table, { ...query, index: query.index }, now);
}

/** Table and index keys of the row, from which the next page begins. */
export function positionOf<Item>(table: ItemTable<Item>, index: string | undefined, row: FoundRow): ItemKey<Item> {
  const position: Record<string, KeyValue> = {};
  const name = ({ partitionKey, sortKey }: KeySchema<Item>, partition: KeyValue, sort: KeyValue) => {
    position[partitionKey] = partition;
    if (sortKey !== undefined) position[sortKey] = sort;
  };
  if (index !== undefined) name(table.indexes![index]!, row.index_partition!, row.index_sort!);
  name(table, row.partition_key, row.sort_key);
  return position as ItemKey<Item>;
}

function rowsOfTable<Item extends object>(
  statements: Statements,
  table: ItemTable<Item>,
  { partition, sort, order, limit, after }: ItemQuery<Item>,
  now: number,
): FoundRow[] {
  const { direction, beyond } = directions(order);
  const found = bounds(sort);
  if (after) found.push([beyond, keyOf(table, after).sort ?? noSortKey]);
  const text = `select body, partition_key, sort_key from items
    where table_name = ? and partition_key = ? and ${isLive}${found.map(([operator]) => ` and sort_key ${operator} ?`).join('')}
    order by sort_key ${direction} limit ?`;
  return statements.rows(text, [table.name, partition, now, ...found.map(([, value]) => value), limit + 1]);
}

function rowsOfIndex<Item extends object>(
  statements: Statements,
  table: ItemTable<Item>,
  { index, partition, sort, order, limit, after }: ItemQuery<Item> & { readonly index: string },
  now: number,
): FoundRow[] {
  const schema = table.indexes?.[index];
  if (!schema) throw new Error(`The table ${table.name} has no index ${index}`);
  const { direction, beyond } = directions(order);
  const found = bounds(sort);
  const last = after ? placeIn(table, schema, after) : [];
  const text = `select items.body, items.partition_key, items.sort_key, entry.index_partition, entry.index_sort
    from item_indexes as entry join items using (table_name, partition_key, sort_key)
    where entry.table_name = ? and entry.index_name = ? and entry.index_partition = ?
    and ${isLive}${found.map(([operator]) => ` and entry.index_sort ${operator} ?`).join('')}
    ${after ? `and (entry.index_sort, entry.partition_key, entry.sort_key) ${beyond} (?, ?, ?)` : ''}
    order by entry.index_sort ${direction}, entry.partition_key ${direction}, entry.sort_key ${direction} limit ?`;
  const values = found.map(([, value]) => value);
  return statements.rows(text, [table.name, index, partition, now, ...values, ...last, limit + 1]);
}

/** Where an item stands among those of the same index partition. */
function placeIn<Item extends object>(table: ItemTable<Item>, schema: KeySchema<Item>, item: ItemKey<Item>) {
  const key = keyOf(table, item);
  return [keyIn(schema, item)!.sort ?? noSortKey, key.partition, key.sort ?? noSortKey];
}

type Bound = readonly ['=' | '<' | '<=' | '>' | '>=', KeyValue];

function directions(order: ItemQuery<unknown>['order']) {
  return order === 'descending'
    ? ({ direction: 'desc', beyond: '<' } as const)
    : ({ direction: 'asc', beyond: '>' } as const);
}

function bounds(sort: Comparison | undefined): Bound[] {
  if (!sort) return [];
  if ('equals' in sort) return [['=', sort.equals]];
  if ('lessThan' in sort) return [['<', sort.lessThan]];
  if ('atMost' in sort) return [['<=', sort.atMost]];
  if ('greaterThan' in sort) return [['>', sort.greaterThan]];
  if ('atLeast' in sort) return [['>=', sort.atLeast]];
  if ('between' in sort) {
    return [
      ['>=', sort.between[0]],
      ['<=', sort.between[1]],
    ];
  }
  return prefixBounds(sort.beginsWith);
}

/** In UTF-8 no text that begins with the prefix sorts after the prefix followed by the last code point. */
function prefixBounds(prefix: string): Bound[] {
  return [
    ['>=', prefix],
    ['<=', `${prefix}${'\u{10FFFF}'.repeat(8)}`],
  ];
}
