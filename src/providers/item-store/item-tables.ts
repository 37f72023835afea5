import type { Comparison, ItemTable } from './item-store.js';

/** One way in which a table is read or written, and what for. */
export interface Access {
  /** The method of `ItemStore`, and the kind of write in a transaction or a batch. */
  readonly does:
    | 'get'
    | 'getMany'
    | 'put'
    | 'update'
    | 'delete'
    | 'query'
    | `transact ${'put' | 'update' | 'delete' | 'check'}`
    | `writeMany ${'put' | 'delete'}`;
  /** Of a query; absent: by the key of the table. */
  readonly index?: string;
  /** Of a query: how the sort key is compared. Absent: the whole partition. */
  readonly sort?: readonly ComparisonKind[];
  readonly order?: 'descending';
  /** Who needs it. */
  readonly for: string;
}

export type ComparisonKind = Comparison extends infer Each ? (Each extends Each ? keyof Each : never) : never;

/** A table as its module declares it: with every access to it. */
export interface DeclaredTable<Item = never> extends ItemTable<Item> {
  readonly accesses: readonly Access[];
}

const declared = new Map<string, DeclaredTable>();

/** Declares a table beside the entity that it keeps. What is declared is created, documented and tested. */
export function itemTable<Item extends object>(table: DeclaredTable<Item>): ItemTable<Item> {
  if (declared.has(table.name)) throw new Error(`The table ${table.name} is declared twice.`);
  declared.set(table.name, table);
  return table;
}

/** Every table that has been declared by the modules loaded so far, by name. */
export function declaredTables(): readonly DeclaredTable[] {
  return [...declared.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
