/**
 * What an attribute may hold: what JSON can say, 32 levels deep. Numbers are 0 or between 1e-130 and 9.9e125; `undefined`
 * members are left out, halves of characters become U+FFFD.
 */
export type Attribute =
  string | number | boolean | null | readonly Attribute[] | { readonly [name: string]: Attribute };

/** Keys order as their UTF-8 bytes, or as numbers. Empty strings are no keys, nor are texts above 2048 bytes, above 1024 in sort keys. */
export type KeyValue = string | number;

/** The attributes by which an item is found: the partition, and its place in the partition's order. */
export interface KeySchema<Item> {
  readonly partitionKey: keyof Item & string;
  readonly sortKey?: (keyof Item & string) | undefined;
}

/**
 * A table, declared beside the entity that it keeps (`itemTable`), with every way in which it is read. An item without the key
 * attributes of an index is not in that index.
 */
export interface ItemTable<Item> extends KeySchema<Item> {
  readonly name: string;
  readonly indexes?: Readonly<Record<string, KeySchema<Item>>>;
  /** The attributes of its keys and indexes that are numbers; all others are texts. */
  readonly numericKeys?: readonly (keyof Item & string)[];
  /** The attribute that says when an item ends, in seconds since 1970. An expired item is as if it were not there. */
  readonly expiresAt?: (keyof Item & string) | undefined;
}

/** The key attributes of an item. */
export type ItemKey<Item> = Partial<Item>;

export type Comparison =
  | { readonly equals: KeyValue }
  | { readonly lessThan: KeyValue }
  | { readonly atMost: KeyValue }
  | { readonly greaterThan: KeyValue }
  | { readonly atLeast: KeyValue }
  | { readonly between: readonly [KeyValue, KeyValue] }
  | { readonly beginsWith: string };

/** What must be so for a write to happen; all of it. */
export interface Condition<Item> {
  /** True: the item must exist. False: it must not. */
  readonly exists?: boolean;
  /** These attributes must have these values; `undefined` means that the attribute must be absent. */
  readonly equals?: { readonly [Name in keyof Item]?: Item[Name] | undefined };
  /** These attributes must be there and have another value. */
  readonly differs?: { readonly [Name in keyof Item]?: Item[Name] };
  /** These attributes must be there and compare so. */
  readonly compares?: { readonly [Name in keyof Item]?: Comparison };
}

/** Changes to single attributes, each in one way; the others stay. Keys of the table cannot be changed. */
export interface Change<Item> {
  readonly set?: Partial<Item>;
  /** Added to a number; an absent one counts as 0. */
  readonly add?: { readonly [Name in keyof Item]?: number };
  readonly remove?: readonly (keyof Item & string)[];
}

export interface ItemQuery<Item> {
  /** Absent: the table itself. */
  readonly index?: string;
  readonly partition: KeyValue;
  readonly sort?: Comparison;
  /** Ascending by sort key when absent. */
  readonly order?: 'ascending' | 'descending';
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: ItemKey<Item> | undefined;
}

export interface ItemPage<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; absent when there is none. */
  readonly next?: ItemKey<Item>;
}

/** One write of several that happen together or not at all. Make them with the functions of the same names. */
export type Write =
  | { readonly kind: 'put'; readonly table: ItemTable<never>; readonly item: object; readonly condition?: object }
  | {
      readonly kind: 'update';
      readonly table: ItemTable<never>;
      readonly key: object;
      readonly change: object;
      readonly condition?: object;
    }
  | { readonly kind: 'delete'; readonly table: ItemTable<never>; readonly key: object; readonly condition?: object }
  | { readonly kind: 'check'; readonly table: ItemTable<never>; readonly key: object; readonly condition: object };

const untyped = (table: unknown) => table as ItemTable<never>;

export const write = {
  put: <Item extends object>(table: ItemTable<Item>, item: Item, condition?: Condition<Item>): Write => ({
    kind: 'put',
    table: untyped(table),
    item,
    ...(condition && { condition }),
  }),
  update: <Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition?: Condition<Item>,
  ): Write => ({ kind: 'update', table: untyped(table), key, change, ...(condition && { condition }) }),
  delete: <Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>, condition?: Condition<Item>): Write => ({
    kind: 'delete',
    table: untyped(table),
    key,
    ...(condition && { condition }),
  }),
  check: <Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>, condition: Condition<Item>): Write => ({
    kind: 'check',
    table: untyped(table),
    key,
    condition,
  }),
};

/** Most writes of one transaction, and most keys of one `getMany`. */
export const maximumTogether = 100;

/**
 * Items under keys: single-item reads and writes are atomic and durable when they resolve; reads by table key see every
 * write that resolved before, reads by index may lag behind for a moment. There are no scans on purpose: an access
 * pattern needs a key or an index.
 *
 * A write whose condition is not met rejects with `ConditionFailed` and changes nothing. An item above 400 KB rejects
 * with `ItemTooLarge`, and what cannot be stored with `InvalidItem`. A stored item that can no longer be read is left
 * out and counted, never fatal. What is lost on the way is asked for again, and happens once; `ItemStoreUnavailable`
 * says that this did not help.
 */
export abstract class ItemStore {
  /** Stored items that could not be read and were left out, since the start. */
  malformed = 0;

  /** Undefined when there is no such item, or it has expired. */
  abstract get<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>): Promise<Item | undefined>;
  /** Those that exist, in the order of the keys. At most `maximumTogether`. */
  abstract getMany<Item extends object>(
    table: ItemTable<Item>,
    keys: readonly ItemKey<Item>[],
  ): Promise<readonly Item[]>;
  /** Replaces the whole item. */
  abstract put<Item extends object>(table: ItemTable<Item>, item: Item, condition?: Condition<Item>): Promise<void>;
  /** Changes attributes and returns the item as it is then. Creates it unless the condition says that it must exist. */
  abstract update<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition?: Condition<Item>,
  ): Promise<Item>;
  /** Deleting what is not there is no error, unless the condition says so. */
  abstract delete<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    condition?: Condition<Item>,
  ): Promise<void>;
  /** The items of one partition in the order of their sort keys. */
  abstract query<Item extends object>(table: ItemTable<Item>, query: ItemQuery<Item>): Promise<ItemPage<Item>>;
  /**
   * All writes or none; at most `maximumTogether`, each to another item, and 4 MB (`TransactionTooLarge`). Rejects with
   * `ConditionFailed` (of the first that failed).
   */
  abstract transact(writes: readonly Write[]): Promise<void>;
  /** Puts and deletes without conditions and not together: after a failure some may have happened. Any number; the last one to an item counts. */
  abstract writeMany(writes: readonly Write[]): Promise<void>;
  /** Rejects when the store cannot answer. */
  abstract ping(): Promise<void>;
}
