import type { Identifier } from './ast.js';
import type { Context } from './context.js';
import type { OutputColumn } from './scope.js';

/** Columns under the names of a column list, when there is one. */
export function renamed(
  columns: readonly OutputColumn[],
  names: readonly Identifier[],
  context: Context,
): readonly OutputColumn[] {
  if (names.length === 0) return columns;
  if (names.length !== columns.length) {
    context.refuse(
      `The list of names has ${names.length} names for ${columns.length} columns.`,
      undefined,
      names[0] && context.placeOf(names[0]),
    );
  }
  return columns.map((column, index) => ({ ...column, name: names[index]?.name ?? column.name }));
}
