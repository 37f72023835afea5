import { inertText } from './inert-text.js';
import { listed } from './plan-words.js';
import type { ResultTable } from './result-table.js';

const mostInSentence = 6;

/** What a result says where no plan tells what it is about: every value is a reference. */
export function sayPlainly({ columns, rowCount }: ResultTable): string {
  if (rowCount === 0) return 'No rows match: no data means no numbers.';
  if (rowCount > 1 || columns.length > mostInSentence) return 'The result has {{count}} rows:\n\n{{table}}';
  return `The ${listed(columns.map(({ name }, at) => `${inertText(name.replaceAll('_', ' '))} is {{r0.c${at}}}`))}.`;
}
