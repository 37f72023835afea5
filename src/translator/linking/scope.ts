import type { ColumnInfo } from '../schema/columns.js';
import type { Key } from '../schema/keys.js';
import type { Schema, TableInfo } from '../schema/schema.js';

/** One way to look at the catalog: the rows of one table, with what they refer to. */
export interface Scope {
  readonly main: TableInfo;
  /** Tables that each row of `main` refers to one row of, with the keys that lead there. */
  readonly paths: ReadonlyMap<TableInfo, readonly Key[]>;
  /** Keys by which rows of other tables refer to rows of `main`. */
  readonly children: readonly Key[];
}

const LONGEST_PATH = 2;

const scopes = new WeakMap<TableInfo, Scope>();

export function scopeOf(main: TableInfo, schema: Schema): Scope {
  const known = scopes.get(main);
  if (known) return known;
  const scope = findScope(main, schema);
  scopes.set(main, scope);
  return scope;
}

function findScope(main: TableInfo, { keys }: Schema): Scope {
  const paths = new Map<TableInfo, readonly Key[]>([[main, []]]);
  for (let length = 1; length <= LONGEST_PATH; length += 1) {
    for (const [table, path] of Array.from(paths)) {
      if (path.length !== length - 1) continue;
      for (const key of keys) {
        if (key.from.table === table && !paths.has(key.to.table)) paths.set(key.to.table, [...path, key]);
      }
    }
  }
  return { main, paths, children: keys.filter(({ to }) => to.table === main) };
}

/** The columns that can be said of one row of the main table. */
export function columnsOf({ paths }: Scope): readonly ColumnInfo[] {
  return [...paths.keys()].flatMap(({ columns }) => columns);
}
