import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { withOneForOthers } from '../../platform/fair-line.js';
import { newId } from '../../platform/ids.js';
import { Catalog } from '../../providers/catalog/catalog.js';
import { Crawler, type CrawlerWatch } from '../../providers/catalog/crawler.js';
import { CrawlerFailed, CrawlerStopped, CrawlerTooSlow } from '../../providers/catalog/errors.js';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type Job, type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { type IndexedValue, type TableProfile, TableProfiler } from '../../providers/table-profiler/table-profiler.js';
import { schemaChanges, type SchemaColumn } from '../tables/domain/schema-changes.js';
import { type StoredTable, StoredTables } from '../tables/stored-tables.js';
import { TableValues } from '../tables/table-values.js';
import type { CrawledTable, CrawlerFindings } from './crawl.dto.js';
import { CrawlClearingJob } from './crawl-clearing.job.js';
import { crawlJobKind, type CrawlJobPayload, CrawlLifecycle, type PublishedCrawl } from './crawl-lifecycle.js';
import { CrawlsRepository } from './crawls.repository.js';
import { conversionShare, type CrawlPhase, type CrawlStep, within } from './domain/crawl-progress.js';
import { withinBudget } from './domain/value-budget.js';
import { CrawlOver, DatasetDeleted } from './errors.js';

type Context = JobContext<CrawlJobPayload>;

const valuesPerStep = 500;
const valuesPerTable = 200_000;

/** Where each phase begins in a crawl without a conversion. */
const phaseBegins = { listing: 0, profiling: 0.05, updating: 0.95 } as const;

/**
 * Reads what is stored under a table name, compares it with what the catalog was told last, profiles it, and brings
 * catalog and value index up to date. The catalog may be another system, so the end is ordered to be repeatable: values
 * beside the old ones, the definition, then one transaction that makes the values valid and ends the crawl. Between these
 * two the catalog's own crawler may look at the files for minutes, in which the job waits in the queue.
 */
@Injectable()
export class CrawlJob implements OnModuleInit, JobHandler<CrawlJobPayload> {
  readonly kind = crawlJobKind;
  readonly concurrency: number;
  readonly perWorkspace: number;
  readonly maxAttempts = 5;

  constructor(
    private readonly jobs: JobQueue,
    private readonly profiler: TableProfiler,
    private readonly catalog: Catalog,
    private readonly crawler: Crawler,
    private readonly stored: StoredTables,
    private readonly values: TableValues,
    private readonly crawls: CrawlsRepository,
    private readonly lifecycle: CrawlLifecycle,
    private readonly clearing: CrawlClearingJob,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.concurrency = withOneForOthers(config.ingestWorkers);
    this.perWorkspace = config.ingestWorkers;
  }

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  async run(context: Context): Promise<void> {
    const { published } = context.job.payload;
    await (published ? this.follow(context, published) : this.crawl(context));
  }

  async ended(job: Job<CrawlJobPayload>, transaction: DatabaseTransaction): Promise<void> {
    const { workspace_id: workspaceId, payload } = job;
    const { crawl_id, dataset, published } = payload;
    await this.lifecycle.endWith(transaction, crawl_id, job);
    if (!published) return;
    await this.clearing.enqueue(transaction, workspaceId, { dataset, valuesGeneration: published.valuesGeneration });
  }

  /** To the end, or until there is nothing to do but to wait for the catalog's own crawler. */
  private async crawl(context: Context): Promise<void> {
    const { workspace_id: workspaceId, payload } = context.job;
    const generation = newId('values');
    let published: PublishedCrawl;
    try {
      published = await this.publish(context, generation);
      if (!published.watch) return await this.finish(context, published);
    } catch (error) {
      await this.values.drop(generation, workspaceId, payload.dataset);
      if (error instanceof DatasetDeleted) await this.forget(workspaceId, payload.dataset);
      throw error;
    }
    // Noted before the crawler begins, so that whatever ends this crawl also ends that.
    await context.handBack({ ...payload, published }, 0);
  }

  /** Looks how far the catalog's own crawler is, and leaves the slot to others for as long as it works. */
  private async follow(context: Context, published: PublishedCrawl): Promise<void> {
    await context.transaction((transaction) => this.current(transaction, context));
    const seen = await this.lookAgain(context, published, published.watch!);
    if (!('watch' in seen)) return this.finish(context, published, seen);
    const { watch } = seen;
    await context.handBack({ ...context.job.payload, published: { ...published, watch } }, watch.lookAfterMs);
  }

  /** Brings the table as it is stored into the catalog, with its values, which are not valid yet. */
  private async publish(context: Context, generation: string): Promise<PublishedCrawl> {
    const { workspace_id: workspaceId } = context.job;
    const begin = await this.begin(context);
    const report = reporter(context, begin);
    report('listing', 0);
    const table = await context.transaction((transaction) => this.current(transaction, context));
    const { columns } = await this.profiler.schema(workspaceId, table.objectKeys, context.signal);
    const outcome = await this.compare(workspaceId, table, columns);
    const { crawled, ...stored } = table;
    const published = { table: stored, columns, outcome };
    if (outcome.change === 'unchanged') return { ...published, valuesGeneration: crawled!.valuesGeneration };

    report('profiling', 0);
    const profile = await this.profiler.profile({
      workspaceId,
      objectKeys: table.objectKeys,
      signal: context.signal,
      onProgress: ({ fraction, rows, bytes }) => report('profiling', fraction, { rows, bytes }),
    });
    report('updating', 0);
    await this.index(context, table, generation, withinBudget(profile.values, valuesPerTable));
    await context.transaction((transaction) => this.current(transaction, context));
    await this.define(workspaceId, table, profile);
    return { ...published, valuesGeneration: generation, watch: this.crawler.plan() };
  }

