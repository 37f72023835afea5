import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { SourceKind } from '../../providers/connectors/connector.js';

/** Who may read what a source brings: every member, some of them, or its creator alone. */
export const visibilities = ['workspace', 'members', 'private'] as const;
export type Visibility = (typeof visibilities)[number];

/** A full sync reads everything and misses what is gone; an incremental one reads what changed since the last. */
export type SyncMode = 'full' | 'incremental';

export interface SourceRow {
  workspace_id: string;
  source_id: string;
  kind: SourceKind;
  name: string;
  /** JSON of what the connector of this kind takes. */
  config: string;
  /** Sealed JSON of `SourceSecret`. */
  sealed_secret: string;
  has_webhook_secret: number;
  /** Cron expression (UTC). */
  schedule: string | null;
  paused: number;
  visibility: Visibility;
  /** JSON array of user ids, for the visibility `members`. */
  member_ids: string;
  /** Whether issues and merge requests become tables, which all members may query. */
  tables: number;
  /** JSON of where the next incremental sync begins; null before the first sync has ended. */
  position: string | null;
  /** What has been asked for and has not begun. */
  pending_mode: SyncMode | null;
  /** JSON of the `SyncUnderway` that a run is in the middle of, whichever run. */
  sync: string | null;
  /** Counts full syncs; documents are stamped with it. */
  generation: number;
  /** Changed by everybody who asks for work or ends it, so that the two cannot miss each other. */
  touched: number;
  /** JSON of what the tables hold that were published from this source. */
  exported: string | null;
  version: number;
  created_by: string;
  created_at: string;
  updated_at: string;
  last_synced_at: string | null;
  last_full_sync_at: string | null;
  deleted_at: string | null;
}

interface SourceTables {
  sources: SourceRow;
  workspaces: { id: string; deleted_at: string | null };
}

type Transacting = Database | DatabaseTransaction;
type SourceKey = Pick<SourceRow, 'workspace_id' | 'source_id'>;

const secretsAtOnce = 500;

/** Where documents come from. */
@Injectable()
export class SourcesRepository {
  constructor(private readonly database: Database) {}

  /** Undefined when there is none, or when it was deleted. */
  async find(
    workspaceId: string,
    sourceId: string,
    within: Transacting = this.database,
  ): Promise<SourceRow | undefined> {
    return within
      .tables<SourceTables>()
      .selectFrom('sources')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
  }

  /** Also one that was deleted and can be restored. */
  async findDeleted(workspaceId: string, sourceId: string, within: Transacting): Promise<SourceRow | undefined> {
    return within
      .tables<SourceTables>()
      .selectFrom('sources')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId)
      .where('deleted_at', 'is not', null)
      .executeTakeFirst();
  }

  /** For those who know nothing but the id, such as the sender of a webhook. */
  async findAnywhere(sourceId: string): Promise<SourceRow | undefined> {
    return this.ofLivingWorkspaces().where('source_id', '=', sourceId).executeTakeFirst();
  }

  /** Those that are read by themselves, in any workspace. */
  async scheduled(): Promise<SourceRow[]> {
    return this.ofLivingWorkspaces().where('schedule', 'is not', null).where('paused', '=', 0).execute();
  }

  /** The oldest first; a workspace has a hundred at most. */
  async all(workspaceId: string, { deleted = false } = {}, within: Transacting = this.database): Promise<SourceRow[]> {
    return within
      .tables<SourceTables>()
      .selectFrom('sources')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('deleted_at', deleted ? 'is not' : 'is', null)
      .orderBy('created_at')
      .orderBy('source_id')
      .execute();
  }

  /** Deleted before the time, in any workspace. */
  async deletedBefore(time: string, limit: number): Promise<SourceRow[]> {
    return this.database
      .tables<SourceTables>()
      .selectFrom('sources')
      .selectAll()
      .where('deleted_at', '<', time)
      .limit(limit)
      .execute();
  }

  async insert(transaction: DatabaseTransaction, row: SourceRow): Promise<void> {
    await transaction.tables<SourceTables>().insertInto('sources').values(row).execute();
  }

  async change(transaction: DatabaseTransaction, key: SourceKey, change: Updateable<SourceRow>): Promise<void> {
    await this.update(transaction, key).set(change).execute();
  }

  /** False when the row has another version than the one before `version` by now, or is gone. */
  async changeVersion(
    transaction: DatabaseTransaction,
    key: SourceKey,
    change: Updateable<SourceRow> & { version: number },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.update(transaction, key)
      .set(change)
      .where('version', '=', change.version - 1)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /**
   * Takes the row for this transaction and answers it as it is now: others that touch it wait until the transaction is
   * over. Undefined when it is gone or deleted.
   */
  async touch(
    transaction: DatabaseTransaction,
    { workspace_id, source_id }: SourceKey,
  ): Promise<SourceRow | undefined> {
    await this.update(transaction, { workspace_id, source_id })
      .set(({ eb }) => ({ touched: eb('touched', '+', 1) }))
      .execute();
    return this.find(workspace_id, source_id, transaction);
  }

  /** The sealed secrets of all sources, deleted ones too, in any workspace. */
  async *sealed(): AsyncIterable<SourceKey & Pick<SourceRow, 'sealed_secret'>> {
    for (let after: string | undefined = ''; after !== undefined;) {
      const rows = await this.database
        .tables<SourceTables>()
        .selectFrom('sources')
        .select(['workspace_id', 'source_id', 'sealed_secret'])
        .where('source_id', '>', after)
        .orderBy('source_id')
        .limit(secretsAtOnce)
        .execute();
      yield* rows;
      after = rows.at(-1)?.source_id;
    }
  }

  /** Replaces a sealed secret by the same one sealed anew; false when it is another one by now. */
  async reseal({ workspace_id, source_id }: SourceKey, before: string, after: string): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .tables<SourceTables>()
      .updateTable('sources')
      .set({ sealed_secret: after })
      .where('workspace_id', '=', workspace_id)
      .where('source_id', '=', source_id)
      .where('sealed_secret', '=', before)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async delete(transaction: DatabaseTransaction, { workspace_id, source_id }: SourceKey): Promise<void> {
    await transaction
      .tables<SourceTables>()
      .deleteFrom('sources')
      .where('workspace_id', '=', workspace_id)
      .where('source_id', '=', source_id)
      .execute();
  }

  private ofLivingWorkspaces() {
    return this.database
      .tables<SourceTables>()
      .selectFrom('sources')
      .selectAll('sources')
      .innerJoin('workspaces', 'workspaces.id', 'sources.workspace_id')
      .where('workspaces.deleted_at', 'is', null)
      .where('sources.deleted_at', 'is', null);
  }

  private update(transaction: DatabaseTransaction, { workspace_id, source_id }: SourceKey) {
    return transaction
      .tables<SourceTables>()
      .updateTable('sources')
      .where('workspace_id', '=', workspace_id)
      .where('source_id', '=', source_id);
  }
}
