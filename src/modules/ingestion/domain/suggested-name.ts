import { columnNames } from '../../../csv/column-names.js';

/** The nearest name that SQL takes without quotes. */
export function suggestedName(text: string): string {
  return columnNames([text.toLowerCase()])[0]!;
}
