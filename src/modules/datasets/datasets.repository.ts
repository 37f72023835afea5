import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface DatasetRow {
  workspace_id: string;
  dataset: string;
  /** Part of every object key, so that a data set never meets the files of a deleted one of the same name. */
  dataset_id: string;
  /** The greatest version number that was ever given. */
  last_version: number;
  current_version: number | null;
  created_at: string;
  updated_at: string;
}

@Injectable()
export class DatasetsRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, dataset: string, transaction?: DatabaseTransaction): Promise<DatasetRow | undefined> {
    return this.tables(transaction)
      .selectFrom('datasets')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('dataset', '=', dataset)
      .executeTakeFirst();
  }

  /** In name order, after the name `after`, those whose name contains `search`. */
  async list(
    workspaceId: string,
    { limit, after, search }: { limit: number; after?: string | undefined; search?: string | undefined },
  ): Promise<DatasetRow[]> {
    let query = this.tables()
      .selectFrom('datasets')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('dataset')
      .limit(limit);
    if (after !== undefined) query = query.where('dataset', '>', after);
    if (search !== undefined) {
      const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
      query = query.where(({ eb, ref }) => sql<boolean>`${ref('dataset')} like ${eb.val(pattern)} escape '\\'`);
    }
    return query.execute();
  }

  async insert(transaction: DatabaseTransaction, dataset: DatasetRow): Promise<void> {
    await this.tables(transaction).insertInto('datasets').values(dataset).execute();
  }

  async change(
    transaction: DatabaseTransaction,
    { workspace_id, dataset }: Pick<DatasetRow, 'workspace_id' | 'dataset'>,
    change: Partial<Pick<DatasetRow, 'last_version' | 'current_version' | 'updated_at'>>,
  ): Promise<void> {
    await this.tables(transaction)
      .updateTable('datasets')
      .set(change)
      .where('workspace_id', '=', workspace_id)
      .where('dataset', '=', dataset)
      .execute();
  }

  /** Removes the data set with its versions. */
  async delete(transaction: DatabaseTransaction, workspaceId: string, dataset: string): Promise<void> {
    await this.tables(transaction)
      .deleteFrom('datasets')
      .where('workspace_id', '=', workspaceId)
      .where('dataset', '=', dataset)
      .execute();
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<{ datasets: DatasetRow }>();
  }
}
