import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { QueryParameter } from '../../providers/query-engine/query-engine.js';
import { PermissionDenied } from '../access/errors.js';
import { EarlierQueries } from '../queries/earlier-queries.js';
import { QueryRepeated } from '../queries/errors.js';
import type { EndedQuery, LiveQuery, StopReason as QueryStopReason } from '../queries/live-query.js';
import { QueriesService } from '../queries/queries.service.js';
import type { QueryEstimate } from '../queries/query.dto.js';
import { type QueryPlan, QueryPlanner } from '../queries/query-planner.js';
import type { StopReason } from '../runs/run-executor.js';
import type { Check } from './domain/check.js';
import type { QuerySource } from './domain/provenance.js';
import { relinked, type UnknownLiteral, unknownLiterals } from './domain/relink.js';
import { checkResult } from './domain/result-checks.js';
import { type Cell, foundNothing, type ResultTable } from './domain/result-table.js';
import { AnswerQueryFailed, AnswerTooExpensive, NoQueriesLeft } from './errors.js';
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

/** What a query has found, with where it comes from. */
export interface FoundResult {
  readonly result: ResultTable;
  readonly source: QuerySource;
}

export interface CheckedResult {
  readonly result: ResultTable;
  readonly checks: readonly Check[];
  /** Texts of a statement that found nothing that no column holds. */
  readonly unknown?: readonly UnknownLiteral[];
  /** The statement that was run instead of the one that was asked for. */
  readonly instead?: string;
}

/** Queries of answers: judged, recorded, counted and limited like any other, with the rights of whoever asked. */
@Injectable()
export class AnswerQueries {
  constructor(
    private readonly planner: QueryPlanner,
    private readonly queries: QueriesService,
    private readonly earlier: EarlierQueries,
  ) {}

  /** Checks a statement and asks what it costs. Throws `SqlRefused`, or `PermissionDenied` for somebody who may not run queries. */
  prepare(turn: Turn, { sql, parameters = [] }: StatementToRun): Promise<PreparedQuery> {
    const { caller, chatbot } = turn;
    if (!caller.permissions.has('queries:run')) throw new PermissionDenied('queries:run');
    return turn.step('check', async () => {
      turn.mention({ type: 'query.planned', sql });
      const plan = await this.planner.plan(caller, sql, chatbot.tables);
      const estimate = await this.queries.judge(caller, plan);
      const { bytes_scanned, cost_usd } = estimate;
      turn.mention({ type: 'query.estimated', sql, bytes_scanned, cost_usd });
      return { sql, parameters, plan, estimate };
    });
  }

  /** Why a person should agree first; undefined when that is not needed. Throws `AnswerTooExpensive`. */
  reasonsToAsk({ estimate }: PreparedQuery): readonly string[] | undefined {
    const { decision, reasons } = estimate;
    if (decision === 'refuse') throw new AnswerTooExpensive(reasons);
    return decision === 'ask' ? reasons : undefined;
  }

  /** Lets the engine plan the statement without reading any row. Throws `SqlRefused`. */
  async dryRun(turn: Turn, { sql, parameters, plan }: PreparedQuery): Promise<void> {
    try {
      await turn.step('dry_run', () => this.planner.dryRun(turn.caller, sql, parameters, plan, turn.signal));
    } catch (error) {
      turn.signal.throwIfAborted();
      throw error;
    }
  }

  /**
   * Dry-runs a statement, runs it to its end, unless the turn is stopped: then the query is too; and looks at what it
   * found, which becomes the latest result of the turn. Throws `SqlRefused`, `AnswerQueryFailed` or `NoQueriesLeft`.
   */
  async execute(turn: Turn, prepared: PreparedQuery, asksForLimit = false): Promise<CheckedResult> {
    const { result, source } = await this.find(turn, prepared, asksForLimit);
    turn.results.push(result);
    turn.queries.push(source);
    const checks = checkResult(result, prepared.sql, turn.catalog.tables);
    await turn.step('check_result', () => turn.note(checks));
    return { result, checks };
  }

