import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Database } from '../../providers/database/database.js';
import { Replicas } from '../replicas/replicas.js';
import { QueriesRepository } from './queries.repository.js';
import { QueryJournal } from './query-journal.js';
import { QueryRunner } from './query-runner.js';

const abandonedMs = 10_000;
const cancelledMs = 500;

/** Ends the queries of processes that are gone, and those of this one that another was asked to cancel. */
@Injectable()
export class QueryWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly journal: QueryJournal,
    private readonly runner: QueryRunner,
    private readonly queries: QueriesRepository,
    private readonly replicas: Replicas,
    private readonly database: Database,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.journal.endInterrupted();
    if (!this.database.isShared) return;
    this.every(abandonedMs, () => this.journal.endInterrupted());
    this.every(cancelledMs, () => this.stopCancelled());
  }

  onModuleDestroy(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async stopCancelled(): Promise<void> {
    if (this.runner.isIdle) return;
    for (const { workspace_id, query_id } of await this.queries.toCancel(this.replicas.id))
      this.runner.find(workspace_id, query_id)?.stop('cancelled');
  }

  private every(milliseconds: number, work: () => Promise<void>): void {
    const tick = () =>
      work().catch((error: unknown) => this.logger.error({ err: error }, 'Queries were not looked after'));
    this.timers.push(setInterval(() => void tick(), milliseconds).unref());
  }
}
