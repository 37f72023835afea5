import { statSync } from 'node:fs';
import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  DuckDBVarCharType,
  type DuckDBType,
  FLOAT,
  INTEGER,
  SMALLINT,
  TIME,
  TIMESTAMP,
  TIMESTAMPTZ,
  TINYINT,
  VARCHAR,
} from '@duckdb/node-api';
import type { ResultColumn, RunOutcome } from '../../query-engine/query-engine.js';
import { sqlText } from '../engine-session.js';
import { readPage } from '../results/page-rows.js';
import { copySql, plannedResult } from '../results/stored-result.js';
import { plainSessions } from '../session-stock.js';
import type { Task } from '../task.js';

export interface StoreResultInput {
  /** Absolute path of a CSV file without a header and with one column too many at its end. Unquoted nothing is NULL. */
  readonly file: string;
  readonly columns: readonly ResultColumn[];
  /** Where the result is written. */
  readonly resultFile: string;
  readonly firstPageRows: number;
}

/** The longest row that is read, as Athena allows it. The engine keeps twice as much in memory. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;

const TYPES: Readonly<Record<string, DuckDBType>> = {
  boolean: BOOLEAN,
  tinyint: TINYINT,
  smallint: SMALLINT,
  integer: INTEGER,
  bigint: BIGINT,
  real: FLOAT,
  double: DOUBLE,
  date: DATE,
  time: TIME,
  timestamp: TIMESTAMP,
  'timestamp with time zone': TIMESTAMPTZ,
  varbinary: BLOB,
  json: new DuckDBVarCharType('JSON'),
};

export const { prepare } = plainSessions;

/** Stores rows that another engine has written as text, in their order and under exact types. */
export const task: Task<StoreResultInput, Omit<RunOutcome, 'truncated' | 'billed'>> = async (
  { file, columns, resultFile, firstPageRows },
  { limits, scratchDirectory, signal },
) =>
  plainSessions.use(limits, async (session) => {
    session.interruptOn(signal);
    await session.lockDown({ files: [file, resultFile], scratchDirectory });
    const result = plannedResult(resultFile, columns, columns.map(typeOf));
    const rows = `SELECT ${columns.map(valueSql).join(', ')} FROM ${csvSql(file, columns.length)}`;
    const copied = await session.connection.runAndReadAll(copySql(rows, result, Number.MAX_SAFE_INTEGER));
    const firstPage =
      firstPageRows > 0 ? await readPage(session.connection, result, { offset: 0, limit: firstPageRows }) : undefined;
    const { size } = statSync(resultFile);
    return { columns, rowCount: Number(copied.getRowsJS()[0]?.[0]), resultBytes: size, firstPage };
  });

function typeOf({ type }: ResultColumn): DuckDBType {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  return precision === undefined ? (TYPES[type] ?? VARCHAR) : DECIMAL(Number(precision), Number(scale));
}

/** Binary values come as pairs of hexadecimal digits with spaces in between. */
function valueSql({ type }: ResultColumn, index: number): string {
  return type === 'varbinary' ? `unhex(replace(v${index}, ' ', ''))` : `v${index}`;
}

/** In one thread: the order of the rows is part of the result. */
function csvSql(file: string, columnCount: number): string {
  const columns = Array.from({ length: columnCount + 1 }, (_, index) => `'v${index}': 'VARCHAR'`);
  return `read_csv(${sqlText(file)}, columns = {${columns.join(', ')}}, auto_detect = false, header = false,
    delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, parallel = false,
    strict_mode = true, max_line_size = ${MAX_LINE_BYTES}, buffer_size = ${2 * MAX_LINE_BYTES})`;
}