  /**
   * As `execute`; where that finds nothing, once more with the one stored text that is meant instead of one that no
   * column holds.
   */
  async executeLinked(turn: Turn, prepared: PreparedQuery, asksForLimit = false): Promise<CheckedResult> {
    const first = await this.execute(turn, prepared, asksForLimit);
    if (!foundNothing(first.result)) return first;
    const { sql, parameters } = prepared;
    const unknown = unknownLiterals(sql, turn.catalog.values);
    const other = relinked(sql, unknown);
    if (other === undefined || turn.executed >= turn.limits.queries) return { ...first, unknown };
    const { literal, nearest } = unknown[0]!;
    const again = await turn.step('link_values', () => this.prepare(turn, { sql: other, parameters }));
    if (this.reasonsToAsk(again)) return { ...first, unknown };
    turn.assumptions.push(`"${literal}" is stored nowhere, so I looked for "${nearest[0]!}"`);
    return { ...(await this.execute(turn, again, asksForLimit)), instead: other };
  }

  /** As `execute`, for a result that the answer is not about. */
  async find(turn: Turn, prepared: PreparedQuery, asksForLimit = false): Promise<FoundResult> {
    if (turn.executed >= turn.limits.queries) throw new NoQueriesLeft(turn.limits.queries);
    await this.dryRun(turn, prepared);
    return turn.step('execute', () => this.run(turn, prepared, asksForLimit));
  }

  private async run(turn: Turn, prepared: PreparedQuery, asksForLimit: boolean): Promise<FoundResult> {
    turn.executed += 1;
    const token = tokenOf(turn, prepared);
    for (;;) {
      try {
        return this.found(turn, prepared, await this.runAnew(turn, prepared, token), asksForLimit);
      } catch (error) {
        if (!(error instanceof QueryRepeated)) throw error;
        // A process that died, or lost the run to this one, has begun it already.
        const ended = await this.earlier.ended(turn.caller.workspaceId, token, turn.signal);
        if (!ended) continue;
        turn.mention({ type: 'query.started', query_id: ended.row.query_id, sql: prepared.sql });
        return this.found(turn, prepared, ended, asksForLimit);
      }
    }
  }

  private async runAnew(turn: Turn, { sql, parameters, plan }: PreparedQuery, token: string): Promise<EndedQuery> {
    const caller = { ...turn.caller, actingUnder: 'queries:run' } as const;
    const live: LiveQuery = await this.queries.start(caller, { sql, parameters, client_token: token }, plan);
    const stop = () => live.stop(reasonOf(turn.signal.reason as StopReason));
    if (turn.signal.aborted) stop();
    turn.signal.addEventListener('abort', stop, { once: true });
    try {
      turn.mention({ type: 'query.started', query_id: live.row.query_id, sql });
      return await live.ended;
    } finally {
      turn.signal.removeEventListener('abort', stop);
      if (turn.signal.aborted) stop();
    }
  }

  private found(
    turn: Turn,
    { plan, parameters }: PreparedQuery,
    { row, firstPage }: EndedQuery,
    asksForLimit: boolean,
  ): FoundResult {
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
      atLimit: !asksForLimit && limitOf(sql) === row_count,
    };
    return { result, source: sourceOf(row, parameters, plan) };
  }
}

function sourceOf(
  row: EndedQuery['row'],
  parameters: readonly QueryParameter[],
  { statement }: QueryPlan,
): QuerySource {
  const versions = Object.entries(JSON.parse(row.data_versions) as Record<string, number>);
  return {
    query_id: row.query_id,
    sql: row.sql,
    parameters,
    tables: versions.map(([table, version]) => ({ table, version, columns: statement.columns[table] ?? [] })),
    bytes_scanned: row.bytes_scanned,
    cost_usd: row.cost_usd,
    row_count: row.row_count!,
    truncated: row.truncated === 1,
    engine: row.engine,
    duration_ms: row.duration_ms,
  };
}

/** The same for the same statement at the same place of the same run, whoever carries it out. */
function tokenOf({ runId, executed }: Turn, { sql, parameters }: PreparedQuery): string {
  const statement = createHash('sha256')
    .update(JSON.stringify([sql, parameters]))
    .digest('base64url');
  return `${runId}/${executed}/${statement}`;
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
