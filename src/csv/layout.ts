import { looksTyped } from './cell-shapes.js';
import type { CsvRow } from './records.js';

export interface HeaderGuess {
  readonly header: boolean;
  readonly evidence: string;
}

const WIDTH_ROWS = 500;
const BODY_ROWS = 60;
const MAX_PREAMBLE_ROWS = 60;

/** The most common number of fields; of equally common ones the greatest. */
function usualWidth(rows: readonly CsvRow[]): number {
  const widths = new Map<number, number>();
  for (const { fields } of rows.slice(0, WIDTH_ROWS)) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  return [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/**
 * How many columns the table has: as many as the header, or more when most rows have values beyond it. Without a header
 * as many as is usual.
 */
export function tableWidth(header: CsvRow | undefined, rows: readonly CsvRow[]): number {
  const usual = usualWidth(rows);
  if (!header) return usual;
  const named = header.fields.length;
  const beyond = rows.filter(({ fields }) => fields.slice(named).some((field) => field.trim() !== '')).length;
  return usual > named && beyond * 2 > rows.length ? usual : named;
}

/** How many rows at the top are titles, notes or comments: much emptier than the rest, or comments of another width. */
export function countPreambleRows(rows: readonly CsvRow[]): number {
  const width = usualWidth(rows);
  if (width < 2) return 0;
  const counts = rows
    .slice(0, WIDTH_ROWS)
    .map(filledFields)
    .sort((a, b) => a - b);
  const median = counts[counts.length >> 1] ?? 1;
  const few = Math.max(1, Math.min(median * 0.5, width * 0.4));
  const limit = Math.min(rows.length - 1, MAX_PREAMBLE_ROWS);
  const first = rows.slice(0, limit).findIndex((row) => filledFields(row) > few && !isComment(row, width));
  return first < 0 ? limit : first;
}

/** Whether the first of these rows holds names: text above typed columns, or at least distinct texts that are no values. */
export function detectHeader(rows: readonly CsvRow[]): HeaderGuess {
  const names = rows[0]?.fields ?? [];
  const body = rows.slice(1, BODY_ROWS);
  if (names.length === 0) return { header: true, evidence: 'there is no row at all' };
  const votes = names.map((name, index) =>
    vote(
      name,
      body.map(({ fields }) => fields[index] ?? ''),
    ),
  );
  const total = votes.reduce((sum, each) => sum + each, 0);
  if (total > 0) return { header: true, evidence: 'the first row reads like names of the columns below it' };
  if (total < 0) return { header: false, evidence: 'the first row looks like the rows below it' };
  const distinct = new Set(names.map((name) => name.trim().toLowerCase())).size === names.length;
  const named = distinct && names.every((name) => name.trim() !== '' && !looksTyped(name));
  return named
    ? { header: true, evidence: 'the first row holds distinct texts; nothing below contradicts that they are names' }
    : { header: false, evidence: 'the first row holds values or repeats itself, so it is no header' };
}

function vote(name: string, below: readonly string[]): number {
  const values = below.filter((value) => value.trim() !== '');
  if (values.length === 0) return 0;
  const typed = values.filter(looksTyped).length / values.length;
  if (typed > 0.7) return looksTyped(name) ? -1 : 1;
  if (looksTyped(name) || values.length < 3) return 0;
  return values.includes(name) ? -0.5 : 0.15;
}

function filledFields({ fields }: CsvRow): number {
  return fields.filter((field) => field.trim() !== '').length;
}

function isComment({ fields }: CsvRow, width: number): boolean {
  return fields.length !== width && (fields[0] ?? '').trimStart().startsWith('#');
}
