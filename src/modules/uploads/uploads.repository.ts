import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import type { StoredPreview } from './domain/stored-preview.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

/** `deleted` is never shown: what is left of such an upload is being removed. */
export type StoredStatus = 'receiving' | 'ready' | 'failed' | 'submitted' | 'expired' | 'deleted';

export interface UploadRow {
  workspace_id: string;
  upload_id: string;
  user_id: string;
  file_name: string;
  status: StoredStatus;
  resumable: number;
  /** What the store calls an upload whose sender puts the bytes there; null for others. */
  direct_id: string | null;
  /** The service's process that receives it, by a name that outlives a restart. */
  received_by: string;
  /** Bytes that an upload in parts has announced. */
  length: number | null;
  /** Bytes that have arrived. */
  bytes: number;
  sha256: string | null;
  /** Where the file is, or is being put; null once it has been removed. */
  raw_key: string | null;
  /** JSON of a `Dialect`. */
  dialect: string | null;
  /** JSON of the `Contract` that the file's first rows suggest under the dialect. */
  proposal: string | null;
  /** JSON of the `Contract` that a person has set; null while the proposal holds. */
  contract: string | null;
  contract_version: number;
  dataset: string | null;
  /** JSON of an `UploadError`. */
  error: string | null;
  created_at: string;
  updated_at: string;
  expires_at: string;
}

export interface PreviewRow extends StoredPreview {
  workspace_id: string;
  upload_id: string;
}

interface UploadTables {
  uploads: UploadRow;
  upload_previews: PreviewRow;
}

export type UploadKey = Pick<UploadRow, 'workspace_id' | 'upload_id'>;
export type UploadChange = Omit<Updateable<UploadRow>, 'workspace_id' | 'upload_id'>;
type Position = Pick<UploadRow, 'created_at' | 'upload_id'>;

@Injectable()
export class UploadsRepository {
  constructor(private readonly database: Database) {}

  async insert(upload: UploadRow, transaction?: DatabaseTransaction): Promise<void> {
    await this.tables(transaction).insertInto('uploads').values(upload).execute();
  }

  /** Undefined when the workspace has no such upload, or none any more. */
  async find(
    { workspace_id, upload_id }: UploadKey,
    transaction?: DatabaseTransaction,
  ): Promise<UploadRow | undefined> {
    return this.tables(transaction)
      .selectFrom('uploads')
      .selectAll()
      .where('workspace_id', '=', workspace_id)
      .where('upload_id', '=', upload_id)
      .where('status', '!=', 'deleted')
      .executeTakeFirst();
  }

