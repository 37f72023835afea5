import { isColumnName } from '../../csv/column-names.js';
import type { PlanColumn } from '../plan.js';

/** What a column of a plan stands for, each stored column as `write` writes it. */
export function expressionOf({ column, product, elapsed }: PlanColumn, write: (name: string) => string): string {
  if (elapsed) return `date_diff('day', ${elapsed.map((name) => `CAST(${write(name)} AS date)`).join(', ')})`;
  return product ? `(${product.map(write).join(' * ')})` : write(column);
}

/** A name as a statement writes it: in quotes where it needs them. */
export function quoted(name: string): string {
  return isColumnName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
