import { type ItemKey, type ItemStore, type ItemTable, type KeyValue, maximumTogether, write } from './item-store.js';

/** Deletes every item of a partition, a few at a time. What is put there meanwhile may stay. */
export async function removePartition<Item extends object>(
  store: ItemStore,
  table: ItemTable<Item>,
  partition: KeyValue,
): Promise<void> {
  const keyOf = (item: Item): ItemKey<Item> => {
    const names = [table.partitionKey, ...(table.sortKey === undefined ? [] : [table.sortKey])];
    return Object.fromEntries(names.map((name) => [name, item[name]])) as ItemKey<Item>;
  };
  for (;;) {
    const { items } = await store.query(table, { partition, limit: maximumTogether });
    if (items.length === 0) return;
    await store.writeMany(items.map((item) => write.delete(table, keyOf(item))));
  }
}
