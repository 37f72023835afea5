import { formatCell, needsGroups } from './format-cell.js';
import { inertText, shortened } from './inert-text.js';
import { type Cell, isNumeric, type ResultTable } from './result-table.js';

export const shownRows = 10;
export const shownColumns = 12;

/** The first rows of a result. */
export function markdownTable({ columns, rows }: ResultTable): string {
  const first = rows.slice(0, shownRows);
  const shown = columns.slice(0, shownColumns).map(({ name, type }, at) => {
    const isGrouped = needsGroups(
      first.map((row) => row[at]!),
      type,
    );
    return { name, type, text: (cell: Cell) => formatCell(cell, type, name, isGrouped) };
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(shown.map(({ name }) => inertText(shortened(name, 60)))),
    line(shown.map(({ type }) => (isNumeric(type) ? '---:' : '---'))),
    ...first.map((row) => line(shown.map(({ text }, at) => text(row[at]!)))),
  ].join('\n');
}
