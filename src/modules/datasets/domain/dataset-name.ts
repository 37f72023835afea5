import { columnNames, isColumnName } from '../../../csv/column-names.js';
import { InvalidRequest } from '../../../platform/errors/common-problems.js';

/** Throws `InvalidRequest`, with a name that would do, unless the name works without quotes in SQL. */
export function assertDatasetName(name: string): void {
  if (isColumnName(name)) return;
  const detail = `must be a name that SQL takes without quotes: a to z, 0 to 9 and _, no digit first, no reserved word, at most 128 characters; ${suggestName(name)} would do`;
  throw new InvalidRequest([{ pointer: '/dataset', detail }]);
}

/** The nearest name that works, for whatever text. */
export function suggestName(text: string): string {
  const [safe] = columnNames([text]);
  return safe!.replace(/^column_(?=\d)/, 'data_');
}
