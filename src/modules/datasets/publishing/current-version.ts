import { Injectable } from '@nestjs/common';
import { Clock } from '../../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../../providers/database/database.js';
import type { ConvertedColumn, ConvertOutcome } from '../../../providers/table-converter/table-converter.js';
import { CrawlLifecycle } from '../../crawls/crawl-lifecycle.js';
import { schemaChanges } from '../../tables/domain/schema-changes.js';
import { StoredTables } from '../../tables/stored-tables.js';
import { type DatasetRow, DatasetsRepository } from '../datasets.repository.js';
import { appendedColumns } from '../domain/append.js';
import { filesOf } from '../domain/shown.js';
import { type VersionFile, type VersionRow, VersionsRepository } from '../versions.repository.js';

/** What a conversion has left in the object store. */
export interface Conversion {
  readonly outcome: ConvertOutcome;
  readonly parquetKey: string;
  readonly rejectsKey: string;
  /** Size of both objects. */
  readonly bytes: number;
}

/** The version that a data set has now, and how another takes its place: version, data set, table and crawl change as one. */
@Injectable()
export class CurrentVersion {
  constructor(
    private readonly datasets: DatasetsRepository,
    private readonly versions: VersionsRepository,
    private readonly stored: StoredTables,
    private readonly crawls: CrawlLifecycle,
    private readonly clock: Clock,
  ) {}

  /** The row of the version that the data set has now. */
  async find(transaction: DatabaseTransaction, dataset: DatasetRow): Promise<VersionRow | undefined> {
    if (dataset.current_version === null) return undefined;
    return this.versions.find({ ...dataset, version: dataset.current_version }, transaction);
  }

  /** Ends a converting version as ready and lets its crawl go on. */
  async putConverted(
    transaction: DatabaseTransaction,
    dataset: DatasetRow,
    version: VersionRow,
    { outcome, parquetKey, rejectsKey, bytes }: Conversion,
  ): Promise<void> {
    const current = await this.find(transaction, dataset);
    const base = version.mode === 'append' ? current : undefined;
    const columns = base ? appendedColumns(columnsOf(base), outcome.columns) : outcome.columns;
    const file: VersionFile = {
      key: parquetKey,
      rows: outcome.rowsStored,
      bytes: outcome.parquetBytes,
      raw_bytes: Number(version.raw_bytes),
    };
    const files = [...(base ? filesOf(base) : []), file];
    await this.versions.change(transaction, version, {
      state: 'ready',
      rows_in: outcome.rowsIn,
      rows_stored: outcome.rowsStored,
      rows_rejected: outcome.rowsRejected,
      rejects_key: outcome.rowsRejected > 0 ? rejectsKey : null,
      columns: JSON.stringify(columns),
      schema_changes: JSON.stringify(current ? schemaChanges(columnsOf(current), columns) : []),
      files: JSON.stringify(files),
      added_bytes: bytes,
      finished_at: this.now(),
    });
    await this.makeCurrent(transaction, dataset, version.version, files);
    if (version.crawl_id !== null) await this.crawls.continue(transaction, version.workspace_id, version.crawl_id);
  }

  /** Adds a version with the files of an earlier one, ready at once, and makes it current. */
  async putRestored(
    transaction: DatabaseTransaction,
    dataset: DatasetRow,
    earlier: VersionRow,
    added: Pick<VersionRow, 'version' | 'created_by' | 'crawl_id' | 'job_id'>,
  ): Promise<void> {
    const current = await this.find(transaction, dataset);
    const changes = current ? schemaChanges(columnsOf(current), columnsOf(earlier)) : [];
    await this.versions.insert(transaction, {
      ...earlier,
      ...added,
      mode: 'restore',
      restored_from: earlier.version,
      upload_id: null,
      added_bytes: 0,
      schema_changes: JSON.stringify(changes),
      created_at: this.now(),
      finished_at: this.now(),
    });
    await this.makeCurrent(transaction, dataset, added.version, filesOf(earlier));
  }

  private async makeCurrent(
    transaction: DatabaseTransaction,
    { workspace_id, dataset }: DatasetRow,
    version: number,
    files: readonly VersionFile[],
  ): Promise<void> {
    const objectKeys = files.map(({ key }) => key);
    await this.stored.put(transaction, workspace_id, { table: dataset, version, objectKeys });
    const change = { current_version: version, updated_at: this.now() };
    await this.datasets.change(transaction, { workspace_id, dataset }, change);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

export function columnsOf(version: VersionRow): ConvertedColumn[] {
  return JSON.parse(version.columns ?? '[]') as ConvertedColumn[];
}
