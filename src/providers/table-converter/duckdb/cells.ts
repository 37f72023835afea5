import { sqlName } from '../../duckdb-workers/engine-session.js';
import { columnSql, type ColumnSql } from './column-sql.js';
import { type CsvTable, fieldName, readCsv } from './csv-table.js';
import type { FileColumn } from './file-columns.js';

/** A column with the SQL that reads its cells. */
export interface Cell {
  readonly column: FileColumn;
  readonly text: string;
  readonly sql: ColumnSql;
}

/** Begins the message of the error that a cell raises in a query that expects every cell to fit. */
export const MISFIT = 'tabletalk-misfit';

/** Above so many columns memory is scarcer than time: each takes about half a megabyte in every thread. */
export const WIDE_COLUMNS = 250;

export function cellsOf(columns: readonly FileColumn[]): Cell[] {
  const lean = columns.length > WIDE_COLUMNS;
  return columns.map((column) => {
    const { field, fixed } = column;
    const text = fieldName(field);
    const names = { text, cast: `c${field}`, trimmed: `t${field}` };
    return { column, text, sql: columnSql(column, { ...names, lean, amountsOnly: !fixed }) };
  });
}

/** The texts of the file with what is computed ahead beside them, to be selected from. */
export function withCasts(table: CsvTable, cells: readonly Cell[], extra: readonly string[] = []): string {
  const selected = [...cells.flatMap(({ text, sql }) => [text, ...sql.computed]), ...extra];
  return `(SELECT ${selected.join(', ') || '1'} FROM ${readCsv(table)})`;
}

/** True for a cell whose text does not fit its column. */
export function misfits({ sql }: Cell): string {
  return `(${sql.value('NULL')} IS NULL AND NOT ${sql.isNull})`;
}

/** True for a row that is rejected: one of the fixed columns has a text that does not fit. Undefined when none can. */
export function rejected(cells: readonly Cell[]): string | undefined {
  const fixed = cells.filter(({ column }) => column.fixed && column.type !== 'varchar');
  return fixed.length === 0 ? undefined : `(${fixed.map(misfits).join(' OR ')})`;
}

/** The rows of the table. Raises an error for a cell that does not fit, except in rows that are rejected. */
export function typedRows(table: CsvTable, cells: readonly Cell[], leaveOutRejected: boolean): string {
  const values = cells.map(({ column, sql }) => `${sql.value(`error('${MISFIT}')`)} AS ${sqlName(column.name)}`);
  const condition = leaveOutRejected ? rejected(cells) : undefined;
  const where = condition === undefined ? '' : ` WHERE NOT ${condition}`;
  return `SELECT ${values.join(', ')} FROM ${withCasts(table, cells)}${where}`;
}
