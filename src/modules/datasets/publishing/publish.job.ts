import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../../config/config.js';
import type { Contract } from '../../../csv/contract.js';
import { withOneForOthers } from '../../../platform/fair-line.js';
import { newId } from '../../../platform/ids.js';
import type { DatabaseTransaction } from '../../../providers/database/database.js';
import { type Job, type JobContext, type JobHandler, JobQueue } from '../../../providers/job-queue/job-queue.js';
import { ObjectStore } from '../../../providers/object-store/object-store.js';
import { ConversionCrashed } from '../../../providers/table-converter/errors.js';
import { type ConvertProgress, TableConverter } from '../../../providers/table-converter/table-converter.js';
import { conversionShare, type CrawlStep, within } from '../../crawls/domain/crawl-progress.js';
import { versionFolder } from '../domain/object-keys.js';
import { RowsUnaccounted } from '../errors.js';
import type { VersionRow } from '../versions.repository.js';
import type { Conversion } from './current-version.js';
import { Publication, publishJobKind, type PublishPayload } from './publication.js';

type Context = JobContext<PublishPayload>;

/** A file that kills the converter is tried once more, then given up. */
const crashesForgiven = 1;

/**
 * Converts a submitted file and makes the result the data set's current version. Each run writes under a folder of its
 * own and one transaction makes its files count, so that a run that died or was replaced leaves nothing to be seen.
 */
@Injectable()
export class PublishJob implements OnModuleInit, JobHandler<PublishPayload> {
  readonly kind = publishJobKind;
  readonly concurrency: number;
  readonly perWorkspace: number;
  readonly maxAttempts = 5;

  constructor(
    private readonly jobs: JobQueue,
    private readonly converter: TableConverter,
    private readonly objects: ObjectStore,
    private readonly publication: Publication,
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
    const version = await context.transaction((transaction) => this.publication.begin(transaction, context.job));
    const folder = versionFolder(workspaceId, payload.dataset_id, payload.version);
    await this.objects.deletePrefix(folder);
    const runFolder = `${folder}${newId('run')}/`;
    try {
      const conversion = await this.convert(context, version, runFolder);
      await context.complete((transaction) => this.publication.succeed(transaction, context.job, conversion));
    } catch (error) {
      // An error may come after the commit; then the files count and stay.
      if (!(await this.publication.holds(version, runFolder))) await this.objects.deletePrefix(runFolder);
      if (error instanceof ConversionCrashed) await this.forgive(context, error);
      throw error;
    }
  }

  async ended(job: Job<PublishPayload>, transaction: DatabaseTransaction): Promise<void> {
    await this.publication.endWithoutSuccess(transaction, job);
  }

  private async convert(context: Context, version: VersionRow, folder: string): Promise<Conversion> {
    const keys = { parquetKey: `${folder}data.parquet`, rejectsKey: `${folder}rejects.csv` };
    const share = version.crawl_id === null ? 1 : conversionShare;
    context.report(stepOf({ phase: 'reading', fraction: 0 }, share));
    const outcome = await this.converter.convert({
      workspaceId: version.workspace_id,
      sourceKey: version.raw_key!,
      contract: JSON.parse(version.contract) as Contract,
      fixedColumns: JSON.parse(version.fixed_columns) as string[],
      ...keys,
      signal: context.signal,
      onProgress: (progress) => context.report(stepOf(progress, share)),
    });
    const { rowsIn, rowsStored, rowsRejected } = outcome;
    if (rowsIn !== rowsStored + rowsRejected) throw new RowsUnaccounted(rowsIn, rowsStored, rowsRejected);
    return { outcome, ...keys, bytes: await this.sizeOf(keys) };
  }

  /** There are rejects only when rows were rejected. */
  private async sizeOf({ parquetKey, rejectsKey }: Pick<Conversion, 'parquetKey' | 'rejectsKey'>): Promise<number> {
    const objects = await Promise.all([parquetKey, rejectsKey].map((key) => this.objects.head(key)));
    return objects.reduce((sum, object) => sum + (object?.bytes ?? 0), 0);
  }

  /** Throws an error that is tried again, unless the file has killed the converter too often. */
  private async forgive(context: Context, crash: ConversionCrashed): Promise<void> {
    const crashes = await context.transaction((transaction) => this.publication.crashed(transaction, context.job));
    if (crashes <= crashesForgiven) throw new Error('The converter died; it is tried once more.', { cause: crash });
  }
}

function stepOf({ fraction, rows, bytes }: ConvertProgress, share: number): CrawlStep {
  return { phase: 'converting', fraction: within(0, share, fraction), rows, bytes };
}
