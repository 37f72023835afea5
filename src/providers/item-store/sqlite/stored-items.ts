import { isDeepStrictEqual } from 'node:util';
import type { Statements } from '../../database/sqlite/sqlite-units.js';
import { ConditionFailed } from '../errors.js';
import type { Change, Condition, ItemKey, ItemTable, KeyValue, Write } from '../item-store.js';
import { keyIn, keyOf, type KeyValues, serialise } from '../validate.js';
import { changed, isMet } from './conditions.js';

/** The sort key where the table has none: the empty text, which is no key. */
export const noSortKey = '';

type AnyItem = Record<string, unknown>;

const sql = {
  find: `select body from items where table_name = ? and partition_key = ? and sort_key = ?
    and (expires_at is null or expires_at > ?)`,
  put: `insert into items (table_name, partition_key, sort_key, body, expires_at) values (?, ?, ?, ?, ?)
    on conflict (table_name, partition_key, sort_key)
    do update set body = excluded.body, expires_at = excluded.expires_at`,
  putNew: `insert into items (table_name, partition_key, sort_key, body, expires_at) values (?, ?, ?, ?, ?)
    on conflict (table_name, partition_key, sort_key)
    do update set body = excluded.body, expires_at = excluded.expires_at where items.expires_at <= ?`,
  remove: 'delete from items where table_name = ? and partition_key = ? and sort_key = ?',
  addToIndex: `insert into item_indexes
    (table_name, index_name, index_partition, index_sort, partition_key, sort_key) values (?, ?, ?, ?, ?, ?)`,
  removeFromIndexes: 'delete from item_indexes where table_name = ? and partition_key = ? and sort_key = ?',
  expired: 'select partition_key, sort_key from items where table_name = ? and expires_at <= ? limit ?',
};

/** Items as rows, at one moment: `now` is in seconds since 1970. */
export class StoredItems {
  constructor(
    private readonly statements: Statements,
    private readonly now: number,
    private readonly parse: <Item>(body: string) => Item | undefined,
  ) {}

  get<Item extends object>(table: ItemTable<Item>, key: KeyValues): Item | undefined {
    const [row] = this.statements.rows<{ body: string }>(sql.find, [...place(table, key), this.now]);
    return row && this.parse<Item>(row.body);
  }

  /** Throws `ConditionFailed`. */
  apply(write: Write): void {
    const table = write.table as ItemTable<AnyItem>;
    const condition: Condition<AnyItem> | undefined = 'condition' in write ? write.condition : undefined;
    if (write.kind === 'put') return this.put(table, write.item as AnyItem, condition);
    if (write.kind === 'update') return void this.change(table, write.key, write.change, condition);
    const key = keyOf(table, write.key as AnyItem);
    if (condition) this.require(table, key, condition);
    if (write.kind === 'delete') this.remove(table, key);
  }

  /** Throws `ConditionFailed`. */
  put<Item extends object>(table: ItemTable<Item>, item: Item, condition?: Condition<Item>): void {
    const key = keyOf(table, item);
    const row = [...place(table, key), serialise(table.name, item), expiryOf(table, item)];
    if (condition && asksOnlyForAbsence(condition)) {
      if (this.statements.run(sql.putNew, [...row, this.now]) === 0) throw new ConditionFailed(table.name);
    } else {
      if (condition) this.require(table, key, condition);
      this.statements.run(sql.put, row);
    }
    this.index(table, key, item);
  }

  /** Returns the item as it is then. Throws `ConditionFailed`. */
  change<Item extends object>(
    table: ItemTable<Item>,
    itemKey: ItemKey<Item>,
    change: Change<Item>,
    condition?: Condition<Item>,
  ): Item {
    const key = keyOf(table, itemKey);
    const current = this.get(table, key);
    if (!isMet(condition, current)) throw new ConditionFailed(table.name);
    const item = changed<Item>(current ?? itemKey, change);
    const body = serialise(table.name, item);
    this.statements.run(sql.put, [...place(table, keyOf(table, item)), body, expiryOf(table, item)]);
    if (!current || !isDeepStrictEqual(entriesOf(table, current), entriesOf(table, item))) this.index(table, key, item);
    return item;
  }

  /** Throws `ConditionFailed`. */
  require<Item extends object>(table: ItemTable<Item>, key: KeyValues, condition: Condition<Item>): void {
    if (!isMet(condition, this.get(table, key))) throw new ConditionFailed(table.name);
  }

  remove<Item extends object>(table: ItemTable<Item>, key: KeyValues): void {
    if (table.indexes) this.statements.run(sql.removeFromIndexes, place(table, key));
    this.statements.run(sql.remove, place(table, key));
  }

  /** Removes items that have ended, `limit` at most. */
  sweep<Item extends object>(table: ItemTable<Item>, limit: number): void {
    const rows = this.statements.rows<{ partition_key: KeyValue; sort_key: KeyValue }>(sql.expired, [
      table.name,
      this.now,
      limit,
    ]);
    for (const { partition_key, sort_key } of rows) this.remove(table, { partition: partition_key, sort: sort_key });
  }

  private index<Item extends object>(table: ItemTable<Item>, key: KeyValues, item: Item): void {
    if (!table.indexes) return;
    this.statements.run(sql.removeFromIndexes, place(table, key));
    for (const [name, partition, sort] of entriesOf(table, item)) {
      this.statements.run(sql.addToIndex, [table.name, name, partition, sort, key.partition, key.sort ?? noSortKey]);
    }
  }
}

function place<Item>({ name }: ItemTable<Item>, { partition, sort }: KeyValues): [string, KeyValue, KeyValue] {
  return [name, partition, sort ?? noSortKey];
}

function expiryOf<Item extends object>(table: ItemTable<Item>, item: Item): number | null {
  if (table.expiresAt === undefined) return null;
  return (item[table.expiresAt] as number | undefined) ?? null;
}

/** Index, partition and sort key of each place that the item has in an index. */
function entriesOf<Item extends object>(table: ItemTable<Item>, item: Item): [string, KeyValue, KeyValue][] {
  return Object.entries(table.indexes ?? {}).flatMap(([name, schema]) => {
    const at = keyIn(schema, item);
    return at ? [[name, at.partition, at.sort ?? noSortKey] satisfies [string, KeyValue, KeyValue]] : [];
  });
}

function asksOnlyForAbsence<Item>({ exists, equals, differs, compares }: Condition<Item>): boolean {
  return exists === false && !equals && !differs && !compares;
}
