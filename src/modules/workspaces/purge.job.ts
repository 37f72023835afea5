import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Catalog } from '../../providers/catalog/catalog.js';
import { Clock } from '../../providers/clock/clock.js';
import { type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import { QueryEngine } from '../../providers/query-engine/query-engine.js';
import { AuditLog } from '../audit/audit.log.js';
import { DeletedWorkspacesRepository } from './deleted-workspaces.repository.js';
import { EndWorkJob } from './end-work.job.js';

/** Removes what is kept of a workspace elsewhere than in its objects and in rows that name it. May be called again. */
export type WorkspaceRemover = (workspaceId: string) => Promise<void>;

const batch = 200;
const pauseMs = 10;

/**
 * Removes deleted workspaces whose time to be restored is over, every hour. It finds them by their dates and not by its
 * payload: a restore in between leaves nothing to do, a run that was cut off is made up for by the next one, and no job
 * remembers a workspace that is gone.
 */
@Injectable()
export class PurgeJob implements OnModuleInit, OnApplicationBootstrap, JobHandler<unknown> {
  readonly kind = 'workspaces.purge';
  readonly concurrency = 1;
  readonly maxAttempts = 5;
  private readonly removers: WorkspaceRemover[] = [];

  constructor(
    private readonly jobs: JobQueue,
    private readonly deleted: DeletedWorkspacesRepository,
    private readonly endWork: EndWorkJob,
    private readonly objects: ObjectStore,
    private readonly catalog: Catalog,
    private readonly engine: QueryEngine,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { kind } = this;
    await this.jobs.schedule({ key: kind, cron: '37 * * * *', kind, workspaceId: 'system', payload: null });
  }

  /** For modules that keep something which neither its key nor a column `workspace_id` gives away. */
  alsoRemove(remover: WorkspaceRemover): void {
    this.removers.push(remover);
  }

  async run(context: JobContext<unknown>): Promise<void> {
    const now = this.clock.now().toISOString();
    const due = await this.deleted.idsToPurge(now);
    // What was accepted in the moment of the deletion would else write into what is being removed.
    if (due.length > 0) await this.endWork.endAll(context.signal);
    for (const workspaceId of due) {
      context.signal.throwIfAborted();
      const sealed = await context.transaction((transaction) => this.deleted.seal(transaction, workspaceId, now));
      if (sealed) await this.purge(context, workspaceId);
    }
  }

  /** The workspace itself goes last, so that whatever stops this, the next run finds it again. */
  private async purge(context: JobContext<unknown>, workspaceId: string): Promise<void> {
    for (const remove of this.removers) await remove(workspaceId);
    await this.catalog.deleteAll(workspaceId);
    await this.engine.forget(workspaceId);
    const objects = await this.objects.deletePrefix(`workspaces/${workspaceId}/`);
    let rows = 0;
    for (const table of await this.deleted.tables()) rows += await this.deleteRows(context, table, workspaceId);
    await context.transaction(async (transaction) => {
      await this.deleted.deleteWorkspace(transaction, workspaceId);
      const detail = { objects, rows };
      await this.audit.record(
        { workspaceId, action: 'workspace.purged', object: workspaceId, outcome: 'allowed', detail },
        transaction,
      );
    });
  }

  /** A few at a time with pauses in between: nobody waits for this, but everybody else waits for the database. */
  private async deleteRows(context: JobContext<unknown>, table: string, workspaceId: string): Promise<number> {
    let total = 0;
    for (let found = batch; found === batch; total += found) {
      await this.clock.sleep(pauseMs, context.signal);
      found = await context.transaction((transaction) =>
        this.deleted.deleteRows(transaction, table, workspaceId, batch),
      );
    }
    return total;
  }
}
