import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Config } from '../../config/config.js';
import { ServiceStopping } from '../../platform/errors/common-problems.js';
import { withOneForOthers } from '../../platform/fair-line.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Clock } from '../../providers/clock/clock.js';
import {
  type CheckedStatement,
  QueryEngine,
  type QueryParameter,
  type RunOutcome,
  type TableFiles,
  type TableSchema,
} from '../../providers/query-engine/query-engine.js';
import { AccessHolds } from '../access/access-holds.js';
import type { Caller } from '../access/caller.js';
import { Replicas } from '../replicas/replicas.js';
import { FairSlots, type Release } from './domain/fair-slots.js';
import { runFailure } from './domain/run-failure.js';
import { QueryRepeated, TooManyQueries } from './errors.js';
import { LiveQuery } from './live-query.js';
import type { QueryRow } from './queries.repository.js';
import { QueryJournal, resultKey } from './query-journal.js';

/** All that a run needs besides its row. */
export interface RunPlan {
  readonly statement: CheckedStatement;
  readonly schemas: readonly TableSchema[];
  readonly tables: readonly TableFiles[];
  readonly parameters: readonly QueryParameter[];
  /** How many queries of the workspace may run at the same time. */
  readonly concurrentQueries: number;
  /** Rows to return with the end. */
  readonly firstPageRows: number;
}

/**
 * Runs accepted queries in the background, workspaces taking turns: as many of one workspace at once as it may, at most
 * `QUERY_WORKERS`, so that one slot is always left to the others. A run belongs to this process from its acceptance to
 * its recorded end.
 */
@Injectable()
export class QueryRunner implements OnModuleDestroy {
  private readonly slots: FairSlots;
  private readonly live = new Map<string, LiveQuery>();
  private readonly perWorkspace = new Map<string, number>();
  private stopping = false;

  constructor(
    private readonly engine: QueryEngine,
    private readonly journal: QueryJournal,
    private readonly replicas: Replicas,
    private readonly holds: AccessHolds,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly lifecycle: Lifecycle,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {
    this.slots = new FairSlots(withOneForOthers(config.queryWorkers));
  }

  /** Throws `TooManyQueries` when the workspace has as many as it may, `ServiceStopping` when no more are taken. */
  refuseWhenFull(workspaceId: string): void {
    if (this.stopping) throw new ServiceStopping();
    const limit = this.config.queriesPerWorkspace;
    if ((this.perWorkspace.get(workspaceId) ?? 0) >= limit) throw new TooManyQueries(limit);
  }

  /**
   * Accepts a query; it is recorded when this resolves, and runs whether or not anybody waits for it. Throws
   * `QueryRepeated` when there is one under its client token.
   */
  async accept(caller: Caller, queued: QueryRow, plan: RunPlan): Promise<LiveQuery> {
    this.refuseWhenFull(queued.workspace_id);
    const slot = this.slots.tryTake(queued.workspace_id, plan.concurrentQueries);
    const own: QueryRow = { ...queued, replica_id: this.replicas.id };
    const row: QueryRow = slot ? { ...own, state: 'running', started_at: queued.created_at } : own;
    const live = new LiveQuery(row);
    this.enter(live);
    try {
      if (!(await this.journal.accepted(row))) throw new QueryRepeated();
    } catch (error) {
      slot?.();
      this.leave(live);
      throw error;
    }
    const release = this.holds.hold(caller, () => live.stop('access-ended'));
    void this.carryOut(caller, live, plan, slot).finally(release);
    return live;
  }

  get isIdle(): boolean {
    return this.live.size === 0;
  }

  /** A query that has not ended yet. */
  find(workspaceId: string, queryId: string): LiveQuery | undefined {
    const live = this.live.get(queryId);
    return live?.row.workspace_id === workspaceId ? live : undefined;
  }

  /** What was accepted gets the grace time to finish, as whoever asked for it looks for it on another replica. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    const left = [...this.live.values()];
    const cut = setTimeout(() => left.forEach((live) => live.stop('interrupted')), this.lifecycle.graceLeftMs);
    await Promise.allSettled(left.map(({ ended }) => ended));
    clearTimeout(cut);
  }

  private async carryOut(caller: Caller, live: LiveQuery, plan: RunPlan, slot: Release | undefined): Promise<void> {
    let release = slot;
    let begun: number | undefined;
    try {
      if (!release) {
        release = await this.slots.take(live.row.workspace_id, plan.concurrentQueries, live.signal);
        live.advance(await this.journal.started(live.row));
      }
      begun = this.clock.elapsed();
      const outcome = await this.run(live, plan);
      live.end(await this.journal.succeeded(caller, live.row, outcome, this.since(begun)), outcome.firstPage);
    } catch (error) {
      await this.fail(caller, live, error, begun === undefined ? null : this.since(begun));
    } finally {
      release?.();
      this.leave(live);
    }
  }

  private run(live: LiveQuery, plan: RunPlan): Promise<RunOutcome> {
    const { row } = live;
    return this.engine.run({
      ...plan,
      queryId: row.query_id,
      workspaceId: row.workspace_id,
      userSql: row.sql,
      maxRows: row.max_rows,
      deadlineMs: this.config.queryDeadlineSeconds * 1000,
      resultKey: resultKey(row),
      signal: live.signal,
      onProgress: (fraction) => live.progress(fraction),
    });
  }

  private async fail(caller: Caller, live: LiveQuery, error: unknown, durationMs: number | null): Promise<void> {
    const failure = runFailure(error, live.stopReason);
    if (failure.unexpected)
      this.logger.error({ err: error, query_id: live.row.query_id }, 'A query failed unexpectedly');
    try {
      live.end(await this.journal.failed(caller, live.row, { ...failure, durationMs }));
    } catch (cause) {
      // The row stays unfinished, and the next start ends it as interrupted.
      this.logger.error({ err: cause, query_id: live.row.query_id }, 'The end of a query could not be recorded');
      live.abandon(cause);
    }
  }

  private since(begun: number): number {
    return Math.round((this.clock.elapsed() - begun) * 10) / 10;
  }

  private enter(live: LiveQuery): void {
    const { workspace_id, query_id } = live.row;
    this.live.set(query_id, live);
    this.perWorkspace.set(workspace_id, (this.perWorkspace.get(workspace_id) ?? 0) + 1);
  }

  private leave(live: LiveQuery): void {
    const { workspace_id, query_id } = live.row;
    this.live.delete(query_id);
    const left = this.perWorkspace.get(workspace_id)! - 1;
    if (left > 0) this.perWorkspace.set(workspace_id, left);
    else this.perWorkspace.delete(workspace_id);
  }
}
