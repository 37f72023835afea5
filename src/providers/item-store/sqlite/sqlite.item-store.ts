import type { Clock } from '../../clock/clock.js';
import type { SqliteDatabase } from '../../database/sqlite/sqlite.database.js';
import type { Statements, Unit } from '../../database/sqlite/sqlite-units.js';
import { ConditionFailed } from '../errors.js';
import {
  type Change,
  type Condition,
  type ItemKey,
  type ItemPage,
  type ItemQuery,
  ItemStore,
  type ItemTable,
  maximumTogether,
  type Write,
} from '../item-store.js';
import { checkTransaction, keyOf, lastOfEach, refuseTooMany } from '../validate.js';
import { findRows, positionOf } from './find-rows.js';
import { StoredItems } from './stored-items.js';

/** Every so many writes of items that end, those that have ended are cleared away: more than have come meanwhile. */
const writesPerSweep = 20;
const sweptAtOnce = 40;

/** Items as JSON in the service's own SQLite file. */
export class SqliteItemStore extends ItemStore {
  private readonly writesUntilSweep = new Map<string, number>();

  constructor(
    private readonly database: SqliteDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  get<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>): Promise<Item | undefined> {
    return this.database.read((statements) => this.items(statements).get(table, keyOf(table, key)));
  }

  getMany<Item extends object>(table: ItemTable<Item>, keys: readonly ItemKey<Item>[]): Promise<readonly Item[]> {
    return this.database.read((statements) => {
      refuseTooMany(keys.length);
      const items = this.items(statements);
      return keys.flatMap((key) => items.get(table, keyOf(table, key)) ?? []);
    });
  }

  put<Item extends object>(table: ItemTable<Item>, item: Item, condition?: Condition<Item>): Promise<void> {
    return this.write([table], (items) => items.put(table, item, condition));
  }

  update<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition?: Condition<Item>,
  ): Promise<Item> {
    return this.write([table], (items) => items.change(table, key, change, condition));
  }

  delete<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>, condition?: Condition<Item>): Promise<void> {
    return this.write([table], (items) => {
      const values = keyOf(table, key);
      if (condition) items.require(table, values, condition);
      items.remove(table, values);
    });
  }

  async query<Item extends object>(table: ItemTable<Item>, query: ItemQuery<Item>): Promise<ItemPage<Item>> {
    const rows = await this.database.read((statements) => findRows(statements, table, query, this.now()));
    const page = rows.slice(0, query.limit);
    const items = page.flatMap(({ body }) => this.parse<Item>(body) ?? []);
    const last = page.at(-1);
    return rows.length > query.limit && last ? { items, next: positionOf(table, query.index, last) } : { items };
  }

  async transact(writes: readonly Write[]): Promise<void> {
    checkTransaction(writes);
    const tables = writes.map(({ table }) => table);
    await this.write(tables, (items) => {
      for (const [index, each] of writes.entries()) {
        try {
          items.apply(each);
        } catch (error) {
          throw error instanceof ConditionFailed ? new ConditionFailed(each.table.name, index) : error;
        }
      }
    });
  }

  async writeMany(writes: readonly Write[]): Promise<void> {
    const last = lastOfEach(writes);
    for (let start = 0; start < last.length; start += maximumTogether) {
      const some = last.slice(start, start + maximumTogether);
      const tables = some.map(({ table }) => table);
      await this.write(tables, (items) => some.forEach((each) => items.apply(each)));
    }
  }

  ping(): Promise<void> {
    return this.database.ping();
  }

  private write<Result>(tables: readonly ItemTable<never>[], work: (items: StoredItems) => Result): Promise<Result> {
    const due = this.dueForSweep(tables);
    const unit: Unit<Result> = (statements) => {
      const items = this.items(statements);
      const result = work(items);
      for (const table of due) items.sweep(table, sweptAtOnce);
      return result;
    };
    return this.database.write(unit);
  }

  private dueForSweep(tables: readonly ItemTable<never>[]): ItemTable<never>[] {
    return tables.filter(({ name, expiresAt }) => {
      if (expiresAt === undefined) return false;
      const left = (this.writesUntilSweep.get(name) ?? 1) - 1;
      this.writesUntilSweep.set(name, left > 0 ? left : writesPerSweep);
      return left <= 0;
    });
  }

  private items(statements: Statements): StoredItems {
    return new StoredItems(statements, this.now(), this.parse);
  }

  private readonly parse = <Item>(body: string): Item | undefined => {
    try {
      return JSON.parse(body) as Item;
    } catch {
      this.malformed += 1;
      return undefined;
    }
  };

  private now(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}