  /** Where in the whole crawl this job's part begins. */
  private async begin(context: Context): Promise<number> {
    const { workspace_id: workspaceId, payload } = context.job;
    return context.transaction(async (transaction) => {
      await this.refuseEnded(transaction, context);
      await this.lifecycle.begin(transaction, workspaceId, payload.crawl_id);
      const crawl = await this.crawls.find(workspaceId, payload.crawl_id, transaction);
      return crawl?.publish_job_id == null ? 0 : conversionShare;
    });
  }

  /** What is stored, provided that the crawl still has a point. */
  private async current(transaction: DatabaseTransaction, context: Context): Promise<StoredTable> {
    await this.refuseEnded(transaction, context);
    const { workspace_id: workspaceId, payload } = context.job;
    const table = await this.stored.find(workspaceId, payload.dataset, transaction);
    if (!table) throw new DatasetDeleted(payload.dataset);
    return table;
  }

  private async refuseEnded(transaction: DatabaseTransaction, { job }: Context): Promise<void> {
    const { crawl_id: crawlId, dataset } = job.payload;
    const crawl = await this.crawls.find(job.workspace_id, crawlId, transaction);
    if (crawl && crawl.finished_at === null) return;
    if (await this.stored.find(job.workspace_id, dataset, transaction)) throw new CrawlOver(crawlId);
    throw new DatasetDeleted(dataset);
  }

  private async compare(
    workspaceId: string,
    { table, version, crawled }: StoredTable,
    columns: readonly SchemaColumn[],
  ): Promise<CrawledTable> {
    if (!crawled) return { table, change: 'created', schema_changes: [] };
    const changes = schemaChanges(crawled.columns, columns);
    const same = changes.length === 0 && crawled.version === version;
    const shows = same ? (await this.catalog.get(workspaceId, table))?.data_version : undefined;
    return { table, change: shows === version ? 'unchanged' : 'updated', schema_changes: changes };
  }

  /** Writes the values beside the valid ones, after clearing away what an interrupted run has left. */
  private async index(
    context: Context,
    { table, crawled }: StoredTable,
    generation: string,
    values: readonly IndexedValue[],
  ): Promise<void> {
    const { workspace_id: workspaceId } = context.job;
    const transact: Context['transaction'] = (work) => context.transaction(work);
    await this.values.dropAllBut(crawled?.valuesGeneration, workspaceId, table, transact);
    for (let start = 0; start < values.length; start += valuesPerStep) {
      context.signal.throwIfAborted();
      const step = values.slice(start, start + valuesPerStep);
      await transact((transaction) => this.values.add(transaction, workspaceId, table, generation, step));
    }
  }

  private async define(workspaceId: string, table: StoredTable, profile: TableProfile): Promise<void> {
    await this.catalog.put(workspaceId, {
      table: table.table,
      columns: profile.columns,
      rows: profile.rows,
      bytes: profile.bytes,
      object_keys: table.objectKeys,
      data_version: table.version,
      updated_at: this.clock.now().toISOString(),
    });
  }

  /** What the catalog's own crawler sees in the files that are published already: it may warn, and holds up nobody. */
  private async lookAgain(
    { job, signal }: Context,
    { table: { table, objectKeys }, columns }: PublishedCrawl,
    watch: CrawlerWatch,
  ): Promise<CrawlerFindings | { readonly watch: CrawlerWatch }> {
    try {
      const request = { workspaceId: job.workspace_id, table, objectKeys, columns, signal };
      const seen = await this.crawler.look(request, watch);
      return 'watch' in seen ? seen : { differences: [...seen.differences] };
    } catch (error) {
      const hasEnded = [CrawlerFailed, CrawlerStopped, CrawlerTooSlow].some((kind) => error instanceof kind);
      if (!hasEnded) throw error;
      return { differences: [], error: (error as Error).message };
    }
  }

  private async finish(
    context: Context,
    { table: { table, version }, columns, outcome, valuesGeneration }: PublishedCrawl,
    crawler?: CrawlerFindings,
  ): Promise<void> {
    const { workspace_id: workspaceId, payload } = context.job;
    const step: CrawlStep = { phase: 'updating', fraction: 1 };
    const tables = [{ ...outcome, ...(crawler && { crawler }) }];
    let earlier: string | undefined;
    await context.complete(async (transaction) => {
      earlier = (await this.current(transaction, context)).crawled?.valuesGeneration;
      await this.stored.markCrawled(transaction, workspaceId, table, { version, columns, valuesGeneration });
      await this.lifecycle.succeed(transaction, workspaceId, payload.crawl_id, { step, tables });
    });
    if (earlier !== undefined && earlier !== valuesGeneration) await this.values.drop(earlier, workspaceId, table);
  }

  /** The data set was deleted, perhaps after this crawl had put its table into the catalog. */
  private async forget(workspaceId: string, dataset: string): Promise<void> {
    if (!(await this.stored.find(workspaceId, dataset))) await this.catalog.delete(workspaceId, dataset);
  }
}

type Report = (phase: CrawlPhase & keyof typeof phaseBegins, fraction: number, done?: Partial<CrawlStep>) => void;

function reporter(context: Context, begin: number): Report {
  const ends = { listing: phaseBegins.profiling, profiling: phaseBegins.updating, updating: 1 } as const;
  return (phase, fraction, done = {}) => {
    const share = within(phaseBegins[phase], ends[phase], fraction);
    context.report({ ...done, phase, fraction: within(begin, 1, share) } satisfies CrawlStep);
  };
}
