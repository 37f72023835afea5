import { Injectable } from '@nestjs/common';
import type { Contract } from '../../../csv/contract.js';
import { newId } from '../../../platform/ids.js';
import { Clock } from '../../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../../providers/database/database.js';
import { UniqueViolation } from '../../../providers/database/errors.js';
import { JobQueue } from '../../../providers/job-queue/job-queue.js';
import type { Caller } from '../../access/caller.js';
import { AuditLog } from '../../audit/audit.log.js';
import { CrawlLifecycle } from '../../crawls/crawl-lifecycle.js';
import { type SubmittableUpload, UploadsService } from '../../uploads/uploads.service.js';
import { Submitted, SubmitUpload } from '../dataset.dto.js';
import { type DatasetRow, DatasetsRepository } from '../datasets.repository.js';
import { planAppend } from '../domain/append.js';
import { assertDatasetName } from '../domain/dataset-name.js';
import {
  DatasetBusy,
  DatasetExists,
  DatasetNotFound,
  SchemaDrift,
  VersionNotFound,
  VersionNotReady,
} from '../errors.js';
import { publishJobKind, type PublishPayload } from './publication.js';
import { columnsOf, CurrentVersion } from './current-version.js';
import { type VersionRow, VersionsRepository } from '../versions.repository.js';

/** How the rows of a file are read. */
type Reading = Pick<SubmittableUpload, 'contract' | 'fixedColumns'>;

/** What is written together with an accepted version, by whoever keeps track of it. */
type Also = (transaction: DatabaseTransaction, dataset: DatasetRow) => Promise<void>;

