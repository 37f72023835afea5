import type { DuckDBConnection } from '@duckdb/node-api';
import { widen, type WidenContext } from '../../../csv/column-types.js';
import { decimalSize } from '../../../csv/value-reader.js';
import { type Cell, cellsOf, misfits, rejected, withCasts } from './cells.js';
import type { CsvTable } from './csv-table.js';
import type { FileColumn } from './file-columns.js';

/** A text that does not fit its column, and the data row that holds it. */
interface Misfit {
  readonly row: number;
  readonly text: string;
}

interface Finding {
  readonly misfits: readonly Misfit[];
  readonly integerDigits: number;
}

export interface Widened {
  readonly columns: readonly FileColumn[];
  /** Rows that fixed columns reject. */
  readonly rejected: number;
}

/** Enough to see where a column is going, so that few passes over the file are needed. */
const SAMPLES = 20;
const EXCERPT_CHARACTERS = 400;

/** Reads every row, as often as types change, until all columns that are not fixed hold all their values. */
export async function widenToFit(
  connection: DuckDBConnection,
  table: CsvTable,
  columns: readonly FileColumn[],
): Promise<Widened> {
  let current = [...columns];
  let open = new Set(current.filter(canWiden));
  let rejectedRows = 0;
  for (let pass = 0; pass === 0 || open.size > 0; pass++) {
    const census = await takeCensus(connection, table, current, open);
    rejectedRows = census.rejected;
    const next = current.map((column) => applyFinding(column, census.findings.get(column)));
    open = new Set(next.filter((column, index) => column !== current[index] && canWiden(column)));
    current = next;
  }
  return { columns: current, rejected: rejectedRows };
}

function canWiden({ fixed, type }: FileColumn): boolean {
  return !fixed && type !== 'varchar';
}

interface Census {
  readonly rejected: number;
  readonly findings: ReadonlyMap<FileColumn, Finding>;
}

async function takeCensus(
  connection: DuckDBConnection,
  table: CsvTable,
  columns: readonly FileColumn[],
  open: ReadonlySet<FileColumn>,
): Promise<Census> {
  const cells = cellsOf(columns.filter((column) => column.fixed || open.has(column)));
  const opened = cells.filter(({ column }) => open.has(column));
  const row = table.positions?.row ?? 'row_number() OVER ()';
  const judged = opened.flatMap((cell, index) => [
    `${misfits(cell)} AS m${index}`,
    `${digitsOf(cell)} AS d${index}`,
    `left(${cell.text}, ${EXCERPT_CHARACTERS}) AS x${index}`,
  ]);
  const aggregates = opened.flatMap((_, index) => [
    `arg_min(struct_pack(r := r, t := x${index}), r, ${SAMPLES}) FILTER (WHERE m${index} AND NOT rejected)`,
    `max(d${index}) FILTER (WHERE NOT rejected)`,
  ]);
  const reader = await connection.runAndReadAll(
    `SELECT ${['count(*) FILTER (WHERE rejected)', ...aggregates].join(', ')}
     FROM (SELECT ${[`${rejected(cells) ?? 'false'} AS rejected`, 'r', ...judged].join(', ')}
           FROM ${withCasts(table, cells, [`${row} AS r`])})`,
  );
  const [rejectedRows = 0, ...found] = reader.getRowsJson()[0] ?? [];
  const findings = opened.map(
    ({ column }, index) => [column, finding(found[2 * index], found[2 * index + 1])] as const,
  );
  return { rejected: Number(rejectedRows), findings: new Map(findings) };
}

/** The integer part's digits, of columns in which that decides about the wider type. */
function digitsOf({ column, sql }: Cell): string {
  const isExact = column.type === 'bigint' || decimalSize(column.type) !== undefined;
  return isExact ? `strlen(split_part(abs(${sql.value('NULL')})::VARCHAR, '.', 1))` : '0';
}

function finding(samples: unknown, digits: unknown): Finding {
  const list = (samples ?? []) as { r: string; t: string }[];
  return { misfits: list.map(({ r, t }) => ({ row: Number(r), text: t })), integerDigits: Number(digits ?? 0) };
}

function widenedBy(column: FileColumn, text: string, context: WidenContext): FileColumn {
  const change = widen(column, text, context);
  return change ? { ...column, type: change.type, format: change.format, widened: change.evidence } : column;
}

function applyFinding(column: FileColumn, found: Finding | undefined): FileColumn {
  let widened = column;
  for (const { row, text } of found?.misfits ?? []) {
    if (widened.type === 'varchar') break;
    widened = widenedBy(widened, text, { row, integerDigits: found?.integerDigits });
  }
  const [first] = found?.misfits ?? [];
  if (first === undefined || widened !== column) return widened;
  // The engine refuses what the CSV reader accepts: text holds it in any case.
  const shown = `row ${first.row.toLocaleString('en')} is the first that cannot be stored as ${column.type}`;
  return { ...column, type: 'varchar', format: undefined, widened: shown };
}
