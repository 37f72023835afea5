import { Injectable } from '@nestjs/common';
import { Clock } from '../../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../../providers/database/database.js';
import type { Job } from '../../../providers/job-queue/job-queue.js';
import { AuditLog } from '../../audit/audit.log.js';
import { CrawlLifecycle } from '../../crawls/crawl-lifecycle.js';
import { DatasetDeleted } from '../../crawls/errors.js';
import { UploadsService } from '../../uploads/uploads.service.js';
import { UsageService } from '../../usage/usage.service.js';
import { type DatasetRow, DatasetsRepository } from '../datasets.repository.js';
import { RemovalJob } from '../deleting/removal.job.js';
import { versionFolder } from '../domain/object-keys.js';
import { filesOf } from '../domain/shown.js';
import { PublishOver } from '../errors.js';
import { type VersionRow, VersionsRepository } from '../versions.repository.js';
import { type Conversion, CurrentVersion } from './current-version.js';

export const publishJobKind = 'datasets.publish';

/** Payload of a `datasets.publish` job. */
export interface PublishPayload {
  readonly dataset: string;
  readonly dataset_id: string;
  readonly version: number;
  readonly upload_id: string;
  readonly crawl_id: string | null;
}

type PublishJobRow = Job<PublishPayload>;

/** A version that is being published, with its data set as it is now. */
interface Work {
  readonly dataset: DatasetRow;
  readonly version: VersionRow;
}

/** Every change of a publication's state, from its job's begin to its one end. */
@Injectable()
export class Publication {
  constructor(
    private readonly datasets: DatasetsRepository,
    private readonly versions: VersionsRepository,
    private readonly current: CurrentVersion,
    private readonly uploads: UploadsService,
    private readonly usage: UsageService,
    private readonly crawls: CrawlLifecycle,
    private readonly removal: RemovalJob,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The version to convert. Throws `DatasetDeleted`, and `PublishOver` when it has ended already. */
  async begin(transaction: DatabaseTransaction, job: PublishJobRow): Promise<VersionRow> {
    const { version } = await this.load(transaction, job);
    if (version.crawl_id !== null) await this.crawls.begin(transaction, job.workspace_id, version.crawl_id);
    return version;
  }

  /** Makes the conversion's files count and lets the crawl go on. Throws as `begin`, and `StorageQuotaExceeded`. */
  async succeed(transaction: DatabaseTransaction, job: PublishJobRow, conversion: Conversion): Promise<void> {
    const { dataset, version } = await this.load(transaction, job);
    await this.current.putConverted(transaction, dataset, version, conversion);
    await this.usage.store(transaction, version.workspace_id, conversion.bytes);
    const { rowsIn: rows_in, rowsStored: rows_stored, rowsRejected: rows_rejected } = conversion.outcome;
    await this.record(transaction, version, 'allowed', { rows_in, rows_stored, rows_rejected });
  }

  /** Counts that the converter died over the file; returns how often that has happened. */
  async crashed(transaction: DatabaseTransaction, job: PublishJobRow): Promise<number> {
    const { version } = await this.load(transaction, job);
    const crashes = version.crashes + 1;
    await this.versions.change(transaction, version, { crashes });
    return crashes;
  }

  /** Whether objects under the folder belong to a published version. */
  async holds(version: VersionRow, folder: string): Promise<boolean> {
    const now = await this.versions.find(version);
    return now !== undefined && filesOf(now).some(({ key }) => key.startsWith(folder));
  }

  /** The job failed or was cancelled: the upload is free again, the crawl ends too, and nothing half-made stays. */
  async endWithoutSuccess(transaction: DatabaseTransaction, job: PublishJobRow): Promise<void> {
    const { workspace_id: workspaceId, payload } = job;
    if (payload.crawl_id !== null) await this.crawls.endWith(transaction, payload.crawl_id, job);
    const { dataset, version } = await this.find(transaction, job);
    if (version?.state === 'ready') return;
    const folder = versionFolder(workspaceId, payload.dataset_id, payload.version);
    await this.removal.enqueue(transaction, workspaceId, { folder });
    if (!dataset || version?.state !== 'converting') return;
    await this.uploads.markReady(transaction, workspaceId, payload.upload_id);
    if (job.state === 'cancelled') return this.forget(transaction, { dataset, version });
    const end = { error: JSON.stringify(job.error), finished_at: this.clock.now().toISOString() };
    await this.versions.change(transaction, version, { state: 'failed', ...end });
    await this.record(transaction, version, 'failed', { problem: job.error?.slug });
  }

  /** A stopped version goes without a trace, and takes a data set along that has no other. */
  private async forget(transaction: DatabaseTransaction, { dataset, version }: Work): Promise<void> {
    const { workspace_id: workspaceId, dataset: name } = dataset;
    await this.versions.delete(transaction, version);
    if ((await this.versions.count(workspaceId, name, undefined, transaction)) > 0) return;
    await this.datasets.delete(transaction, workspaceId, name);
  }

  private async record(
    transaction: DatabaseTransaction,
    { workspace_id: workspaceId, created_by: userId, dataset: object, version }: VersionRow,
    outcome: 'allowed' | 'failed',
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const event = { workspaceId, userId, action: 'dataset.published', object, outcome } as const;
    await this.audit.record({ ...event, detail: { version, ...detail } }, transaction);
  }

  private async load(transaction: DatabaseTransaction, job: PublishJobRow): Promise<Work> {
    const { dataset, version } = await this.find(transaction, job);
    if (!dataset) throw new DatasetDeleted(job.payload.dataset);
    if (version?.state !== 'converting') throw new PublishOver(job.payload.dataset, job.payload.version);
    return { dataset, version };
  }

  private async find(transaction: DatabaseTransaction, job: PublishJobRow): Promise<Partial<Work>> {
    const { workspace_id: workspaceId, payload } = job;
    const dataset = await this.datasets.find(workspaceId, payload.dataset, transaction);
    // Another data set may have taken the name of a deleted one.
    if (dataset?.dataset_id !== payload.dataset_id) return {};
    const version = await this.versions.find({ ...dataset, version: payload.version }, transaction);
    return version ? { dataset, version } : { dataset };
  }
}
