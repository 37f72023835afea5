import { Injectable } from '@nestjs/common';
import type { QueryParameter } from '../../providers/query-engine/query-engine.js';
import { PermissionDenied } from '../access/errors.js';
import type { LiveQuery, StopReason as QueryStopReason } from '../queries/live-query.js';
import { QueriesService } from '../queries/queries.service.js';
import type { QueryEstimate } from '../queries/query.dto.js';
import { type QueryPlan, QueryPlanner } from '../queries/query-planner.js';
import type { StopReason } from '../runs/run-executor.js';
import type { QuerySource } from './domain/provenance.js';
import type { Cell, ResultTable } from './domain/result-table.js';
import { AnswerQueryFailed, AnswerTooExpensive } from './errors.js';
import type { Turn } from './turn.js';

/** A statement that may be run, with what that would cost. */
export interface PreparedQuery {
  readonly sql: string;
  readonly parameters: readonly QueryParameter[];
  readonly plan: QueryPlan;
  readonly estimate: QueryEstimate;
}

export interface StatementToRun {
  readonly sql: string;
  readonly parameters?: readonly QueryParameter[] | undefined;
}

/** Queries of answers: judged, recorded, counted and limited like any other, with the rights of whoever asked. */
@Injectable()
export class AnswerQueries {
  constructor(
    private readonly planner: QueryPlanner,
    private readonly queries: QueriesService,
  ) {}

  /** Throws `SqlRefused`, or `PermissionDenied` for somebody who may not run queries. */
  async prepare(turn: Turn, { sql, parameters = [] }: StatementToRun): Promise<PreparedQuery> {
    const { caller, chatbot } = turn;
    if (!caller.permissions.has('queries:run')) throw new PermissionDenied('queries:run');
    turn.mention({ type: 'query.planned', sql });
    const plan = await this.planner.plan(caller, sql, chatbot.tables);
    const estimate = await this.queries.judge(caller, plan);
    const { bytes_scanned, cost_usd } = estimate;
    turn.mention({ type: 'query.estimated', sql, bytes_scanned, cost_usd });
    return { sql, parameters, plan, estimate };
  }

  /** Why a person should agree first; undefined when that is not needed. Throws `AnswerTooExpensive`. */
  reasonsToAsk({ estimate }: PreparedQuery): readonly string[] | undefined {
    const { decision, reasons } = estimate;
    if (decision === 'refuse') throw new AnswerTooExpensive(reasons);
    return decision === 'ask' ? reasons : undefined;
  }

  /** Runs a statement to its end, unless the turn is stopped: then the query is too. Throws `AnswerQueryFailed`. */
  async run(turn: Turn, prepared: PreparedQuery, asksForLimit = false): Promise<ResultTable> {
    const { sql, parameters, plan } = prepared;
    const caller = { ...turn.caller, actingUnder: 'queries:run' } as const;
    const live = await this.queries.start(caller, { sql, parameters }, plan);
    const stop = () => live.stop(reasonOf(turn.signal.reason as StopReason));
    if (turn.signal.aborted) stop();
    turn.signal.addEventListener('abort', stop, { once: true });
    try {
      turn.mention({ type: 'query.started', query_id: live.row.query_id, sql });
      return await this.ended(turn, live, !asksForLimit);
    } finally {
      turn.signal.removeEventListener('abort', stop);
      if (turn.signal.aborted) stop();
    }
  }

  private async ended(turn: Turn, live: LiveQuery, minds: boolean): Promise<ResultTable> {
    const { row, firstPage } = await live.ended;
    turn.signal.throwIfAborted();
    const { query_id, sql, bytes_scanned, cost_usd, row_count } = row;
    turn.mention({ type: 'query.finished', query_id, sql, bytes_scanned, cost_usd, row_count });
    if (row.state !== 'succeeded' || !firstPage)
      throw new AnswerQueryFailed(JSON.parse(row.error ?? '{}') as AnswerQueryFailed['fault'], query_id);
    const result: ResultTable = {
      queryId: query_id,
      columns: firstPage.columns,
      rows: JSON.parse(firstPage.rowsJson) as Cell[][],
      rowCount: row_count!,
      truncated: row.truncated === 1,
      atLimit: minds && limitOf(sql) === row_count,
    };
    turn.results.push(result);
    turn.queries.push(sourceOf(live));
    return result;
  }
}

function sourceOf({ row }: LiveQuery): QuerySource {
  const versions = Object.entries(JSON.parse(row.data_versions) as Record<string, number>);
  return {
    query_id: row.query_id,
    sql: row.sql,
    tables: versions.map(([table, version]) => ({ table, version })),
    bytes_scanned: row.bytes_scanned,
    cost_usd: row.cost_usd,
    row_count: row.row_count!,
    truncated: row.truncated === 1,
    engine: row.engine,
    duration_ms: row.duration_ms,
  };
}

/** The LIMIT that ends a statement. */
function limitOf(sql: string): number | undefined {
  const limit = /\b(?:limit|fetch\s+first)\s+(\d+)(?:\s+rows?\s+only)?[\s;]*$/i.exec(sql)?.[1];
  return limit === undefined ? undefined : Number(limit);
}

function reasonOf(reason: StopReason): QueryStopReason {
  if (reason === 'access-ended') return 'access-ended';
  return reason === 'stopping' || reason === 'lost' ? 'interrupted' : 'cancelled';
}
