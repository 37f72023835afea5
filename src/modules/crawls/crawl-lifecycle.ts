import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import type { CrawlerWatch } from '../../providers/catalog/crawler.js';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type Job, type JobError, JobQueue } from '../../providers/job-queue/job-queue.js';
import type { StoredSchema } from '../../providers/table-profiler/table-profiler.js';
import type { StoredTable } from '../tables/stored-tables.js';
import type { CrawledTable } from './crawl.dto.js';
import { activeStates, type CrawlRow, CrawlsRepository } from './crawls.repository.js';
import type { CrawlStep } from './domain/crawl-progress.js';

export const crawlJobKind = 'crawls.run';

/** A crawl whose table is in the catalog already: what its end will say. */
export interface PublishedCrawl {
  readonly table: Omit<StoredTable, 'crawled'>;
  readonly columns: StoredSchema['columns'];
  readonly outcome: CrawledTable;
  readonly valuesGeneration: string;
  /** How far the catalog's own crawler is; undefined where none looks. */
  readonly watch?: CrawlerWatch | undefined;
}

/** Payload of a `crawls.run` job. */
export interface CrawlJobPayload {
  readonly crawl_id: string;
  readonly dataset: string;
  /** Once nothing is left to do but to wait for the catalog's own crawler. */
  readonly published?: PublishedCrawl;
}

/**
 * Every change of a crawl's state, in the transaction of whatever causes it. A crawl that comes with a submit exists
 * from the submit on, so that there is one address to follow; it has two jobs, one after the other.
 */
@Injectable()
export class CrawlLifecycle {
  constructor(
    private readonly crawls: CrawlsRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** The data set's crawl that has not ended yet. */
  async active(transaction: DatabaseTransaction, workspaceId: string, dataset: string): Promise<CrawlRow | undefined> {
    return this.crawls.findActive(workspaceId, dataset, transaction);
  }

  /** Announces the crawl that will follow a conversion, which `publish` enqueues. */
  async announce<Published extends { readonly job_id: string }>(
    transaction: DatabaseTransaction,
    crawl: { workspaceId: string; dataset: string; userId: string },
    publish: (crawlId: string) => Promise<Published>,
  ): Promise<{ crawlId: string; job: Published }> {
    const row = this.newCrawl(crawl);
    const job = await publish(row.crawl_id);
    await this.crawls.insert(transaction, { ...row, publish_job_id: job.job_id });
    return { crawlId: row.crawl_id, job };
  }

  /** Creates a crawl of what is stored now. */
  async create(
    transaction: DatabaseTransaction,
    crawl: { workspaceId: string; dataset: string; userId: string },
  ): Promise<CrawlRow> {
    const row = this.newCrawl(crawl);
    const job = await this.enqueue(transaction, row);
    const created = { ...row, crawl_job_id: job.job_id };
    await this.crawls.insert(transaction, created);
    return created;
  }

  /** The first job of the crawl has begun. False when the crawl is over. */
  async begin(transaction: DatabaseTransaction, workspaceId: string, crawlId: string): Promise<boolean> {
    const crawl = await this.crawls.find(workspaceId, crawlId, transaction);
    const change = { started_at: crawl?.started_at ?? this.now() };
    if (crawl?.state !== 'queued') return this.crawls.change(workspaceId, crawlId, activeStates, change, transaction);
    return this.crawls.change(workspaceId, crawlId, ['queued'], { ...change, state: 'running' }, transaction);
  }

  /** The conversion has succeeded: the crawl itself comes next. Nothing happens when the crawl is over. */
  async continue(transaction: DatabaseTransaction, workspaceId: string, crawlId: string): Promise<void> {
    const crawl = await this.crawls.find(workspaceId, crawlId, transaction);
    if (!crawl || crawl.finished_at !== null) return;
    const job = await this.enqueue(transaction, crawl);
    await this.crawls.change(workspaceId, crawlId, activeStates, { crawl_job_id: job.job_id }, transaction);
  }

  /** False when the crawl is over already. */
  async succeed(
    transaction: DatabaseTransaction,
    workspaceId: string,
    crawlId: string,
    outcome: { step: CrawlStep; tables: readonly CrawledTable[] },
  ): Promise<boolean> {
    const change = {
      state: 'succeeded',
      progress: JSON.stringify(outcome.step),
      tables: JSON.stringify(outcome.tables),
      finished_at: this.now(),
    } as const;
    return this.crawls.change(workspaceId, crawlId, activeStates, change, transaction);
  }

  /** One of the crawl's jobs has failed, or was cancelled: the crawl ends with it. */
  async endWith(transaction: DatabaseTransaction, crawlId: string, job: Job): Promise<void> {
    const { workspace_id: workspaceId, error, progress } = job;
    await this.end(transaction, workspaceId, crawlId, job.state === 'cancelled' ? undefined : error, progress);
  }

  /** Ends the data set's active crawl for the given reason; returns the jobs that are to be cancelled afterwards. */
  async abandon(
    transaction: DatabaseTransaction,
    workspaceId: string,
    dataset: string,
    reason: JobError,
  ): Promise<string[]> {
    const crawl = await this.crawls.findActive(workspaceId, dataset, transaction);
    if (!crawl) return [];
    await this.end(transaction, workspaceId, crawl.crawl_id, reason, undefined);
    return [crawl.crawl_job_id ?? crawl.publish_job_id!];
  }

  private async end(
    transaction: DatabaseTransaction,
    workspaceId: string,
    crawlId: string,
    error: JobError | undefined,
    progress: unknown,
  ): Promise<void> {
    const change = {
      state: error === undefined ? 'stopped' : 'failed',
      error: error === undefined ? null : JSON.stringify(error),
      progress: progress === undefined || progress === null ? null : JSON.stringify(progress),
      finished_at: this.now(),
    } as const;
    await this.crawls.change(workspaceId, crawlId, activeStates, change, transaction);
  }

  private enqueue(transaction: DatabaseTransaction, crawl: CrawlRow): Promise<Job<CrawlJobPayload>> {
    const { workspace_id: workspaceId, crawl_id, dataset } = crawl;
    return this.jobs.enqueue({ kind: crawlJobKind, workspaceId, payload: { crawl_id, dataset } }, transaction);
  }

  private newCrawl({
    workspaceId,
    dataset,
    userId,
  }: {
    workspaceId: string;
    dataset: string;
    userId: string;
  }): CrawlRow {
    return {
      workspace_id: workspaceId,
      crawl_id: newId('crawl'),
      dataset,
      state: 'queued',
      publish_job_id: null,
      crawl_job_id: null,
      progress: null,
      tables: '[]',
      error: null,
      created_by: userId,
      queued_at: this.now(),
      started_at: null,
      finished_at: null,
    };
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
