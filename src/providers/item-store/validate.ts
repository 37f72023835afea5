import { toUSVString } from 'node:util';
import { InvalidItem, ItemTooLarge, TransactionTooLarge } from './errors.js';
import {
  type Change,
  type ItemTable,
  type KeySchema,
  type KeyValue,
  maximumTogether,
  type Write,
} from './item-store.js';

/** As DynamoDB has it. */
const maximumBytes = 400 * 1024;
const maximumTransactionBytes = 4 * 1024 * 1024;
const maximumKeyBytes = { partition: 2048, sort: 1024 };
const maximumDepth = 32;
const largestNumber = 9.9e125;
const smallestNumber = 1e-130;

/** The values of an item's key; `sort` is undefined where the table or index has no sort key. */
export interface KeyValues {
  readonly partition: KeyValue;
  readonly sort: KeyValue | undefined;
}

/** Throws `InvalidItem` when a key attribute is missing or cannot be a key. */
export function keyOf<Item extends object>(table: ItemTable<Item>, item: Partial<Item>): KeyValues {
  const found = keyIn(table, item);
  if (!found) throw new InvalidItem(table.name, `it needs ${keyNames(table).join(' and ')}`);
  refuseUnfitKey(table, table, item);
  return found;
}

/** The key under which the item stands in an index; undefined when it is not in it. */
export function keyIn<Item extends object>(schema: KeySchema<Item>, item: Partial<Item>): KeyValues | undefined {
  const partition = item[schema.partitionKey];
  const sort = schema.sortKey === undefined ? undefined : item[schema.sortKey];
  if (!isKey(partition) || (schema.sortKey !== undefined && !isKey(sort))) return undefined;
  return { partition: wellFormed(partition), sort: isKey(sort) ? wellFormed(sort) : undefined };
}

/** Names of the key attributes. */
export function keyNames<Item>({ partitionKey, sortKey }: KeySchema<Item>): (keyof Item & string)[] {
  return sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
}

/** The item as JSON text of well-formed Unicode. Throws `InvalidItem` for what cannot be stored, and `ItemTooLarge`. */
export function serialise<Item extends object>(table: ItemTable<Item>, item: Item): string {
  refuseUnstorable(table, item);
  const text = JSON.stringify(item);
  // Half a character outside the basic plane is written as `\udXXX`; a stored backslash before `ud` is only suspected.
  const body = text.includes('\\ud') ? JSON.stringify(item, (_, value: unknown) => wellFormed(value)) : text;
  const bytes = Buffer.byteLength(body);
  if (bytes > maximumBytes) throw new ItemTooLarge(table.name, bytes);
  return body;
}

/** Throws `InvalidItem` for a change of the table's key, of one attribute twice, or to what cannot be stored. */
export function checkChange<Item extends object>(table: ItemTable<Item>, { set, add, remove }: Change<Item>): void {
  refuseUnstorable(table, (set ?? {}) as Partial<Item>);
  refuseUnstorable(table, (add ?? {}) as Partial<Item>);
  const assigned = Object.entries(set ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const names = [...assigned, ...Object.keys(add ?? {}), ...(remove ?? [])];
  const key = keyNames(table).find((name) => names.includes(name));
  if (key !== undefined) throw new InvalidItem(table.name, `its ${key} cannot be changed`);
  if (new Set(names).size < names.length) throw new InvalidItem(table.name, 'an attribute is changed twice');
}

/** Throws for writes that no transaction takes: too many, too large, or several to one item. */
export function checkTransaction(writes: readonly Write[]): void {
  refuseTooMany(writes.length);
  const items = writes.map((each) => identify(each));
  const double = writes.find((_, index) => items.indexOf(items[index]!) < index);
  if (double) throw new InvalidItem(double.table.name, 'it is written twice in one transaction');
  if (writes.length * maximumBytes <= maximumTransactionBytes) return;
  const bytes = writes.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(contentOf(each))), 0);
  if (bytes > maximumTransactionBytes) throw new TransactionTooLarge(bytes);
}

export function refuseTooMany(count: number): void {
  if (count > maximumTogether) throw new Error(`At most ${maximumTogether} items together, not ${count}`);
}

/** The same text for writes to the same item, and for no others. */
export function identify(write: Write): string {
  const { partition, sort } = keyOf(write.table as ItemTable<object>, write.kind === 'put' ? write.item : write.key);
  return JSON.stringify([write.table.name, partition, sort]);
}

/** Of several writes to one item the last. Throws for writes that are no puts and deletes without conditions. */
export function lastOfEach(writes: readonly Write[]): readonly Write[] {
  const odd = writes.find(({ kind, condition }) => (kind !== 'put' && kind !== 'delete') || condition !== undefined);
  if (odd) throw new Error(`A ${odd.kind} of ${odd.table.name} cannot be one of many writes`);
  return [...new Map(writes.map((each) => [identify(each), each])).values()];
}

/** Texts with U+FFFD in place of halves of characters, which UTF-8 cannot say. */
export function wellFormed<Value>(value: Value): Value {
  return typeof value === 'string' ? (toUSVString(value) as Value) : value;
}

function contentOf(write: Write): object {
  return write.kind === 'put' ? write.item : write.kind === 'update' ? write.change : write.key;
}

function isKey(value: unknown): value is KeyValue {
  return (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value));
}

/** A key must be of the declared kind, and fit. An index is allowed to be without the item. */
function refuseUnfitKey<Item extends object>(
  table: ItemTable<Item>,
  schema: KeySchema<Item>,
  item: Partial<Item>,
): void {
  for (const name of keyNames(schema)) {
    const value: unknown = item[name];
    if (value === undefined) continue;
    const kind = (table.numericKeys as readonly string[] | undefined)?.includes(name) ? 'number' : 'string';
    if (!isKey(value) || typeof value !== kind)
      throw new InvalidItem(table.name, `its ${name} is no ${kind} for a key`);
    const limit = maximumKeyBytes[name === schema.partitionKey ? 'partition' : 'sort'];
    if (typeof value === 'string' && Buffer.byteLength(value) > limit)
      throw new InvalidItem(table.name, `its ${name} is too long for a key`);
  }
}

function refuseUnstorable<Item extends object>(table: ItemTable<Item>, item: Partial<Item>): void {
  refuseUnstorableValue(table.name, item, '', 0);
  for (const schema of Object.values(table.indexes ?? {})) refuseUnfitKey(table, schema, item);
}

function refuseUnstorableValue(table: string, value: unknown, path: string, depth: number): void {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') return refuseUnstorableNumber(table, value, path);
  const plain =
    typeof value === 'object' && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
  if (!plain) throw new InvalidItem(table, `${path} cannot be stored`);
  if (depth > maximumDepth) throw new InvalidItem(table, `${path} is nested too deeply`);
  for (const [name, member] of Object.entries(value)) {
    if (name === '') throw new InvalidItem(table, `${path}/ has no name`);
    refuseUnstorableValue(table, member, `${path}/${name}`, depth + 1);
  }
}

function refuseUnstorableNumber(table: string, value: number, path: string): void {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) throw new InvalidItem(table, `${path} is not a finite number`);
  if (size > largestNumber || (size < smallestNumber && size > 0))
    throw new InvalidItem(table, `${path} is out of the range of numbers`);
}
