import {
  type Change,
  type Condition,
  type ItemKey,
  type ItemPage,
  type ItemQuery,
  ItemStore,
  type ItemTable,
  type Write,
} from '../../src/providers/item-store/item-store.js';
import { type Access, declaredTables } from '../../src/providers/item-store/item-tables.js';

type Used = Pick<Access, 'does' | 'index' | 'order'> & { readonly comparison?: string | undefined };

/** Refuses accesses that the table's module has not declared, and remembers those that were made. */
export class WatchedItemStore extends ItemStore {
  /** `used` collects the accesses that were made. */
  constructor(
    private readonly store: ItemStore,
    private readonly used = new Set<string>(),
  ) {
    super();
  }

  get<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>): Promise<Item | undefined> {
    return this.watched(table, { does: 'get' }, () => this.store.get(table, key));
  }

  getMany<Item extends object>(table: ItemTable<Item>, keys: readonly ItemKey<Item>[]): Promise<readonly Item[]> {
    return this.watched(table, { does: 'getMany' }, () => this.store.getMany(table, keys));
  }

  put<Item extends object>(table: ItemTable<Item>, item: Item, condition?: Condition<Item>): Promise<void> {
    return this.watched(table, { does: 'put' }, () => this.store.put(table, item, condition));
  }

  update<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition?: Condition<Item>,
  ): Promise<Item> {
    return this.watched(table, { does: 'update' }, () => this.store.update(table, key, change, condition));
  }

  delete<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>, condition?: Condition<Item>): Promise<void> {
    return this.watched(table, { does: 'delete' }, () => this.store.delete(table, key, condition));
  }

  query<Item extends object>(table: ItemTable<Item>, query: ItemQuery<Item>): Promise<ItemPage<Item>> {
    const { index, sort } = query;
    const order = query.order === 'descending' ? query.order : undefined;
    const used = { does: 'query', index, order, comparison: sort && Object.keys(sort)[0] } as const;
    return this.watched(table, used, () => this.store.query(table, query));
  }

  async transact(writes: readonly Write[]): Promise<void> {
    for (const { table, kind } of writes) this.watch(table.name, { does: `transact ${kind}` });
    await this.store.transact(writes);
  }

  async writeMany(writes: readonly Write[]): Promise<void> {
    for (const { table, kind } of writes) this.watch(table.name, { does: `writeMany ${kind}` as Used['does'] });
    await this.store.writeMany(writes);
  }

  ping(): Promise<void> {
    return this.store.ping();
  }

  private async watched<Result>({ name }: { name: string }, used: Used, work: () => Promise<Result>): Promise<Result> {
    this.watch(name, used);
    return work();
  }

  private watch(name: string, used: Used): void {
    const table = declaredTables().find((each) => each.name === name);
    const { does, index, order, comparison } = used;
    const isDeclared = table?.accesses.some(
      (access) =>
        access.does === does &&
        access.index === index &&
        access.order === order &&
        (comparison === undefined ? access.sort === undefined : access.sort?.some((kind) => kind === comparison)),
    );
    const text = [name, does, index, comparison, order].filter((part) => part !== undefined).join(' ');
    if (!isDeclared) throw new Error(`This access is not declared: ${text}`);
    this.used.add(text);
  }
}
