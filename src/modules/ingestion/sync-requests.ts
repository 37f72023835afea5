import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { JobQueue } from '../../providers/job-queue/job-queue.js';
import { type SourceRow, SourcesRepository, type SyncMode } from '../sources/sources.repository.js';
import { noCounts } from './domain/sync-state.js';
import { SourceGone } from './errors.js';
import { type SyncRow, SyncsRepository } from './syncs.repository.js';

export const syncJobKind = 'sources.sync';

/** Payload of a `sources.sync` job. What is to be done stands in the source's row, so that asking twice is asking once. */
export interface SyncPayload {
  readonly source_id: string;
}

type SourceKey = Pick<SourceRow, 'workspace_id' | 'source_id'>;

/** Asks for work on a source, which one job at a time does. */
@Injectable()
export class SyncRequests {
  constructor(
    private readonly sources: SourcesRepository,
    private readonly syncs: SyncsRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepts a sync, or without a mode a look at the webhooks that wait. A job that is queued or running already does it as
   * well; answers that job's id. Throws `SourceGone`.
   */
  async ask(
    transaction: DatabaseTransaction,
    key: SourceKey,
    { mode, trigger }: { mode?: SyncMode; trigger: SyncRow['trigger'] },
  ): Promise<string> {
    const row = await this.sources.touch(transaction, key);
    if (!row) throw new SourceGone();
    if (mode) {
      const pending = row.pending_mode === 'full' ? 'full' : mode;
      await this.sources.change(transaction, key, { pending_mode: pending });
    }
    const { job_id } = await this.jobs.enqueue<SyncPayload>(
      {
        kind: syncJobKind,
        workspaceId: row.workspace_id,
        payload: { source_id: row.source_id },
        uniqueKey: `source:${row.source_id}`,
      },
      transaction,
    );
    await this.syncs.insert(transaction, {
      workspace_id: row.workspace_id,
      source_id: row.source_id,
      job_id,
      mode: mode ?? 'events',
      trigger,
      state: 'queued',
      counts: JSON.stringify(noCounts),
      reached: null,
      error: null,
      queued_at: this.clock.now().toISOString(),
      started_at: null,
      finished_at: null,
    });
    return job_id;
  }
}
