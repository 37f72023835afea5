import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import type { Clause } from './clause.js';
import type { Lattice } from './lattice.js';

/** What follows `how long`, `how far` in a question about many rows. */
export const DOING: ReadonlySet<string> = new Set(['do', 'does', 'did']);

/** Those that later words of the question name; all where none does. */
export function meant(lattice: Lattice, from: number, columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  if (columns.length < 2) return columns;
  const later = lattice.tokens.flatMap((_, at) => (at > from ? lattice.columns(at) : []));
  const named = columns.filter(({ name, elapsed }) =>
    later.some(({ column }) => (elapsed ? elapsed.includes(column.name) : column.name === name)),
  );
  return named.length > 0 ? named : columns;
}

/** An idiom that tells what is computed of a column. */
export function measure(
  aggregate: 'avg' | 'sum' | 'max' | 'min',
  column: ColumnInfo,
  start: number,
  end: number,
  quality = 1,
): Clause {
  const said = { avg: 'average', sum: 'sum', max: 'highest', min: 'lowest' } as const;
  const note = `I took the ${said[aggregate]} of ${columnLabel(column)}.`;
  return { kind: 'measure', aggregate, column, start, end, quality, note };
}
