import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { ObjectNotFound } from '../../providers/object-store/errors.js';
import {
  QueryEngine,
  type ResultColumn,
  type ResultPage,
  SqlRejected,
} from '../../providers/query-engine/query-engine.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { queryWithPage, resultPage, shown } from './domain/query-view.js';
import { QueryNotFinished, QueryWithoutResult, ResultExpired, ResultNotReadable } from './errors.js';
import type { EndedQuery } from './live-query.js';
import { QueriesService } from './queries.service.js';
import type { QueryRow } from './queries.repository.js';
import { DownloadFormat, DownloadOptions, ResultQuery } from './query.dto.js';

/** Results of queries as they are stored: written once, so that all pages show the same. */
@Injectable()
export class QueryResultsService {
  constructor(
    private readonly queries: QueriesService,
    private readonly engine: QueryEngine,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
  ) {}

  /** JSON text of a query that has just ended: with its first page when it succeeded. */
  answer({ row, firstPage }: EndedQuery): string {
    const query = shown(row);
    return firstPage === undefined
      ? JSON.stringify(query)
      : queryWithPage(query, firstPage.rowsJson, this.nextCursor(row, 0, firstPage));
  }

  /** JSON text of one page. */
  async page(caller: Caller, queryId: string, { limit, cursor, offset: skipped }: ResultQuery): Promise<string> {
    const row = await this.queries.row(caller.workspaceId, queryId);
    const offset = cursor === undefined ? skipped : this.cursors.decode<number>(scopeOf(row), cursor);
    const page = await presentResult(row, (key) => this.engine.page(key, offset, limit));
    this.audit.note({
      ...caller,
      action: 'query.result_read',
      object: queryId,
      outcome: 'allowed',
      detail: { offset },
    });
    return resultPage(JSON.parse(row.columns) as ResultColumn[], page, this.nextCursor(row, offset, page));
  }

  async download(caller: Caller, queryId: string, options: DownloadOptions, signal: AbortSignal): Promise<Readable> {
    const row = await this.queries.row(caller.workspaceId, queryId);
    const content = await this.open(row, options, signal);
    const { format } = options;
    await this.audit.record({
      ...caller,
      action: 'query.downloaded',
      object: queryId,
      outcome: 'allowed',
      detail: { format },
    });
    return content;
  }

  /** The whole result as a stream. Throws `QueryNotFinished`, `QueryWithoutResult` or `ResultExpired`. */
  open(
    row: QueryRow,
    { format, raw }: { format: DownloadFormat; raw: boolean },
    signal: AbortSignal,
  ): Promise<Readable> {
    return presentResult(row, (key) => this.engine.export(key, { format, raw, signal }));
  }

  private nextCursor(row: QueryRow, offset: number, { rowCount }: ResultPage): string | null {
    const next = offset + rowCount;
    return rowCount > 0 && next < (row.row_count ?? 0) ? this.cursors.encode(scopeOf(row), next) : null;
  }
}

function scopeOf({ workspace_id, query_id }: QueryRow): string {
  return `query-results/${workspace_id}/${query_id}`;
}

async function presentResult<Result>(row: QueryRow, read: (key: string) => Promise<Result>): Promise<Result> {
  if (row.state === 'queued' || row.state === 'running') throw new QueryNotFinished(row.query_id, row.state);
  if (row.state !== 'succeeded') throw new QueryWithoutResult(row.query_id, row.state);
  if (row.result_key === null) throw new ResultExpired(row.query_id);
  try {
    return await read(row.result_key);
  } catch (error) {
    if (error instanceof ObjectNotFound) throw new ResultExpired(row.query_id);
    throw error instanceof SqlRejected ? new ResultNotReadable(error.fault) : error;
  }
}
