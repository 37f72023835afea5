import { stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../../duckdb-workers/engine-session.js';
import { TaskFault } from '../../duckdb-workers/task.js';
import { SCHEMAS_DIFFER } from '../errors.js';
import type { StoredSchema } from '../table-profiler.js';
import { columnTypeOf } from './column-type-of.js';

type Column = StoredSchema['columns'][number];

/** A table function over all files, whose columns go together by name, in the order of the first file. */
export function readParquet(files: readonly string[]): string {
  const byName = files.length > 1 ? ', union_by_name = true' : '';
  return `read_parquet([${files.map(sqlText).join(', ')}]${byName})`;
}

/** Columns, rows and bytes by the files' footers alone. Every file must have the same columns, in any order. */
export async function readSchema(connection: DuckDBConnection, files: readonly string[]): Promise<StoredSchema> {
  const [first = [], ...others] = await readAll(files, (file) => columnsOf(connection, file));
  for (const [index, columns] of others.entries()) {
    const difference = differenceBetween(first, columns);
    if (difference) throw new TaskFault(SCHEMAS_DIFFER, `file ${index + 2} ${difference}`);
  }
  const sizes = await Promise.all(files.map((file) => stat(file)));
  return {
    columns: first,
    rows: files.length === 0 ? 0 : await countRows(connection, files),
    bytes: sizes.reduce((sum, { size }) => sum + size, 0),
  };
}

/** One after the other: a connection does one thing at a time. */
async function readAll<Result>(files: readonly string[], read: (file: string) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const file of files) results.push(await read(file));
  return results;
}

async function columnsOf(connection: DuckDBConnection, file: string): Promise<Column[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE FROM ${readParquet([file])}`);
  return reader.getRows().map(([name, type]) => ({ name: String(name), type: columnTypeOf(String(type)) }));
}

async function countRows(connection: DuckDBConnection, files: readonly string[]): Promise<number> {
  const list = files.map(sqlText).join(', ');
  const reader = await connection.runAndReadAll(`SELECT sum(num_rows)::DOUBLE FROM parquet_file_metadata([${list}])`);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

function differenceBetween(expected: readonly Column[], found: readonly Column[]): string | undefined {
  const types = new Map(found.map(({ name, type }) => [name, type]));
  const missing = expected.find(({ name }) => !types.has(name));
  if (missing) return `has no column ${missing.name}`;
  const retyped = expected.find(({ name, type }) => types.get(name) !== type);
  if (retyped) return `has ${retyped.name} as ${types.get(retyped.name)} where the first has ${retyped.type}`;
  const known = new Set(expected.map(({ name }) => name));
  const surplus = found.find(({ name }) => !known.has(name));
  return surplus && `has a column ${surplus.name} that the first has not`;
}
