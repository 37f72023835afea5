import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Catalog } from '../../providers/catalog/catalog.js';
import { Crawler } from '../../providers/catalog/crawler.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { StoredTables } from '../tables/stored-tables.js';
import { TableValues } from '../tables/table-values.js';
import { CrawlsRepository } from './crawls.repository.js';

interface ClearingPayload {
  readonly dataset: string;
  /** Values that the crawl had stored. */
  readonly valuesGeneration: string;
  /** Times it was looked at whether the crawler has stopped. */
  readonly looks?: number;
}

const lookAgainMs = 5000;
/** A crawler that has not stopped after so many is left to itself. */
const mostLooks = 200;

/** Clears up after a crawl that ended while the catalog's own crawler was at work for it. */
@Injectable()
export class CrawlClearingJob implements OnModuleInit, JobHandler<ClearingPayload> {
  readonly kind = 'crawls.clear';
  readonly concurrency = 1;
  readonly maxAttempts = 10;

  constructor(
    private readonly jobs: JobQueue,
    private readonly crawls: CrawlsRepository,
    private readonly crawler: Crawler,
    private readonly catalog: Catalog,
    private readonly stored: StoredTables,
    private readonly values: TableValues,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  /** Accepts it if and only if the transaction commits. */
  async enqueue(transaction: DatabaseTransaction, workspaceId: string, payload: ClearingPayload): Promise<void> {
    await this.jobs.enqueue({ kind: this.kind, workspaceId, payload }, transaction);
  }

  async run(context: JobContext<ClearingPayload>): Promise<void> {
    const { workspace_id: workspaceId, payload } = context.job;
    const { dataset, valuesGeneration, looks = 0 } = payload;
    // A crawl that was begun since goes on with the crawler.
    if (!(await this.crawls.findActive(workspaceId, dataset))) {
      const isAtRest = await this.crawler.stop(workspaceId, dataset);
      if (!isAtRest && looks < mostLooks) return context.handBack({ ...payload, looks: looks + 1 }, lookAgainMs);
      if (!(await this.stored.find(workspaceId, dataset))) await this.catalog.delete(workspaceId, dataset);
    }
    const table = await this.stored.find(workspaceId, dataset);
    if (table?.crawled?.valuesGeneration === valuesGeneration) return;
    await this.values.drop(valuesGeneration, workspaceId, dataset);
  }
}
