import { randomBytes } from 'node:crypto';
import type { ItemKey, ItemTable, KeySchema, KeyValue } from '../item-store.js';
import { keyIn, keyOf, serialise } from '../validate.js';

/** An item as the document client takes and gives it. */
export type StoredItem = Record<string, unknown>;

/**
 * Tells the last conditional write of an item from all others. When an answer is lost, the SDK asks again, and the
 * condition fails, for the first request has met it: this attribute says whose it was.
 */
export const markName = '_write';

export function newMark(): string {
  return randomBytes(9).toString('base64url');
}

/** Throws as `serialise`, and `InvalidItem` where the item has no key. */
export function toStored<Item extends object>(table: ItemTable<Item>, item: Item): StoredItem {
  keyOf(table, item);
  return JSON.parse(serialise(table, item)) as StoredItem;
}

/** The key as DynamoDB wants it. Throws `InvalidItem`. */
export function toKey<Item extends object>(table: ItemTable<Item>, item: ItemKey<Item>): Record<string, KeyValue> {
  return named(table, keyOf(table, item));
}

/** The keys of the table and of the index: where the next page begins. */
export function toPosition<Item extends object>(
  table: ItemTable<Item>,
  schema: KeySchema<Item>,
  item: Partial<Item>,
): ItemKey<Item> {
  return { ...named(schema, keyIn(schema, item)!), ...toKey(table, item) } as ItemKey<Item>;
}

/** Undefined for what the port cannot say: sets, bytes, numbers that no number of JavaScript is near. */
export function fromStored<Item>(stored: StoredItem): Item | undefined {
  const { ...item } = stored;
  delete item[markName];
  return isReadable(item) ? (item as Item) : undefined;
}

export function hasExpired<Item>({ expiresAt }: ItemTable<Item>, item: StoredItem, now: number): boolean {
  const ends = expiresAt === undefined ? undefined : item[expiresAt];
  return typeof ends === 'number' && ends <= now;
}

function named<Item>(
  { partitionKey, sortKey }: KeySchema<Item>,
  { partition, sort }: ReturnType<typeof keyOf>,
): Record<string, KeyValue> {
  return { [partitionKey]: partition, ...(sortKey !== undefined && { [sortKey]: sort! }) };
}

function isReadable(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isReadable);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value as object).every(isReadable);
}
