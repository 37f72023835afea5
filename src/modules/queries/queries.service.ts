import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import type { ServerSentEvent } from '../../platform/http/sse.js';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { Clock } from '../../providers/clock/clock.js';
import type { CheckedStatement, QueryParameter } from '../../providers/query-engine/query-engine.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { shown } from './domain/query-view.js';
import { QueryNotFound, SqlRefused } from './errors.js';
import type { LiveQuery } from './live-query.js';
import { QueriesRepository, type QueryRow } from './queries.repository.js';
import { ListQueries, Query, QueryEstimate, QueryPage } from './query.dto.js';
import { QueryAllowance } from './query-allowance.js';
import { QueryPlanner, type QueryPlan } from './query-planner.js';
import { QueryRunner } from './query-runner.js';

/** What to run. */
export interface RunInput {
  readonly sql: string;
  readonly parameters?: readonly QueryParameter[] | undefined;
  readonly max_rows?: number | undefined;
  readonly max_bytes_scanned?: number | undefined;
  /** The only tables that it may read; absent: all of the workspace. */
  readonly tables?: readonly string[] | undefined;
  /** The caller's own name for it: a second one under the same is refused with `QueryRepeated`, see `EarlierQueries`. */
  readonly client_token?: string | undefined;
}

/** Rows that are sent with the end of a query. */
export const firstPageRows = 1000;

/** A query cancelled while it runs ends within a second; this is how long the answer waits for that. */
const cancelWaitMs = 3000;

/** Queries of a workspace: accept, watch, cancel, look up. */
@Injectable()
export class QueriesService {
  constructor(
    private readonly planner: QueryPlanner,
    private readonly allowance: QueryAllowance,
    private readonly runner: QueryRunner,
    private readonly queries: QueriesRepository,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Accepts a query, which then runs in the background. Throws `SqlRefused`, `TooManyBytes`, `TooManyQueries`,
   * `QuotaExceeded` or `InvalidRequest` before anything is run or recorded.
   */
  async run(caller: Caller, input: RunInput): Promise<LiveQuery> {
    this.runner.refuseWhenFull(caller.workspaceId);
    return this.start(caller, input, await this.planner.plan(caller, input.sql, input.tables));
  }

  /** As `run`, with a statement that the planner has judged already. */
  async start(caller: Caller, input: RunInput, plan: QueryPlan): Promise<LiveQuery> {
    const maxRows = this.maxRows(input.max_rows);
    const parameters = input.parameters ?? [];
    refuseWrongCount(plan.statement, parameters.length);
    await this.allowance.refuseTooMuch(caller.workspaceId, plan.estimate.bytesScanned, input.max_bytes_scanned);
    const row = this.newRow(caller, { ...input, parameters, max_rows: maxRows }, plan);
    return this.runner.accept(caller, row, {
      statement: plan.statement,
      schemas: plan.schemas,
      tables: plan.snapshot,
      parameters,
      concurrentQueries: await this.allowance.concurrent(caller.workspaceId),
      firstPageRows,
    });
  }

  async estimate(caller: Caller, sql: string): Promise<QueryEstimate> {
    return this.judge(caller, await this.planner.plan(caller, sql));
  }

  /** What a planned statement would read and cost, and whether that is too much. */
  async judge({ workspaceId }: Caller, { estimate }: QueryPlan): Promise<QueryEstimate> {
    return {
      tables: [...estimate.tables],
      bytes_scanned: estimate.bytesScanned,
      cost_usd: estimate.costUsd,
      ...(await this.allowance.decide(workspaceId, estimate.bytesScanned)),
    };
  }

  async get({ workspaceId }: Caller, queryId: string): Promise<Query> {
    return shown(await this.row(workspaceId, queryId));
  }

  /** Throws `QueryNotFound`, also for a query of another workspace. */
  async row(workspaceId: string, queryId: string): Promise<QueryRow> {
    const row = await this.queries.find(workspaceId, queryId);
    if (!row) throw new QueryNotFound();
    return row;
  }

  async list({ workspaceId }: Caller, { limit, cursor, state, search }: ListQueries): Promise<QueryPage> {
    const scope = `queries/${workspaceId}/${state ?? ''}/${search ?? ''}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor);
    const rows = await this.queries.list({ workspaceId, limit: limit + 1, state, search, before });
    return pageOf(rows, limit, shown, ({ query_id }) => this.cursors.encode(scope, query_id));
  }

  /** Stops a query and waits for its end, which may be that it succeeded just before. One that has ended stays as it is. */
  async cancel(caller: Caller, queryId: string): Promise<Query> {
    const { workspaceId } = caller;
    const live = this.runner.find(workspaceId, queryId);
    if (live) await this.audit.record({ ...caller, action: 'query.cancelled', object: queryId, outcome: 'allowed' });
    live?.stop('cancelled');
    await live?.endedWithin(cancelWaitMs);
    return shown(await this.row(workspaceId, queryId));
  }

  /** Changes of state and progress. Of a query that has ended there is one event: how it ended. */
  async *events(
    { workspaceId }: Caller,
    queryId: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent> {
    const live = this.runner.find(workspaceId, queryId);
    if (live) yield* live.events.follow(after, signal);
    else yield { id: after + 1, event: 'state', data: shown(await this.row(workspaceId, queryId)) };
  }

  private maxRows(requested: number | undefined): number {
    const limit = this.config.queryMaxRows;
    if (requested !== undefined && requested > limit) {
      throw new InvalidRequest([{ pointer: '/max_rows', detail: `must not be greater than ${limit}` }]);
    }
    return requested ?? limit;
  }

  private newRow(
    caller: Caller,
    { sql, parameters, max_rows, client_token }: RunInput & { readonly max_rows: number },
    { statement, snapshot, estimate, engine }: QueryPlan,
  ): QueryRow {
    const now = this.clock.now();
    return {
      workspace_id: caller.workspaceId,
      query_id: newId('qry', now.getTime()),
      user_id: caller.userId,
      sql,
      parameters: JSON.stringify(parameters),
      state: 'queued',
      max_rows,
      engine,
      bytes_scanned: estimate.bytesScanned,
      cost_usd: estimate.costUsd,
      data_versions: JSON.stringify(Object.fromEntries(snapshot.map(({ table, version }) => [table, version]))),
      warnings: JSON.stringify(statement.warnings),
      columns: '[]',
      row_count: null,
      truncated: 0,
      error: null,
      created_at: now.toISOString(),
      started_at: null,
      finished_at: null,
      duration_ms: null,
      result_key: null,
      result_expires_at: null,
      client_token: client_token ?? null,
    };
  }
}

function refuseWrongCount({ parameterCount }: CheckedStatement, given: number): void {
  if (parameterCount === given) return;
  throw new SqlRefused({
    kind: 'parameters',
    message: `The statement has ${parameterCount} placeholders (?), but ${given} parameters were given.`,
    hint: 'Give one value in "parameters" for each ? of the statement, in the same order.',
  });
}
