import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

/** A 64-bit integer; some databases give it as text. */
export type LongInteger = number | string;

/** One Parquet file of a version. */
export interface VersionFile {
  readonly key: string;
  readonly rows: number;
  readonly bytes: number;
  /** Size of the uploaded file that it was made of. */
  readonly raw_bytes: number;
}

export interface VersionRow {
  workspace_id: string;
  dataset: string;
  version: number;
  mode: 'create' | 'append' | 'replace' | 'restore';
  state: 'converting' | 'ready' | 'failed';
  /** The upload that is held by this version; null for restored ones, whose files others hold. */
  upload_id: string | null;
  raw_key: string | null;
  raw_bytes: LongInteger;
  file_name: string | null;
  sha256: string | null;
  /** JSON of the `Contract` that is applied. */
  contract: string;
  /** JSON array of column names whose types must not widen. */
  fixed_columns: string;
  restored_from: number | null;
  job_id: string | null;
  crawl_id: string | null;
  /** How often the converter died over it. */
  crashes: number;
  rows_in: LongInteger | null;
  rows_stored: LongInteger | null;
  rows_rejected: LongInteger | null;
  rejects_key: string | null;
  /** JSON array of `ConvertedColumn`. */
  columns: string | null;
  /** JSON array of `SchemaChange`. */
  schema_changes: string | null;
  /** JSON array of `VersionFile`, in the order in which their rows were added. */
  files: string | null;
  /** Bytes that the version has added to what is stored besides the uploaded file: its own Parquet file and its rejected rows. */
  added_bytes: LongInteger;
  /** JSON of a `JobError`. */
  error: string | null;
  created_at: string;
  created_by: string;
  finished_at: string | null;
}

export type VersionKey = Pick<VersionRow, 'workspace_id' | 'dataset' | 'version'>;

@Injectable()
export class VersionsRepository {
  constructor(private readonly database: Database) {}

  async find(key: VersionKey, transaction?: DatabaseTransaction): Promise<VersionRow | undefined> {
    return this.tables(transaction)
      .selectFrom('dataset_versions')
      .selectAll()
      .where('workspace_id', '=', key.workspace_id)
      .where('dataset', '=', key.dataset)
      .where('version', '=', key.version)
      .executeTakeFirst();
  }

  /** The version that is being published; there is one at most. */
  async findConverting(
    workspaceId: string,
    dataset: string,
    transaction: DatabaseTransaction,
  ): Promise<VersionRow | undefined> {
    return this.of(workspaceId, dataset, transaction).where('state', '=', 'converting').executeTakeFirst();
  }

  /** Newest first, older than `before`. */
  async list(workspaceId: string, dataset: string, limit: number, before?: number): Promise<VersionRow[]> {
    const query = this.of(workspaceId, dataset).orderBy('version', 'desc').limit(limit);
    return (before === undefined ? query : query.where('version', '<', before)).execute();
  }

  async count(
    workspaceId: string,
    dataset: string,
    state?: VersionRow['state'],
    transaction?: DatabaseTransaction,
  ): Promise<number> {
    let query = this.tables(transaction)
      .selectFrom('dataset_versions')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('workspace_id', '=', workspaceId)
      .where('dataset', '=', dataset);
    if (state !== undefined) query = query.where('state', '=', state);
    return Number((await query.executeTakeFirstOrThrow()).count);
  }

  /** Bytes that all versions of the data set have added to what is stored. */
  async addedBytes(transaction: DatabaseTransaction, workspaceId: string, dataset: string): Promise<number> {
    const { bytes } = await this.tables(transaction)
      .selectFrom('dataset_versions')
      .select(({ fn }) => fn.sum('added_bytes').as('bytes'))
      .where('workspace_id', '=', workspaceId)
      .where('dataset', '=', dataset)
      .executeTakeFirstOrThrow();
    return Number(bytes ?? 0);
  }

  /** The uploads that the data set's versions hold, or are about to. */
  async uploads(transaction: DatabaseTransaction, workspaceId: string, dataset: string) {
    return this.tables(transaction)
      .selectFrom('dataset_versions')
      .select(['upload_id', 'state', 'job_id'])
      .where('workspace_id', '=', workspaceId)
      .where('dataset', '=', dataset)
      .where('upload_id', 'is not', null)
      .where('state', 'in', ['ready', 'converting'])
      .$narrowType<{ upload_id: string }>()
      .execute();
  }

  async insert(transaction: DatabaseTransaction, version: VersionRow): Promise<void> {
    await this.tables(transaction).insertInto('dataset_versions').values(version).execute();
  }

  async change(transaction: DatabaseTransaction, key: VersionKey, change: Updateable<VersionRow>): Promise<void> {
    await this.tables(transaction)
      .updateTable('dataset_versions')
      .set(change)
      .where('workspace_id', '=', key.workspace_id)
      .where('dataset', '=', key.dataset)
      .where('version', '=', key.version)
      .execute();
  }

  async delete(transaction: DatabaseTransaction, key: VersionKey): Promise<void> {
    await this.tables(transaction)
      .deleteFrom('dataset_versions')
      .where('workspace_id', '=', key.workspace_id)
      .where('dataset', '=', key.dataset)
      .where('version', '=', key.version)
      .execute();
  }

  private of(workspaceId: string, dataset: string, transaction?: DatabaseTransaction) {
    return this.tables(transaction)
      .selectFrom('dataset_versions')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('dataset', '=', dataset);
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<{ dataset_versions: VersionRow }>();
  }
}
