import type { ItemTable, KeySchema } from './item-store.js';
import { keyNames } from './validate.js';

/** A table as what creates it wants to know it: the service's own tools, and Terraform. */
export interface TableSchema {
  readonly partition_key: string;
  readonly sort_key: string | null;
  /** Every attribute of a key: texts are `S`, numbers `N`. */
  readonly attributes: Readonly<Record<string, 'S' | 'N'>>;
  readonly indexes: Readonly<Record<string, { readonly partition_key: string; readonly sort_key: string | null }>>;
  /** The attribute that says when an item ends, in seconds since 1970. */
  readonly expires_at: string | null;
}

export function schemaOf<Item>(table: ItemTable<Item>): TableSchema {
  const { indexes = {}, numericKeys = [], expiresAt = null } = table;
  const schemas: readonly KeySchema<Item>[] = [table, ...Object.values(indexes)];
  const isNumber = (name: string) => (numericKeys as readonly string[]).includes(name);
  const names = schemas.flatMap((schema) => keyNames(schema));
  return {
    ...keysOf(table),
    attributes: Object.fromEntries(names.map((name) => [name, isNumber(name) ? 'N' : 'S'])),
    indexes: Object.fromEntries(Object.entries(indexes).map(([name, schema]) => [name, keysOf(schema)])),
    expires_at: expiresAt,
  };
}

function keysOf<Item>({ partitionKey, sortKey }: KeySchema<Item>) {
  return { partition_key: partitionKey, sort_key: sortKey ?? null };
}
