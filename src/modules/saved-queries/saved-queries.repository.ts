import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface SavedQueryRow {
  workspace_id: string;
  /** Begins with the time, so that the order of ids is the order of creation. */
  saved_query_id: string;
  name: string;
  description: string;
  sql: string;
  /** JSON array of `ParameterDefinition`. */
  parameters: string;
  version: number;
  /** Who created it. */
  user_id: string;
  created_at: string;
  updated_at: string;
}

interface SavedQueryTables {
  saved_queries: SavedQueryRow;
}

type Transacting = Database | DatabaseTransaction;

@Injectable()
export class SavedQueriesRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: DatabaseTransaction, row: SavedQueryRow): Promise<void> {
    await transaction.tables<SavedQueryTables>().insertInto('saved_queries').values(row).execute();
  }

  async find(workspaceId: string, id: string, within: Transacting = this.database): Promise<SavedQueryRow | undefined> {
    return within
      .tables<SavedQueryTables>()
      .selectFrom('saved_queries')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('saved_query_id', '=', id)
      .executeTakeFirst();
  }

  /** Newest first, older than `before`. */
  async list(workspaceId: string, limit: number, before: string | undefined): Promise<SavedQueryRow[]> {
    const query = this.database
      .tables<SavedQueryTables>()
      .selectFrom('saved_queries')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('saved_query_id', 'desc')
      .limit(limit);
    return (before === undefined ? query : query.where('saved_query_id', '<', before)).execute();
  }

  /** False when the row has another version by now, or is gone. */
  async update(
    transaction: DatabaseTransaction,
    row: SavedQueryRow,
    change: Updateable<SavedQueryRow>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<SavedQueryTables>()
      .updateTable('saved_queries')
      .set(change)
      .where('workspace_id', '=', row.workspace_id)
      .where('saved_query_id', '=', row.saved_query_id)
      .where('version', '=', row.version)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async delete(transaction: DatabaseTransaction, { workspace_id, saved_query_id }: SavedQueryRow): Promise<void> {
    await transaction
      .tables<SavedQueryTables>()
      .deleteFrom('saved_queries')
      .where('workspace_id', '=', workspace_id)
      .where('saved_query_id', '=', saved_query_id)
      .execute();
  }
}
