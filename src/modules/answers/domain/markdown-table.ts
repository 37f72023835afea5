import { formatCell } from './format-cell.js';
import { inertText, shortened } from './inert-text.js';
import { isNumeric, type ResultTable } from './result-table.js';

export const shownRows = 10;
export const shownColumns = 12;

/** The first rows of a result. */
export function markdownTable({ columns, rows }: ResultTable): string {
  const shown = columns.slice(0, shownColumns);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(shown.map(({ name }) => inertText(shortened(name, 60)))),
    line(shown.map(({ type }) => (isNumeric(type) ? '---:' : '---'))),
    ...rows.slice(0, shownRows).map((row) => line(shown.map(({ name, type }, at) => formatCell(row[at]!, type, name)))),
  ].join('\n');
}
