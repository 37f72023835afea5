import { isColumnName } from '../../csv/column-names.js';

/** A name as a statement writes it: in quotes where it needs them. */
export function quoted(name: string): string {
  return isColumnName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
