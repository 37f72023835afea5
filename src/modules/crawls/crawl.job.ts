import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { withOneForOthers } from '../../platform/fair-line.js';
import { newId } from '../../platform/ids.js';
import { Catalog } from '../../providers/catalog/catalog.js';
import { Crawler } from '../../providers/catalog/crawler.js';
import { CrawlerFailed, CrawlerStopped, CrawlerTooSlow } from '../../providers/catalog/errors.js';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type Job, type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { type IndexedValue, type TableProfile, TableProfiler } from '../../providers/table-profiler/table-profiler.js';
import { schemaChanges, type SchemaColumn } from '../tables/domain/schema-changes.js';
import { type StoredTable, StoredTables } from '../tables/stored-tables.js';
import { TableValues } from '../tables/table-values.js';
import type { CrawledTable, CrawlerFindings } from './crawl.dto.js';
import { crawlJobKind, type CrawlJobPayload, CrawlLifecycle } from './crawl-lifecycle.js';
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
 * beside the old ones, the definition, then one transaction that makes the values valid and ends the crawl.
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
    const { workspace_id: workspaceId, payload } = context.job;
    const generation = newId('values');
    try {
      await this.crawl(context, generation);
    } catch (error) {
      await this.values.drop(generation, workspaceId, payload.dataset);
      if (error instanceof DatasetDeleted) await this.forget(workspaceId, payload.dataset);
      throw error;
    }
  }

  async ended(job: Job<CrawlJobPayload>, transaction: DatabaseTransaction): Promise<void> {
    await this.lifecycle.endWith(transaction, job.payload.crawl_id, job);
  }

  private async crawl(context: Context, generation: string): Promise<void> {
    const { workspace_id: workspaceId, payload } = context.job;
    const begin = await this.begin(context);
    const report = reporter(context, begin);
    report('listing', 0);
    const table = await context.transaction((transaction) => this.current(transaction, context));
    const schema = await this.profiler.schema(workspaceId, table.objectKeys, context.signal);
    const found = await this.compare(workspaceId, table, schema.columns);
    if (found.change === 'unchanged') return this.finish(context, table, found, table.crawled!.valuesGeneration);

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
    const crawler = await this.lookAgain(context, table, profile);
    await this.finish(context, table, { ...found, ...(crawler && { crawler }) }, generation);
    if (table.crawled) await this.values.drop(table.crawled.valuesGeneration, workspaceId, payload.dataset);
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
  ): Promise<CrawledTable & { columns: readonly SchemaColumn[] }> {
    if (!crawled) return { table, change: 'created', schema_changes: [], columns };
    const changes = schemaChanges(crawled.columns, columns);
    const same = changes.length === 0 && crawled.version === version;
    const shows = same ? (await this.catalog.get(workspaceId, table))?.data_version : undefined;
    return { table, change: shows === version ? 'unchanged' : 'updated', schema_changes: changes, columns };
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
    { table, objectKeys }: StoredTable,
    { columns }: TableProfile,
  ): Promise<CrawlerFindings | undefined> {
    try {
      const request = { workspaceId: job.workspace_id, table, objectKeys, columns, signal };
      const differences = await this.crawler.compare(request);
      return differences && { differences: [...differences] };
    } catch (error) {
      const hasEnded = [CrawlerFailed, CrawlerStopped, CrawlerTooSlow].some((kind) => error instanceof kind);
      if (!hasEnded) throw error;
      return { differences: [], error: (error as Error).message };
    }
  }

  private async finish(
    context: Context,
    { table, version }: StoredTable,
    { columns, ...outcome }: CrawledTable & { columns: readonly SchemaColumn[] },
    valuesGeneration: string,
  ): Promise<void> {
    const { workspace_id: workspaceId, payload } = context.job;
    const step: CrawlStep = { phase: 'updating', fraction: 1 };
    await context.complete(async (transaction) => {
      await this.current(transaction, context);
      await this.stored.markCrawled(transaction, workspaceId, table, { version, columns, valuesGeneration });
      await this.lifecycle.succeed(transaction, workspaceId, payload.crawl_id, { step, tables: [outcome] });
    });
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
