import type { DuckDBConnection } from '@duckdb/node-api';
import type { ResultPage } from '../../query-engine/query-engine.js';
import { TaskFault } from '../task.js';
import { jsonArraySql } from './json-text.js';
import { type RowRange, rowSelectSql, type StoredResult } from './stored-result.js';

/** A page may end early, but is never larger than this: it is held in memory by the service. */
const MAX_PAGE_BYTES = 16 * 1024 * 1024;

/** Reads rows of a stored result as JSON text, which the engine builds: no value is looked at here. */
export async function readPage(
  connection: DuckDBConnection,
  result: StoredResult,
  range: RowRange,
): Promise<ResultPage> {
  const sql = rowSelectSql(result, (columns) => [jsonArraySql(columns, result.types)], range);
  const rows: string[] = [];
  let length = 0;
  const stream = await connection.stream(sql);
  for (let chunk = await stream.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await stream.fetchChunk()) {
    for (const row of chunk.getColumnValues(0) as string[]) {
      length += row.length + 1;
      if (length > MAX_PAGE_BYTES) return page(result, fitting(rows, range));
      rows.push(row);
    }
  }
  return page(result, rows);
}

function page({ columns }: StoredResult, rows: readonly string[]): ResultPage {
  return { columns, rowsJson: `[${rows.join(',')}]`, rowCount: rows.length };
}

function fitting(rows: readonly string[], { offset }: RowRange): readonly string[] {
  if (rows.length > 0) return rows;
  throw new TaskFault('fault', 'A row is too large for a page.', {
    kind: 'result_too_large',
    message: `Row ${offset + 1} of the result is larger than 16 MB. Select fewer or shorter columns, or download the result as Parquet.`,
  });
}
