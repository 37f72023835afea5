import { Injectable } from '@nestjs/common';
import { Catalog } from '../../../providers/catalog/catalog.js';
import { Database, type DatabaseTransaction } from '../../../providers/database/database.js';
import { JobQueue } from '../../../providers/job-queue/job-queue.js';
import type { Caller } from '../../access/caller.js';
import { AuditLog } from '../../audit/audit.log.js';
import { CrawlLifecycle } from '../../crawls/crawl-lifecycle.js';
import { DatasetDeleted } from '../../crawls/errors.js';
import { StoredTables } from '../../tables/stored-tables.js';
import { UploadsService } from '../../uploads/uploads.service.js';
import { UsageService } from '../../usage/usage.service.js';
import { type DatasetRow, DatasetsRepository } from '../datasets.repository.js';
import { datasetFolder } from '../domain/object-keys.js';
import { DatasetNotFound } from '../errors.js';
import { VersionsRepository } from '../versions.repository.js';
import { RemovalJob } from './removal.job.js';

/** Deletes data sets: they are gone for everybody at once, their files follow as a job. */
@Injectable()
export class DatasetDeletion {
  constructor(
    private readonly database: Database,
    private readonly datasets: DatasetsRepository,
    private readonly versions: VersionsRepository,
    private readonly uploads: UploadsService,
    private readonly usage: UsageService,
    private readonly stored: StoredTables,
    private readonly crawls: CrawlLifecycle,
    private readonly removal: RemovalJob,
    private readonly jobs: JobQueue,
    private readonly catalog: Catalog,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Deletes the data set with all versions, the uploads that they hold and its table. Work on it is ended. With an id, only
   * that data set and no other of its name.
   */
  async delete(caller: Caller, name: string, datasetId?: string): Promise<void> {
    const { workspaceId } = caller;
    const jobIds = await this.database.transaction(async (transaction) => {
      const dataset = await this.datasets.find(workspaceId, name, transaction);
      if (!dataset || dataset.dataset_id !== (datasetId ?? dataset.dataset_id)) throw new DatasetNotFound(name);
      await this.audit.record({ ...caller, action: 'dataset.deleted', object: name, outcome: 'allowed' }, transaction);
      return this.remove(transaction, dataset);
    });
    await this.catalog.delete(workspaceId, name);
    for (const jobId of jobIds) await this.jobs.cancel(workspaceId, jobId);
  }

  /** Returns the jobs that have lost their purpose. */
  private async remove(transaction: DatabaseTransaction, dataset: DatasetRow): Promise<Set<string>> {
    const { workspace_id: workspaceId, dataset: name } = dataset;
    const reason = new DatasetDeleted(name);
    const { slug, title } = reason.kind;
    const jobIds = new Set(
      await this.crawls.abandon(transaction, workspaceId, name, { slug, title, detail: reason.message }),
    );
    for (const { upload_id, state, job_id } of await this.versions.uploads(transaction, workspaceId, name)) {
      if (state === 'ready') await this.uploads.markReleased(transaction, workspaceId, upload_id);
      else await this.uploads.markReady(transaction, workspaceId, upload_id);
      if (state === 'converting' && job_id !== null) jobIds.add(job_id);
    }
    const added = await this.versions.addedBytes(transaction, workspaceId, name);
    await this.usage.count(transaction, workspaceId, 'bytes_stored', -added);
    const stored = await this.stored.find(workspaceId, name, transaction);
    await this.stored.delete(transaction, workspaceId, name);
    await this.datasets.delete(transaction, workspaceId, name);
    await this.removal.enqueue(transaction, workspaceId, {
      folder: datasetFolder(workspaceId, dataset.dataset_id),
      table: { name, valuesGeneration: stored?.crawled?.valuesGeneration },
    });
    return jobIds;
  }
}
