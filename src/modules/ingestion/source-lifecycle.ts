import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { JobQueue } from '../../providers/job-queue/job-queue.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { SourceNotFound } from './errors.js';
import { Source } from './source.dto.js';
import { SourceSchedules } from './source-schedules.js';
import { SourceViews } from './source-views.js';
import { SyncRequests } from './sync-requests.js';
import { SyncsRepository } from './syncs.repository.js';

/** Pausing sources, deleting them, and bringing them back. */
@Injectable()
export class SourceLifecycle {
  constructor(
    private readonly database: Database,
    private readonly sources: SourcesRepository,
    private readonly syncs: SyncsRepository,
    private readonly schedules: SourceSchedules,
    private readonly requests: SyncRequests,
    private readonly jobs: JobQueue,
    private readonly views: SourceViews,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Nothing is read any more, and what runs stops. Its documents stay to be found. */
  async pause(caller: Caller, sourceId: string): Promise<Source> {
    const row = await this.change(caller, sourceId, 'source.paused', async (transaction, source) => {
      await this.sources.change(transaction, source, { paused: 1, updated_at: this.now() });
    });
    await this.stop(row);
    return this.show(caller, sourceId);
  }

  /** Also asks for what was missed. Resuming what is not paused changes nothing. */
  async resume(caller: Caller, sourceId: string): Promise<Source> {
    await this.change(caller, sourceId, 'source.resumed', async (transaction, source) => {
      if (source.paused === 0) return;
      await this.sources.change(transaction, source, { paused: 0, updated_at: this.now() });
      await this.requests.ask(transaction, source, { mode: 'incremental', trigger: 'manual' });
    });
    await this.schedules.apply((await this.sources.find(caller.workspaceId, sourceId))!);
    return this.show(caller, sourceId);
  }

  /** From now on nobody finds its documents. Throws `InvalidRequest` unless `confirm` is the exact name. */
  async delete(caller: Caller, sourceId: string, confirm: string): Promise<void> {
    const row = await this.change(caller, sourceId, 'source.deleted', async (transaction, source) => {
      if (confirm !== source.name) {
        const detail = 'must be the exact name of the source';
        throw new InvalidRequest([{ pointer: '?confirm', detail }]);
      }
      await this.sources.change(transaction, source, { deleted_at: this.now(), updated_at: this.now() });
    });
    await this.stop({ ...row, deleted_at: this.now() });
  }

  /** As long as nothing of it is removed. Also asks for what was missed. Restoring what is not deleted changes nothing. */
  async restore(caller: Caller, sourceId: string): Promise<Source> {
    const { workspaceId } = caller;
    await this.database.transaction(async (transaction) => {
      const deleted = await this.sources.findDeleted(workspaceId, sourceId, transaction);
      if (!deleted && !(await this.sources.find(workspaceId, sourceId, transaction)))
        throw new SourceNotFound(sourceId);
      if (!deleted) return;
      await this.sources.change(transaction, deleted, { deleted_at: null, updated_at: this.now() });
      if (deleted.paused === 0)
        await this.requests.ask(transaction, deleted, { mode: 'incremental', trigger: 'manual' });
      await this.audit.recordChange(transaction, caller, 'source.restored', sourceId, { name: deleted.name });
    });
    await this.schedules.apply((await this.sources.find(workspaceId, sourceId))!);
    return this.show(caller, sourceId);
  }

  private async change(
    caller: Caller,
    sourceId: string,
    action: string,
    work: (transaction: DatabaseTransaction, source: SourceRow) => Promise<void>,
  ): Promise<SourceRow> {
    return this.database.transaction(async (transaction) => {
      const key = { workspace_id: caller.workspaceId, source_id: sourceId };
      const source = await this.sources.touch(transaction, key);
      if (!source) throw new SourceNotFound(sourceId);
      await work(transaction, source);
      await this.audit.recordChange(transaction, caller, action, sourceId, { name: source.name });
      return source;
    });
  }

  /** Its schedule, and the run that goes on or waits. */
  private async stop({ workspace_id: workspaceId, source_id: sourceId }: SourceRow): Promise<void> {
    await this.schedules.apply({
      workspace_id: workspaceId,
      source_id: sourceId,
      schedule: null,
      paused: 1,
      deleted_at: null,
    });
    const [latest] = await this.syncs.list({ workspaceId, sourceId }, 1);
    if (latest?.finished_at === null) await this.jobs.cancel(workspaceId, latest.job_id);
  }

  private async show({ workspaceId }: Caller, sourceId: string): Promise<Source> {
    const row = await this.sources.find(workspaceId, sourceId);
    if (!row) throw new SourceNotFound(sourceId);
    return this.views.show(row);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
