import type { Clock } from '../../clock/clock.js';
import type { Database, DatabaseTransaction } from '../../database/database.js';
import { ConditionFailed } from '../errors.js';
import {
  type Change,
  type Comparison,
  type Condition,
  type ItemKey,
  type ItemPage,
  type ItemQuery,
  ItemStore,
  type ItemTable,
  type KeySchema,
  type KeyValue,
  maximumTogether,
  type Write,
} from '../item-store.js';
import { keyIn, keyOf, type KeyValues, serialise } from '../validate.js';
import { changed, isMet } from './conditions.js';

interface ItemRow {
  table_name: string;
  partition_key: KeyValue;
  /** The empty text, which is no key, where the table has no sort key. */
  sort_key: KeyValue;
  body: string;
  /** Seconds since 1970. */
  expires_at: number | null;
}

interface ItemTables {
  items: ItemRow;
  item_indexes: {
    table_name: string;
    index_name: string;
    index_partition: KeyValue;
    index_sort: KeyValue;
    partition_key: KeyValue;
    sort_key: KeyValue;
  };
}

type Connection = Database | DatabaseTransaction;

/** A row with its place in the index through which it was found. */
interface FoundRow extends ItemRow {
  index_partition?: KeyValue;
  index_sort?: KeyValue;
}

const noSortKey = '';
/** Expired items that each write to their table clears away. */
const sweptWithEachWrite = 20;

