import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import type { RunOutcome, SqlFault } from '../../providers/query-engine/query-engine.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { UsageService } from '../usage/usage.service.js';
import { interrupted } from './domain/run-failure.js';
import { QueriesRepository, type QueryChange, type QueryRow } from './queries.repository.js';

const dayMs = 86_400_000;

/** Records what becomes of queries: accepted, started, ended. Every end is recorded, counted and audited in one transaction. */
@Injectable()
export class QueryJournal {
  constructor(
    private readonly queries: QueriesRepository,
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly usage: UsageService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** False, and nothing is recorded, when its client token is taken. */
  accepted(row: QueryRow): Promise<boolean> {
    return this.queries.insert(row);
  }

  async started(row: QueryRow): Promise<QueryChange> {
    const change = { state: 'running', started_at: this.now() } satisfies QueryChange;
    await this.queries.change(row, change);
    return change;
  }

  async succeeded(caller: Caller, row: QueryRow, outcome: RunOutcome, durationMs: number): Promise<QueryChange> {
    const finished = this.clock.now();
    return this.ended(caller, row, {
      state: 'succeeded',
      columns: JSON.stringify(outcome.columns),
      row_count: outcome.rowCount,
      truncated: outcome.truncated ? 1 : 0,
      finished_at: finished.toISOString(),
      duration_ms: durationMs,
      result_key: resultKey(row),
      result_expires_at: new Date(finished.getTime() + this.config.queryResultDays * dayMs).toISOString(),
    });
  }

  /** What may have been stored of a result is removed. */
  async failed(
    caller: Caller,
    row: QueryRow,
    end: { state: 'failed' | 'cancelled'; fault: SqlFault; durationMs: number | null },
  ): Promise<QueryChange> {
    await this.objects.delete(resultKey(row));
    return this.ended(caller, row, {
      state: end.state,
      error: JSON.stringify(end.fault),
      finished_at: this.now(),
      duration_ms: end.durationMs,
      ...(end.fault.kind === 'interrupted' && { client_token: null }),
    });
  }

  /** Ends what a process that no longer exists left unfinished. Reads do no harm by being repeated, but only people know whether they still want them. */
  async endInterrupted(): Promise<void> {
    for (const row of await this.queries.unfinished()) {
      await this.objects.delete(resultKey(row));
      await this.ended({ userId: row.user_id, workspaceId: row.workspace_id }, row, {
        state: 'failed',
        error: JSON.stringify(interrupted),
        finished_at: this.now(),
        client_token: null,
      });
    }
  }

  private async ended(
    { userId, workspaceId, address, credential }: Pick<Caller, 'userId' | 'workspaceId'> & Partial<Caller>,
    row: QueryRow,
    change: QueryChange & { state: 'succeeded' | 'failed' | 'cancelled' },
  ): Promise<QueryChange> {
    await this.database.transaction(async (transaction) => {
      const isNew = await this.queries.change(row, change, transaction);
      if (isNew && row.started_at !== null)
        await this.usage.count(transaction, row.workspace_id, 'bytes_scanned', row.bytes_scanned);
      const event = {
        action: 'query.run',
        object: row.query_id,
        outcome: change.state === 'succeeded' ? 'allowed' : 'failed',
      } as const;
      const detail = { state: change.state, data_versions: JSON.parse(row.data_versions) as object };
      await this.audit.record({ userId, workspaceId, address, credential, ...event, detail }, transaction);
    });
    return change;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

/** Where the result of a query is stored: in no folder of its own, since making folders durable takes longer than most queries. */
export function resultKey({ workspace_id, query_id }: Pick<QueryRow, 'workspace_id' | 'query_id'>): string {
  return `workspaces/${workspace_id}/queries/${query_id}.parquet`;
}
