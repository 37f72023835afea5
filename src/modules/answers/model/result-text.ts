import type { CheckedResult } from '../answer-queries.js';
import type { Cell, ResultTable } from '../domain/result-table.js';

/** Rows that a model sees of a result, and so can refer to. */
export const rowsForModel = 50;
const cellCharacters = 200;
const mostCharacters = 12_000;

/** The part of a result that a model sees: as many rows as fit. */
export function forModel(result: ResultTable): ResultTable {
  const rows: Cell[][] = [];
  let length = 0;
  for (const row of result.rows.slice(0, rowsForModel)) {
    const cells = row.map(capped);
    length += JSON.stringify(cells).length;
    if (length > mostCharacters && rows.length > 0) break;
    rows.push(cells);
  }
  return { ...result, rows };
}

/** A result as a model reads it. `others` are statements for the same question that found something else. */
export function resultText(
  number: number,
  { result, checks, unknown = [], instead }: CheckedResult,
  others: readonly string[],
): string {
  const { columns, rows, rowCount } = forModel(result);
  return JSON.stringify({
    query: `q${number}`,
    columns: columns.map(({ name, type }, at) => ({ reference: `c${at}`, name, type })),
    rows: rows.map((cells, row) => ({ reference: `r${row}`, cells })),
    row_count: rowCount,
    notes: checks.filter(({ ok }) => !ok).map(({ detail }) => detail),
    ...(unknown.length > 0 && { texts_not_stored: unknown }),
    ...(instead !== undefined && { run_instead: instead }),
    ...(others.length > 0 && { others_found_something_else: others }),
  });
}

function capped(cell: Cell): Cell {
  if (typeof cell === 'string' && cell.length > cellCharacters) return `${cell.slice(0, cellCharacters)}…`;
  if (typeof cell === 'object' && cell !== null) return capped(JSON.stringify(cell));
  return cell;
}
