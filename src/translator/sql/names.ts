import { isColumnName } from '../../csv/column-names.js';
import type { PlanColumn } from '../plan.js';

/** What a column of a plan stands for, each stored column as `write` writes it. */
export function expressionOf(
  { column, product, elapsed, scaled }: PlanColumn,
  write: (name: string) => string,
): string {
  if (scaled) return `${write(scaled[0])} / ${scaled[1]}e0`;
  if (elapsed?.[2] === 'hours') return `date_diff('second', ${write(elapsed[0])}, ${write(elapsed[1])}) / 3600e0`;
  if (elapsed) return `date_diff('day', CAST(${write(elapsed[0])} AS date), CAST(${write(elapsed[1])} AS date))`;
  return product ? `(${product.map(write).join(' * ')})` : write(column);
}

/** A name as a statement writes it: in quotes where it needs them. */
export function quoted(name: string): string {
  return isColumnName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
