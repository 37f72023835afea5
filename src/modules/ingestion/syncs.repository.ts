import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import type { ConnectorChange } from '../../providers/connectors/connector.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { SourceScope } from '../documents/document-writer.js';

export interface SyncRow {
  workspace_id: string;
  source_id: string;
  job_id: string;
  mode: 'full' | 'incremental' | 'events';
  trigger: 'manual' | 'schedule' | 'webhook' | 'change';
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** JSON of `SyncCounts`. */
  counts: string;
  /** JSON of `Reached`. */
  reached: string | null;
  /** JSON of a `JobError`. */
  error: string | null;
  queued_at: string;
  started_at: string | null;
  finished_at: string | null;
}

interface EventRow {
  workspace_id: string;
  source_id: string;
  event_id: string;
  /** JSON array of what the connector has read from the webhook. */
  changes: string;
  received_at: string;
  handled_at: string | null;
}

export interface SourceEvent {
  readonly eventId: string;
  readonly changes: readonly ConnectorChange[];
}

interface SyncTables {
  source_syncs: SyncRow;
  source_events: EventRow;
}

export type SyncPosition = Pick<SyncRow, 'queued_at' | 'job_id'>;
type Transacting = Database | DatabaseTransaction;

/** The history of syncs, and the webhooks that wait to be followed. */
@Injectable()
export class SyncsRepository {
  constructor(private readonly database: Database) {}

  /** Nothing when the job has a row already: it was asked for before. */
  async insert(transaction: DatabaseTransaction, row: SyncRow): Promise<void> {
    await transaction
      .tables<SyncTables>()
      .insertInto('source_syncs')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async find({ workspaceId, sourceId }: SourceScope, jobId: string, within: Transacting): Promise<SyncRow | undefined> {
    return within
      .tables<SyncTables>()
      .selectFrom('source_syncs')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId)
      .where('job_id', '=', jobId)
      .executeTakeFirst();
  }

  /** The newest first. */
  async list(
    { workspaceId, sourceId }: SourceScope,
    limit: number,
    after?: SyncPosition,
    within: Transacting = this.database,
  ): Promise<SyncRow[]> {
    let query = within
      .tables<SyncTables>()
      .selectFrom('source_syncs')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId)
      .orderBy('queued_at', 'desc')
      .orderBy('job_id', 'desc')
      .limit(limit);
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('queued_at', 'job_id'), '<', tuple(after.queued_at, after.job_id)),
      );
    }
    return query.execute();
  }

  async change(
    transaction: DatabaseTransaction,
    { workspaceId, sourceId }: SourceScope,
    jobId: string,
    change: Updateable<SyncRow>,
  ): Promise<void> {
    await transaction
      .tables<SyncTables>()
      .updateTable('source_syncs')
      .set(change)
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId)
      .where('job_id', '=', jobId)
      .execute();
  }

  /** False when the event was there before. */
  async receive(
    transaction: DatabaseTransaction,
    { workspaceId, sourceId }: SourceScope,
    { eventId, changes }: SourceEvent,
    now: string,
  ): Promise<boolean> {
    const row: EventRow = {
      workspace_id: workspaceId,
      source_id: sourceId,
      event_id: eventId,
      changes: JSON.stringify(changes),
      received_at: now,
      handled_at: null,
    };
    const { numInsertedOrUpdatedRows } = await transaction
      .tables<SyncTables>()
      .insertInto('source_events')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Events that wait, the oldest first. */
  async waiting({ workspaceId, sourceId }: SourceScope, limit: number, within: Transacting): Promise<SourceEvent[]> {
    const rows = await within
      .tables<SyncTables>()
      .selectFrom('source_events')
      .select(['event_id', 'changes'])
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId)
      .where('handled_at', 'is', null)
      .orderBy('received_at')
      .limit(limit)
      .execute();
    return rows.map(({ event_id: eventId, changes }) => ({
      eventId,
      changes: JSON.parse(changes) as ConnectorChange[],
    }));
  }

  /** They wait no more, but are known when they come again. Without ids, all of the source. */
  async handled(
    transaction: DatabaseTransaction,
    { workspaceId, sourceId }: SourceScope,
    now: string,
    eventIds?: readonly string[],
  ): Promise<number> {
    let query = transaction
      .tables<SyncTables>()
      .updateTable('source_events')
      .set({ handled_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId)
      .where('handled_at', 'is', null);
    if (eventIds) query = query.where('event_id', 'in', eventIds);
    return Number((await query.executeTakeFirst()).numUpdatedRows);
  }

  async forgetEvents(transaction: DatabaseTransaction, scope: SourceScope, handledBefore: string): Promise<void> {
    await transaction
      .tables<SyncTables>()
      .deleteFrom('source_events')
      .where('workspace_id', '=', scope.workspaceId)
      .where('source_id', '=', scope.sourceId)
      .where('handled_at', '<', handledBefore)
      .execute();
  }

  async deleteAll(transaction: DatabaseTransaction, { workspaceId, sourceId }: SourceScope): Promise<void> {
    for (const table of ['source_events', 'source_syncs'] as const) {
      await transaction
        .tables<SyncTables>()
        .deleteFrom(table)
        .where('workspace_id', '=', workspaceId)
        .where('source_id', '=', sourceId)
        .execute();
    }
  }
}
