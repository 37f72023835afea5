import type { ResultColumn, ResultPage, SqlFault } from '../../../providers/query-engine/query-engine.js';
import type { Query } from '../query.dto.js';
import type { QueryRow } from '../queries.repository.js';

/** A query as clients see it. */
export function shown(row: QueryRow): Query {
  return {
    query_id: row.query_id,
    sql: row.sql,
    parameters: JSON.parse(row.parameters) as Query['parameters'],
    state: row.state,
    columns: JSON.parse(row.columns) as Query['columns'],
    row_count: row.row_count,
    truncated: row.truncated === 1,
    bytes_scanned: row.bytes_scanned,
    cost_usd: row.cost_usd,
    duration_ms: row.duration_ms,
    engine: row.engine,
    data_versions: JSON.parse(row.data_versions) as Query['data_versions'],
    warnings: JSON.parse(row.warnings) as string[],
    created_at: row.created_at,
    started_at: row.started_at,
    finished_at: row.finished_at,
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as SqlFault }),
  };
}

/** JSON text of a query with its first page. The rows are ready text: they are passed on, never parsed. */
export function queryWithPage(query: Query, rowsJson: string, nextCursor: string | null): string {
  return `${JSON.stringify(query).slice(0, -1)},"rows":${rowsJson},"next_cursor":${JSON.stringify(nextCursor)}}`;
}

/** JSON text of one page of a result. */
export function resultPage(columns: readonly ResultColumn[], page: ResultPage, nextCursor: string | null): string {
  return `{"columns":${JSON.stringify(columns)},"rows":${page.rowsJson},"next_cursor":${JSON.stringify(nextCursor)}}`;
}
