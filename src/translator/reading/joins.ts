import type { Scope } from '../linking/scope.js';
import type { Key } from '../schema/keys.js';
import type { TableInfo } from '../schema/schema.js';

/** The keys that lead from the main table to the others, each once, in the order in which they can be joined. */
export function joinsTo(others: readonly TableInfo[], { paths }: Scope): readonly Key[] {
  return [...new Set(others.flatMap((table) => paths.get(table) ?? []))];
}