  /** Newest first. */
  async list(workspaceId: string, limit: number, before?: Position): Promise<UploadRow[]> {
    let query = this.tables()
      .selectFrom('uploads')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('status', '!=', 'deleted')
      .orderBy('created_at', 'desc')
      .orderBy('upload_id', 'desc')
      .limit(limit);
    if (before) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'upload_id'), '<', tuple(before.created_at, before.upload_id)),
      );
    }
    return query.execute();
  }

  /** Changes the upload while its status is one of the given ones; false when it is not. */
  async change(
    { workspace_id, upload_id }: UploadKey,
    from: readonly StoredStatus[],
    change: UploadChange,
    transaction?: DatabaseTransaction,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.tables(transaction)
      .updateTable('uploads')
      .set(change)
      .where('workspace_id', '=', workspace_id)
      .where('upload_id', '=', upload_id)
      .where('status', 'in', from)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Sets the contract of a ready upload if it still has the given version. */
  async changeContract(
    { workspace_id, upload_id, contract_version }: UploadKey & Pick<UploadRow, 'contract_version'>,
    change: Pick<UploadRow, 'dialect' | 'proposal' | 'contract' | 'updated_at'>,
    transaction: DatabaseTransaction,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.tables(transaction)
      .updateTable('uploads')
      .set({ ...change, contract_version: contract_version + 1 })
      .where('workspace_id', '=', workspace_id)
      .where('upload_id', '=', upload_id)
      .where('status', '=', 'ready')
      .where('contract_version', '=', contract_version)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async purge({ workspace_id, upload_id }: UploadKey): Promise<void> {
    await this.tables()
      .deleteFrom('uploads')
      .where('workspace_id', '=', workspace_id)
      .where('upload_id', '=', upload_id)
      .execute();
  }

  /** Of those that come in parts. */
  async countUnfinished(workspaceId: string): Promise<number> {
    const { count } = await this.tables()
      .selectFrom('uploads')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('workspace_id', '=', workspaceId)
      .where('status', '=', 'receiving')
      .where('length', 'is not', null)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Uploads that no process receives any more: left by an earlier run of this one, or silent since `silentSince`. */
  async abandoned(receiver: string, silentSince: string, limit: number): Promise<UploadRow[]> {
    return this.tables()
      .selectFrom('uploads')
      .selectAll()
      .where('status', '=', 'receiving')
      .where('resumable', '=', 0)
      .where('direct_id', 'is', null)
      .where(({ eb, or }) => or([eb('received_by', '=', receiver), eb('updated_at', '<', silentSince)]))
      .limit(limit)
      .execute();
  }

  /** Resumable uploads that this process keeps the bytes of. */
  async unfinishedResumable(receiver: string): Promise<UploadRow[]> {
    return this.tables()
      .selectFrom('uploads')
      .selectAll()
      .where('status', '=', 'receiving')
      .where('resumable', '=', 1)
      .where('received_by', '=', receiver)
      .execute();
  }

  /** Resumable uploads of any process of which nothing was heard since `silentSince`. */
  async silentResumable(silentSince: string, limit: number): Promise<UploadRow[]> {
    return this.tables()
      .selectFrom('uploads')
      .selectAll()
      .where('status', '=', 'receiving')
      .where('resumable', '=', 1)
      .where('updated_at', '<', silentSince)
      .limit(limit)
      .execute();
  }

  /** Direct uploads of the workspace that wait for their parts. */
  async unfinishedDirect(workspaceId: string): Promise<UploadRow[]> {
    return this.tables()
      .selectFrom('uploads')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('status', '=', 'receiving')
      .where('direct_id', 'is not', null)
      .execute();
  }

  /** Ids of all resumable uploads of the workspace. */
  async resumableIds(workspaceId: string): Promise<string[]> {
    const found = await this.tables()
      .selectFrom('uploads')
      .select('upload_id')
      .where('workspace_id', '=', workspaceId)
      .where('resumable', '=', 1)
      .execute();
    return found.map(({ upload_id }) => upload_id);
  }

  /** Uploads in one of the states whose time was over at `at`. */
  async overdue(states: readonly StoredStatus[], at: string, limit: number): Promise<UploadRow[]> {
    return this.tables()
      .selectFrom('uploads')
      .selectAll()
      .where('status', 'in', states)
      .where('expires_at', '<=', at)
      .limit(limit)
      .execute();
  }

  /** Uploads that have ended but whose file may still be there. */
  async toClear(limit: number): Promise<UploadRow[]> {
    return this.tables()
      .selectFrom('uploads')
      .selectAll()
      .where(({ eb, or, and }) =>
        or([
          eb('status', '=', 'deleted'),
          and([eb('status', 'in', ['failed', 'expired']), eb('raw_key', 'is not', null)]),
        ]),
      )
      .limit(limit)
      .execute();
  }

  /** What a preview needs, in one look-up. */
  async findPreview({ workspace_id, upload_id }: UploadKey): Promise<PreviewRow | undefined> {
    return this.tables()
      .selectFrom('upload_previews')
      .innerJoin('uploads', (join) =>
        join
          .onRef('uploads.workspace_id', '=', 'upload_previews.workspace_id')
          .onRef('uploads.upload_id', '=', 'upload_previews.upload_id'),
      )
      .selectAll('upload_previews')
      .where('upload_previews.workspace_id', '=', workspace_id)
      .where('upload_previews.upload_id', '=', upload_id)
      .where('uploads.status', 'in', ['ready', 'submitted'])
      .executeTakeFirst();
  }

  async putPreview(preview: PreviewRow, transaction: DatabaseTransaction): Promise<void> {
    const { workspace_id: _workspace, upload_id: _upload, ...stored } = preview;
    await this.tables(transaction)
      .insertInto('upload_previews')
      .values(preview)
      .onConflict((conflict) => conflict.columns(['workspace_id', 'upload_id']).doUpdateSet(stored))
      .execute();
  }

  async removePreview({ workspace_id, upload_id }: UploadKey, transaction?: DatabaseTransaction): Promise<void> {
    await this.tables(transaction)
      .deleteFrom('upload_previews')
      .where('workspace_id', '=', workspace_id)
      .where('upload_id', '=', upload_id)
      .execute();
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<UploadTables>();
  }
}
