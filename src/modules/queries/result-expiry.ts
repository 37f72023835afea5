import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { type JobContext, JobQueue } from '../../providers/job-queue/job-queue.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import { AuditLog } from '../audit/audit.log.js';
import { QueriesRepository } from './queries.repository.js';

const batch = 200;

/** Deletes results whose time is over, every hour. The history keeps the queries. */
@Injectable()
export class ResultExpiry implements OnModuleInit, OnApplicationBootstrap {
  static readonly kind = 'queries.expire_results';

  constructor(
    private readonly jobs: JobQueue,
    private readonly queries: QueriesRepository,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const { kind } = ResultExpiry;
    this.jobs.handle({ kind, concurrency: 1, maxAttempts: 5, run: (context) => this.expire(context) });
  }

  /** The schedule belongs to no workspace. */
  async onApplicationBootstrap(): Promise<void> {
    const { kind } = ResultExpiry;
    await this.jobs.schedule({ key: kind, cron: '17 * * * *', kind, workspaceId: 'system', payload: {} });
  }

  private async expire(context: JobContext<unknown>): Promise<void> {
    const now = this.clock.now().toISOString();
    let expired;
    do {
      expired = await this.queries.withExpiredResult(now, batch);
      for (const query of expired) {
        context.signal.throwIfAborted();
        await this.objects.delete(query.result_key);
        const event = { action: 'query.result_expired', object: query.query_id, outcome: 'allowed' } as const;
        await context.transaction(async (transaction) => {
          await this.queries.forgetResult(transaction, query);
          await this.audit.record({ workspaceId: query.workspace_id, ...event }, transaction);
        });
      }
    } while (expired.length === batch);
  }
}