/** Accepts new versions: all that can be refused is refused here, before anything is written. */
@Injectable()
export class SubmitService {
  constructor(
    private readonly database: Database,
    private readonly datasets: DatasetsRepository,
    private readonly versions: VersionsRepository,
    private readonly current: CurrentVersion,
    private readonly uploads: UploadsService,
    private readonly crawls: CrawlLifecycle,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Publishes an upload. From now on the upload is submitted; it is ready again if publishing fails or is stopped. */
  async submit(caller: Caller, uploadId: string, input: SubmitUpload, also?: Also): Promise<Submitted> {
    assertDatasetName(input.dataset);
    return this.alone(input.dataset, (transaction) => this.accept(transaction, caller, uploadId, input, also));
  }

  /** Makes the files of an earlier version current again, as a new version. */
  async restore(caller: Caller, name: string, earlierVersion: string): Promise<Submitted> {
    return this.alone(name, async (transaction) => {
      const dataset = await this.datasets.find(caller.workspaceId, name, transaction);
      if (!dataset) throw new DatasetNotFound(name);
      const earlier = await this.findReady(transaction, dataset, earlierVersion);
      await this.refuseBusy(transaction, dataset);
      const { workspaceId, userId } = caller;
      const crawl = await this.crawls.create(transaction, { workspaceId, dataset: name, userId });
      const version = await this.nextVersion(transaction, dataset);
      const ids = { crawl_id: crawl.crawl_id, job_id: crawl.crawl_job_id! };
      await this.current.putRestored(transaction, dataset, earlier, { version, created_by: userId, ...ids });
      const detail = { version, restored_from: earlier.version };
      await this.audit.record(
        { ...caller, action: 'dataset.restored', object: name, outcome: 'allowed', detail },
        transaction,
      );
      return { dataset: name, version, ...ids };
    });
  }

  private async accept(
    transaction: DatabaseTransaction,
    caller: Caller,
    uploadId: string,
    { dataset: name, mode, crawl }: SubmitUpload,
    also?: Also,
  ): Promise<Submitted> {
    const { workspaceId, userId } = caller;
    const upload = await this.uploads.forSubmit(workspaceId, uploadId, transaction);
    const known = await this.datasets.find(workspaceId, name, transaction);
    if (known) await this.refuseBusy(transaction, known);
    const reading = await this.readingFor(transaction, { name, mode }, known, upload);

    const dataset = known ?? (await this.createDataset(transaction, workspaceId, name));
    const version = await this.nextVersion(transaction, dataset);
    const publish = (crawlId: string | null) =>
      this.jobs.enqueue<PublishPayload>(
        {
          kind: publishJobKind,
          workspaceId,
          payload: {
            dataset: name,
            dataset_id: dataset.dataset_id,
            version,
            upload_id: uploadId,
            crawl_id: crawlId,
          },
        },
        transaction,
      );
    const { crawlId, job } = crawl
      ? await this.crawls.announce(transaction, { workspaceId, dataset: name, userId }, publish)
      : { crawlId: null, job: await publish(null) };
    const ids = { crawl_id: crawlId, job_id: job.job_id };
    await this.versions.insert(transaction, {
      ...this.newVersion(upload, reading),
      ...ids,
      workspace_id: workspaceId,
      dataset: name,
      version,
      mode,
      upload_id: uploadId,
      created_by: userId,
    });
    await this.uploads.markSubmitted(transaction, workspaceId, uploadId, name);
    const detail = { dataset: name, version, mode };
    await this.audit.record(
      { ...caller, action: 'upload.submitted', object: uploadId, outcome: 'allowed', detail },
      transaction,
    );
    await also?.(transaction, dataset);
    return { dataset: name, version, ...ids };
  }

  /** Only one publication or crawl of a data set runs at a time. */
  private async refuseBusy(transaction: DatabaseTransaction, dataset: DatasetRow): Promise<void> {
    const { workspace_id: workspaceId, dataset: name } = dataset;
    const converting = await this.versions.findConverting(workspaceId, name, transaction);
    if (converting) {
      const { version, crawl_id, job_id } = converting;
      throw new DatasetBusy(name, { version, crawl_id: crawl_id ?? undefined, job_id: job_id ?? undefined });
    }
    const crawl = await this.crawls.active(transaction, workspaceId, name);
    if (crawl) throw new DatasetBusy(name, { crawl_id: crawl.crawl_id });
  }

  /** A data set of which nothing was ever published counts as absent. */
  private async readingFor(
    transaction: DatabaseTransaction,
    { name, mode }: { name: string; mode: SubmitUpload['mode'] },
    dataset: DatasetRow | undefined,
    { contract, fixedColumns }: SubmittableUpload,
  ): Promise<Reading> {
    const current = dataset && (await this.current.find(transaction, dataset));
    if (mode === 'create') {
      if (current) throw new DatasetExists(name, current.version);
      return { contract, fixedColumns };
    }
    if (!current)
      throw new DatasetNotFound(name, `There is nothing to ${mode}: no version is published of the data set`);
    return mode === 'replace' ? { contract, fixedColumns } : appendTo(current, contract);
  }

  private async findReady(transaction: DatabaseTransaction, dataset: DatasetRow, number: string): Promise<VersionRow> {
    const version = /^[1-9]\d{0,8}$/.test(number)
      ? await this.versions.find({ ...dataset, version: Number(number) }, transaction)
      : undefined;
    if (!version) throw new VersionNotFound(dataset.dataset, number);
    if (version.state !== 'ready') throw new VersionNotReady(dataset.dataset, version.version, version.state);
    return version;
  }

  private async createDataset(
    transaction: DatabaseTransaction,
    workspaceId: string,
    name: string,
  ): Promise<DatasetRow> {
    const now = this.clock.now().toISOString();
    const dataset: DatasetRow = {
      workspace_id: workspaceId,
      dataset: name,
      dataset_id: newId('ds'),
      last_version: 0,
      current_version: null,
      created_at: now,
      updated_at: now,
    };
    await this.datasets.insert(transaction, dataset);
    return dataset;
  }

  private async nextVersion(transaction: DatabaseTransaction, dataset: DatasetRow): Promise<number> {
    const version = dataset.last_version + 1;
    await this.datasets.change(transaction, dataset, { last_version: version });
    return version;
  }

  private newVersion(upload: SubmittableUpload, { contract, fixedColumns }: Reading) {
    return {
      state: 'converting',
      raw_key: upload.rawKey,
      raw_bytes: upload.bytes,
      file_name: upload.fileName,
      sha256: upload.sha256,
      contract: JSON.stringify(contract),
      fixed_columns: JSON.stringify(fixedColumns),
      restored_from: null,
      crashes: 0,
      rows_in: null,
      rows_stored: null,
      rows_rejected: null,
      rejects_key: null,
      columns: null,
      schema_changes: null,
      files: null,
      added_bytes: 0,
      error: null,
      created_at: this.clock.now().toISOString(),
      finished_at: null,
    } as const;
  }

  private async alone<Result>(
    dataset: string,
    work: (transaction: DatabaseTransaction) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      // Two requests at the same moment: the database let one of them through.
      if (error instanceof UniqueViolation) throw new DatasetBusy(dataset);
      throw error;
    }
  }
}

/** The data set's types hold for the file: whatever does not fit them is rejected, nothing widens. */
function appendTo(current: VersionRow, given: Contract): Reading {
  const columns = columnsOf(current);
  const { contract, differences } = planAppend(given, columns);
  if (!contract) throw new SchemaDrift(current.dataset, current.version, differences);
  return { contract, fixedColumns: columns.map(({ name }) => name) };
}
