import { type DuckDBConnection, type DuckDBType, DuckDBVarCharType } from '@duckdb/node-api';
import type { ResultColumn } from '../../query-engine/query-engine.js';
import { sqlName, sqlText } from '../engine-session.js';
import { TaskFault } from '../task.js';
import { storageType } from './storage-type.js';

/** A result in its Parquet file, ready to be read. */
export interface StoredResult {
  readonly path: string;
  /** What the author called the columns, which may not be unique, and Trino's types. Kept in the file's metadata. */
  readonly columns: readonly ResultColumn[];
  /** Unique names of the columns in the file. */
  readonly fileColumns: readonly string[];
  readonly types: readonly DuckDBType[];
}

/** The engine's own name for a row's number in its file. */
const ROW_NUMBER = 'file_row_number';
const METADATA_KEY = 'tabletalk_columns';
/** The engine stores JSON as text and does not say so when it reads it back. */
const JSON_TYPE = new DuckDBVarCharType('JSON');
/** Small enough that a page in the middle of a large result is read without its neighbours. */
const ROWS_PER_GROUP = 20_480;

/**
 * SQL that stores the first `limit` rows of `query` under exact types, in their order, with what cannot be seen in
 * Parquet as metadata.
 */
export function copySql(query: string, result: StoredResult, limit: number): string {
  const aliases = columnAliases(result);
  const values = result.types.map(
    (type, index) => `CAST(${aliases[index]} AS ${type}) AS ${sqlName(result.fileColumns[index]!)}`,
  );
  return `COPY (SELECT ${values.join(', ')} FROM (${query}\n) AS result(${aliases.join(', ')}) LIMIT ${limit})
    TO ${sqlText(result.path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROWS_PER_GROUP}, USE_TMP_FILE false,
    KV_METADATA {${METADATA_KEY}: ${sqlText(JSON.stringify(result.columns))}})`;
}

export function plannedResult(
  path: string,
  columns: readonly ResultColumn[],
  types: readonly DuckDBType[],
): StoredResult {
  return { path, columns, fileColumns: uniqueNames(columns), types: types.map(storageType) };
}

/** Reads the metadata of a stored result. The session must be allowed to open the file. */
export async function openResult(connection: DuckDBConnection, path: string): Promise<StoredResult> {
  const metadata = await connection.runAndReadAll(
    `SELECT decode(value) FROM parquet_kv_metadata(${sqlText(path)}) WHERE decode(key) = '${METADATA_KEY}'`,
  );
  const text = metadata.getRowsJS()[0]?.[0];
  if (typeof text !== 'string') throw new TaskFault('internal', 'The file is not a stored result.');
  const schema = await connection.run(`SELECT * FROM read_parquet(${sqlText(path)}) LIMIT 0`);
  const columns = JSON.parse(text) as ResultColumn[];
  const types = schema.columnTypes().map((type, index) => (columns[index]?.type === 'json' ? JSON_TYPE : type));
  return { path, columns, fileColumns: schema.columnNames(), types };
}

export interface RowRange {
  readonly offset: number;
  readonly limit: number;
}

/** SQL for rows of a stored result, in the order in which they were stored: what `select` makes of the columns. */
export function rowSelectSql(
  result: StoredResult,
  select: (columns: readonly string[]) => readonly string[],
  range?: RowRange,
): string {
  const aliases = columnAliases(result);
  // By number, not by LIMIT: row groups outside the range are never read, and planning takes half the time.
  const where = range ? `WHERE ${ROW_NUMBER} >= ${range.offset} AND ${ROW_NUMBER} < ${range.offset + range.limit}` : '';
  const rows = `SELECT * FROM read_parquet(${sqlText(result.path)}) ${where}`;
  return `SELECT ${select(aliases).join(', ')} FROM (${rows}) AS result(${aliases.join(', ')})`;
}

/** The author's names may be missing, equal or clash with functions: inside the engine columns go by their position. */
function columnAliases({ types }: StoredResult): string[] {
  return types.map((_, index) => `c${index}`);
}

/** The engine takes names that differ in case for the same, so their copies are numbered. */
function uniqueNames(columns: readonly ResultColumn[]): string[] {
  const taken = new Set<string>([ROW_NUMBER]);
  return columns.map(({ name }) => {
    let unique = name;
    for (let count = 1; taken.has(unique.toLowerCase()); count++) unique = `${name}_${count}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
