import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import type { SubmitUpload } from '../datasets/dataset.dto.js';
import { DatasetDeletion } from '../datasets/deleting/dataset-deletion.js';
import { DatasetBusy, DatasetExists, DatasetNotFound } from '../datasets/errors.js';
import { SubmitService } from '../datasets/publishing/submit.service.js';
import { ContractsService } from '../previews/contracts.service.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { UploadNotFound } from '../uploads/errors.js';
import { UploadReceiver } from '../uploads/receiving/receiver.js';
import { UploadsService } from '../uploads/uploads.service.js';
import type { IssueTable } from './domain/issue-table.js';
import { exportedTable, type ExportedTable } from './domain/shown.js';
import { suggestedName } from './domain/suggested-name.js';

type NamedVersion = Pick<SubmitUpload, 'dataset' | 'mode'>;
type SubmittedFile = Pick<ExportedTable, 'upload_id' | 'hash'>;

/** The data set that a source's issues and merge requests become, on the same way as files that people upload. */
@Injectable()
export class SourceDataset {
  constructor(
    private readonly sources: SourcesRepository,
    private readonly receiver: UploadReceiver,
    private readonly uploads: UploadsService,
    private readonly contracts: ContractsService,
    private readonly submissions: SubmitService,
    private readonly deletion: DatasetDeletion,
    private readonly clock: Clock,
  ) {}

  /** A new version, unless these are the rows that it has. */
  async publish(source: SourceRow, table: IssueTable): Promise<void> {
    const hash = hashOf(table);
    const before = exportedTable(source);
    if (before?.hash === hash || (before === undefined && table.rows === 0)) return;
    const upload_id = await this.upload(source, table);
    try {
      await this.submit(source, { upload_id, hash });
    } catch (error) {
      await this.uploads.delete(callerOf(source), upload_id);
      throw error;
    }
  }

  /** Deletes the data set with all its versions, also one that is being published. Nothing of it stays among the uploads. */
  async withdraw(source: SourceRow): Promise<void> {
    const exported = exportedTable(source);
    if (!exported) return;
    const caller = callerOf(source);
    try {
      await this.deletion.delete(caller, exported.dataset, exported.dataset_id);
      await this.uploads.delete(caller, exported.upload_id);
    } catch (error) {
      if (!(error instanceof DatasetNotFound) && !(error instanceof UploadNotFound)) throw error;
    }
  }

  private async upload(source: SourceRow, { columns, lines }: IssueTable): Promise<string> {
    const caller = callerOf(source);
    const { upload_id: uploadId } = await this.receiver.receive(caller, {
      fileName: `${exportedTable(source)?.dataset ?? nameFor(source)}.csv`,
      stream: Readable.from(lines()),
      ended: () => Promise.resolve(),
      explain: (error) => error,
    });
    const typed = columns.map((column) => ({ source_name: column.name, ...column }));
    await this.contracts.put(caller, uploadId, { columns: typed });
    return uploadId;
  }

  /** Under the name that it had before, or one that is free. */
  private async submit(source: SourceRow, file: SubmittedFile): Promise<void> {
    const before = exportedTable(source)?.dataset;
    if (before !== undefined && (await this.isAccepted(source, file, { dataset: before, mode: 'replace' }))) return;
    const name = nameFor(source);
    for (const dataset of new Set([before ?? name, name, `${name}_${source.source_id.slice(-6)}`]))
      if (await this.isAccepted(source, file, { dataset, mode: 'create' })) return;
    throw new Error(`There is no free name for the table of the source ${source.source_id}.`);
  }

  /** Tries to submit the file as a version; false when the name is another data set's, or has nothing to be replaced. */
  private async isAccepted(source: SourceRow, file: SubmittedFile, { dataset, mode }: NamedVersion): Promise<boolean> {
    const record = async (transaction: DatabaseTransaction, { dataset_id }: { dataset_id: string }) => {
      if (mode === 'replace' && exportedTable(source)?.dataset_id !== dataset_id) throw new DatasetNotFound(dataset);
      await this.record(transaction, source, { dataset, dataset_id, ...file, at: this.clock.now().toISOString() });
    };
    try {
      await this.submissions.submit(callerOf(source), file.upload_id, { dataset, mode, crawl: true }, record);
      return true;
    } catch (error) {
      if (error instanceof DatasetExists || error instanceof DatasetNotFound) return false;
      if (error instanceof DatasetBusy) throw new Error('The data set is being published just now.', { cause: error });
      throw error;
    }
  }

  /** In the transaction that accepts the version, so that whatever dies, the source knows its data set. */
  private async record(transaction: DatabaseTransaction, source: SourceRow, exported: ExportedTable): Promise<void> {
    const now = await this.sources.touch(transaction, source);
    if (now?.tables !== 1 || now.exported !== source.exported) throw new Error('The source has changed meanwhile.');
    await this.sources.change(transaction, source, { exported: JSON.stringify(exported) });
  }
}

/** Whoever connected the source has put its tables into the workspace. */
function callerOf({ workspace_id: workspaceId, created_by: userId, source_id: id }: SourceRow): Caller {
  return {
    workspaceId,
    userId,
    administrator: false,
    credential: { kind: 'session', id },
    address: '',
    role: 'source',
    permissions: new Set(['uploads:write', 'datasets:write']),
    actingUnder: 'datasets:write',
  };
}

function nameFor({ name }: SourceRow): string {
  return `${suggestedName(name).slice(0, 80)}_issues`;
}

function hashOf({ lines }: IssueTable): string {
  const hash = createHash('sha256');
  for (const line of lines()) hash.update(line);
  return hash.digest('hex');
}
