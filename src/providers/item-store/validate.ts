import { InvalidItem, ItemTooLarge } from './errors.js';
import type { ItemTable, KeySchema, KeyValue } from './item-store.js';

/** As DynamoDB has it. */
const maximumBytes = 400 * 1024;
const maximumKeyBytes = { partition: 2048, sort: 1024 };

/** The values of an item's key; `sort` is undefined where the table or index has no sort key. */
export interface KeyValues {
  readonly partition: KeyValue;
  readonly sort: KeyValue | undefined;
}

/** Throws `InvalidItem` when a key attribute is missing or cannot be a key. */
export function keyOf<Item extends object>(table: ItemTable<Item>, item: Partial<Item>): KeyValues {
  const found = keyIn(table, item);
  if (!found) throw new InvalidItem(table.name, `it needs ${nameKeys(table)}`);
  refuseLong(table.name, found);
  return found;
}

/** The key under which the item stands in an index; undefined when it is not in it. */
export function keyIn<Item extends object>(schema: KeySchema<Item>, item: Partial<Item>): KeyValues | undefined {
  const partition = item[schema.partitionKey];
  const sort = schema.sortKey === undefined ? undefined : item[schema.sortKey];
  if (!isKey(partition) || (schema.sortKey !== undefined && !isKey(sort))) return undefined;
  return { partition, sort: sort as KeyValue | undefined };
}

/** The item as JSON text. Throws `InvalidItem` for what JSON cannot say, and `ItemTooLarge`. */
export function serialise(table: string, item: object): string {
  refuseUnstorable(table, item, '');
  const body = JSON.stringify(item);
  const bytes = Buffer.byteLength(body);
  if (bytes > maximumBytes) throw new ItemTooLarge(table, bytes);
  return body;
}

function isKey(value: unknown): value is KeyValue {
  return (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value));
}

function refuseLong(table: string, { partition, sort }: KeyValues): void {
  const tooLong = (value: KeyValue | undefined, limit: number) =>
    typeof value === 'string' && Buffer.byteLength(value) > limit;
  if (tooLong(partition, maximumKeyBytes.partition) || tooLong(sort, maximumKeyBytes.sort))
    throw new InvalidItem(table, 'a key is too long');
}

function refuseUnstorable(table: string, value: unknown, path: string): void {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    throw new InvalidItem(table, `${path} is not a finite number`);
  }
  const plain =
    typeof value === 'object' && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
  if (!plain) throw new InvalidItem(table, `${path} cannot be stored`);
  for (const [name, member] of Object.entries(value)) refuseUnstorable(table, member, `${path}/${name}`);
}

function nameKeys<Item>({ partitionKey, sortKey }: KeySchema<Item>): string {
  return sortKey === undefined ? partitionKey : `${partitionKey} and ${sortKey}`;
}
