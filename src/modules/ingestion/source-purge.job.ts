import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { AuditLog } from '../audit/audit.log.js';
import { DocumentWriter } from '../documents/document-writer.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { SyncsRepository } from './syncs.repository.js';

const sourcesAtOnce = 20;
const documentsAtOnce = 500;
const everything = Number.MAX_SAFE_INTEGER;
const dayMs = 86_400_000;

/** Removes deleted sources with their documents once their time to be restored is over, every hour. */
@Injectable()
export class SourcePurgeJob implements OnModuleInit, OnApplicationBootstrap, JobHandler<unknown> {
  readonly kind = 'sources.purge';
  readonly concurrency = 1;
  readonly maxAttempts = 5;

  constructor(
    private readonly jobs: JobQueue,
    private readonly sources: SourcesRepository,
    private readonly syncs: SyncsRepository,
    private readonly documents: DocumentWriter,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { kind } = this;
    await this.jobs.schedule({ key: kind, cron: '23 * * * *', kind, workspaceId: 'system', payload: null });
  }

  async run(context: JobContext<unknown>): Promise<void> {
    const due = new Date(this.clock.now().getTime() - this.config.sourceGraceDays * dayMs).toISOString();
    for (const source of await this.sources.deletedBefore(due, sourcesAtOnce)) await this.purge(context, source);
  }

  /** The source itself goes last, so that whatever stops this, the next run finds it again. */
  private async purge(context: JobContext<unknown>, source: SourceRow): Promise<void> {
    const scope = { workspaceId: source.workspace_id, sourceId: source.source_id };
    for (let removed = documentsAtOnce; removed === documentsAtOnce;) {
      context.signal.throwIfAborted();
      removed = await context.transaction(async (transaction) => {
        // Somebody may have restored it a moment ago.
        if (!(await this.sources.findDeleted(scope.workspaceId, scope.sourceId, transaction))) return -1;
        return this.documents.removeOlder(transaction, scope, everything, documentsAtOnce);
      });
      if (removed < 0) return;
    }
    await context.transaction(async (transaction) => {
      if (!(await this.sources.findDeleted(scope.workspaceId, scope.sourceId, transaction))) return;
      await this.syncs.deleteAll(transaction, scope);
      await this.sources.delete(transaction, source);
      const { workspaceId, sourceId: object } = scope;
      const detail = { name: source.name };
      await this.audit.record(
        { workspaceId, action: 'source.purged', object, outcome: 'allowed', detail },
        transaction,
      );
    });
  }
}