/** Items as JSON in the service's own SQLite file. */
export class SqliteItemStore extends ItemStore {
  /** Stored items that could not be read and were left out. */
  malformed = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async get<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>): Promise<Item | undefined> {
    return this.read(this.database, table, keyOf(table, key));
  }

  async getMany<Item extends object>(table: ItemTable<Item>, keys: readonly ItemKey<Item>[]): Promise<readonly Item[]> {
    refuseTooMany(keys.length);
    const items = await Promise.all(keys.map((key) => this.get(table, key)));
    return items.flatMap((item) => item ?? []);
  }

  put<Item extends object>(table: ItemTable<Item>, item: Item, condition?: Condition<Item>): Promise<void> {
    return this.database.transaction(async (transaction) => {
      if (condition) await this.require(transaction, table, keyOf(table, item), condition);
      await this.store(transaction, table, item);
    });
  }

  update<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition?: Condition<Item>,
  ): Promise<Item> {
    return this.database.transaction((transaction) => this.change(transaction, table, key, change, condition));
  }

  delete<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>, condition?: Condition<Item>): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const values = keyOf(table, key);
      if (condition) await this.require(transaction, table, values, condition);
      await this.remove(transaction, table, values);
    });
  }

  async query<Item extends object>(table: ItemTable<Item>, query: ItemQuery<Item>): Promise<ItemPage<Item>> {
    const rows = await (query.index === undefined ? this.rowsOfTable(table, query) : this.rowsOfIndex(table, query));
    const page = rows.slice(0, query.limit);
    const items = page.flatMap(({ body }) => this.parse<Item>(body) ?? []);
    const last = page.at(-1);
    return rows.length > query.limit && last ? { items, next: positionOf(table, query.index, last) } : { items };
  }

  async transact(writes: readonly Write[]): Promise<void> {
    refuseTooMany(writes.length);
    await this.database.transaction(async (transaction) => {
      for (const [index, each] of writes.entries()) {
        try {
          await this.apply(transaction, each);
        } catch (error) {
          throw error instanceof ConditionFailed ? new ConditionFailed(each.table.name, index) : error;
        }
      }
    });
  }

  async writeMany(writes: readonly Write[]): Promise<void> {
    for (let start = 0; start < writes.length; start += maximumTogether)
      await this.transact(writes.slice(start, start + maximumTogether));
  }

  private async apply(transaction: DatabaseTransaction, each: Write): Promise<void> {
    const table = each.table as ItemTable<Record<string, unknown>>;
    const condition = 'condition' in each ? (each.condition as Condition<Record<string, unknown>>) : undefined;
    if (each.kind === 'update') {
      const change = each.change as Change<Record<string, unknown>>;
      await this.change(transaction, table, each.key, change, condition);
      return;
    }
    const values = keyOf(table, (each.kind === 'put' ? each.item : each.key) as Record<string, unknown>);
    if (condition) await this.require(transaction, table, values, condition);
    if (each.kind === 'put') await this.store(transaction, table, each.item as Record<string, unknown>);
    if (each.kind === 'delete') await this.remove(transaction, table, values);
  }

  private async change<Item extends object>(
    transaction: DatabaseTransaction,
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition: Condition<Item> | undefined,
  ): Promise<Item> {
    const current = await this.read(transaction, table, keyOf(table, key));
    if (!isMet(condition, current)) throw new ConditionFailed(table.name);
    const item = changed<Item>(current ?? key, change);
    await this.store(transaction, table, item);
    return item;
  }

  private async require<Item extends object>(
    transaction: DatabaseTransaction,
    table: ItemTable<Item>,
    key: KeyValues,
    condition: Condition<Item>,
  ): Promise<void> {
    if (!isMet(condition, await this.read(transaction, table, key))) throw new ConditionFailed(table.name);
  }

  private async read<Item extends object>(
    on: Connection,
    table: ItemTable<Item>,
    key: KeyValues,
  ): Promise<Item | undefined> {
    const row = await on
      .tables<ItemTables>()
      .selectFrom('items')
      .select('body')
      .where('table_name', '=', table.name)
      .where('partition_key', '=', key.partition)
      .where('sort_key', '=', key.sort ?? noSortKey)
      .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', this.now())]))
      .executeTakeFirst();
    return row && this.parse<Item>(row.body);
  }

  private async store<Item extends object>(
    transaction: DatabaseTransaction,
    table: ItemTable<Item>,
    item: Item,
  ): Promise<void> {
    const key = keyOf(table, item);
    const body = serialise(table.name, item);
    const expiresAt = table.expiresAt === undefined ? undefined : (item[table.expiresAt] as number | undefined);
    const row: ItemRow = { ...rowKey(table, key), body, expires_at: expiresAt ?? null };
    await transaction
      .tables<ItemTables>()
      .insertInto('items')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['table_name', 'partition_key', 'sort_key']).doUpdateSet({ body, expires_at: row.expires_at }),
      )
      .execute();
    await this.index(transaction, table, key, item);
    if (table.expiresAt !== undefined) await this.sweep(transaction, table);
  }

  private async index<Item extends object>(
    transaction: DatabaseTransaction,
    table: ItemTable<Item>,
    key: KeyValues,
    item: Item,
  ): Promise<void> {
    if (!table.indexes) return;
    await this.unindex(transaction, table, key);
    const entries = Object.entries(table.indexes).flatMap(([name, schema]) => {
      const at = keyIn(schema, item);
      if (!at) return [];
      return [
        { index_name: name, index_partition: at.partition, index_sort: at.sort ?? noSortKey, ...rowKey(table, key) },
      ];
    });
    if (entries.length > 0) await transaction.tables<ItemTables>().insertInto('item_indexes').values(entries).execute();
  }

  private async unindex<Item>(transaction: DatabaseTransaction, table: ItemTable<Item>, key: KeyValues): Promise<void> {
    if (!table.indexes) return;
    await transaction
      .tables<ItemTables>()
      .deleteFrom('item_indexes')
      .where('table_name', '=', table.name)
      .where('partition_key', '=', key.partition)
      .where('sort_key', '=', key.sort ?? noSortKey)
      .execute();
  }

  private async remove<Item>(transaction: DatabaseTransaction, table: ItemTable<Item>, key: KeyValues): Promise<void> {
    await this.unindex(transaction, table, key);
    await transaction
      .tables<ItemTables>()
      .deleteFrom('items')
      .where('table_name', '=', table.name)
      .where('partition_key', '=', key.partition)
      .where('sort_key', '=', key.sort ?? noSortKey)
      .execute();
  }

  private async sweep<Item>(transaction: DatabaseTransaction, table: ItemTable<Item>): Promise<void> {
    const expired = await transaction
      .tables<ItemTables>()
      .selectFrom('items')
      .select(['partition_key', 'sort_key'])
      .where('table_name', '=', table.name)
      .where('expires_at', '<=', this.now())
      .limit(sweptWithEachWrite)
      .execute();
    for (const { partition_key, sort_key } of expired)
      await this.remove(transaction, table, { partition: partition_key, sort: sort_key });
  }

  private async rowsOfTable<Item extends object>(
    table: ItemTable<Item>,
    { partition, sort, order, limit, after }: ItemQuery<Item>,
  ): Promise<FoundRow[]> {
    const descending = order === 'descending';
    let query = this.database
      .tables<ItemTables>()
      .selectFrom('items')
      .selectAll()
      .where('table_name', '=', table.name)
      .where('partition_key', '=', partition)
      .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', this.now())]));
    for (const [operator, value] of bounds(sort)) query = query.where('sort_key', operator, value);
    if (after) {
      const at = keyOf(table, after).sort ?? noSortKey;
      query = query.where('sort_key', descending ? '<' : '>', at);
    }
    return query
      .orderBy('sort_key', descending ? 'desc' : 'asc')
      .limit(limit + 1)
      .execute();
  }

  private async rowsOfIndex<Item extends object>(
    table: ItemTable<Item>,
    { index, partition, sort, order, limit, after }: ItemQuery<Item>,
  ): Promise<FoundRow[]> {
    const schema = table.indexes?.[index!];
    if (!schema) throw new Error(`The table ${table.name} has no index ${index}`);
    const direction = order === 'descending' ? 'desc' : 'asc';
    let query = this.database
      .tables<ItemTables>()
      .selectFrom('item_indexes as entry')
      .innerJoin('items', (join) =>
        join
          .onRef('items.table_name', '=', 'entry.table_name')
          .onRef('items.partition_key', '=', 'entry.partition_key')
          .onRef('items.sort_key', '=', 'entry.sort_key'),
      )
      .selectAll('items')
      .select(['entry.index_partition', 'entry.index_sort'])
      .where('entry.table_name', '=', table.name)
      .where('entry.index_name', '=', index!)
      .where('entry.index_partition', '=', partition)
      .where(({ eb, or }) => or([eb('items.expires_at', 'is', null), eb('items.expires_at', '>', this.now())]));
    for (const [operator, value] of bounds(sort)) query = query.where('entry.index_sort', operator, value);
    if (after) {
      const at = keyIn(schema, after)!;
      const item = keyOf(table, after);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('entry.index_sort', 'entry.partition_key', 'entry.sort_key'),
          direction === 'desc' ? '<' : '>',
          tuple(at.sort ?? noSortKey, item.partition, item.sort ?? noSortKey),
        ),
      );
    }
    return query
      .orderBy('entry.index_sort', direction)
      .orderBy('entry.partition_key', direction)
      .orderBy('entry.sort_key', direction)
      .limit(limit + 1)
      .execute();
  }

  private parse<Item>(body: string): Item | undefined {
    try {
      return JSON.parse(body) as Item;
    } catch {
      this.malformed += 1;
      return undefined;
    }
  }

  private now(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function rowKey<Item>(table: ItemTable<Item>, { partition, sort }: KeyValues) {
  return { table_name: table.name, partition_key: partition, sort_key: sort ?? noSortKey };
}

/** Table and index keys of the row, from which the next page begins. */
function positionOf<Item>(table: ItemTable<Item>, index: string | undefined, row: FoundRow): ItemKey<Item> {
  const position: Record<string, KeyValue> = {};
  const name = ({ partitionKey, sortKey }: KeySchema<Item>, partition: KeyValue, sort: KeyValue) => {
    position[partitionKey] = partition;
    if (sortKey !== undefined) position[sortKey] = sort;
  };
  if (index !== undefined) name(table.indexes![index]!, row.index_partition!, row.index_sort!);
  name(table, row.partition_key, row.sort_key);
  return position as ItemKey<Item>;
}

function refuseTooMany(count: number): void {
  if (count > maximumTogether) throw new Error(`At most ${maximumTogether} items together, not ${count}`);
}

type Bound = readonly ['=' | '<' | '<=' | '>' | '>=', KeyValue];

function bounds(sort: Comparison | undefined): readonly Bound[] {
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
function prefixBounds(prefix: string): readonly Bound[] {
  return [
    ['>=', prefix],
    ['<=', `${prefix}${'\u{10FFFF}'.repeat(8)}`],
  ];
}
