import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface FeedRow {
  workspace_id: string;
  /** Begins with the time, so that the order of ids is the order of creation. */
  feed_id: string;
  name: string;
  saved_query_id: string;
  /** JSON object of the values that are fixed for every reader. */
  parameters: string;
  max_age_seconds: number;
  version: number;
  /** Who created it. */
  user_id: string;
  created_at: string;
  updated_at: string;
}

/** The latest result of a feed for one set of parameter values. */
export interface FeedResultRow {
  workspace_id: string;
  feed_id: string;
  /** Hash of statement and values. */
  fingerprint: string;
  query_id: string;
  finished_at: string;
}

interface FeedTables {
  feeds: FeedRow;
  feed_results: FeedResultRow;
}

type Transacting = Database | DatabaseTransaction;

@Injectable()
export class FeedsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: DatabaseTransaction, row: FeedRow): Promise<void> {
    await transaction.tables<FeedTables>().insertInto('feeds').values(row).execute();
  }

  async find(workspaceId: string, feedId: string, within: Transacting = this.database): Promise<FeedRow | undefined> {
    return within
      .tables<FeedTables>()
      .selectFrom('feeds')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('feed_id', '=', feedId)
      .executeTakeFirst();
  }

  /** Newest first, older than `before`. */
  async list(workspaceId: string, limit: number, before: string | undefined): Promise<FeedRow[]> {
    const query = this.database
      .tables<FeedTables>()
      .selectFrom('feeds')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('feed_id', 'desc')
      .limit(limit);
    return (before === undefined ? query : query.where('feed_id', '<', before)).execute();
  }

  async ofSavedQuery(transaction: DatabaseTransaction, workspaceId: string, savedQueryId: string): Promise<FeedRow[]> {
    return transaction
      .tables<FeedTables>()
      .selectFrom('feeds')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('saved_query_id', '=', savedQueryId)
      .orderBy('feed_id')
      .execute();
  }

  /** False when the row has another version by now, or is gone. */
  async update(transaction: DatabaseTransaction, row: FeedRow, change: Updateable<FeedRow>): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<FeedTables>()
      .updateTable('feeds')
      .set(change)
      .where('workspace_id', '=', row.workspace_id)
      .where('feed_id', '=', row.feed_id)
      .where('version', '=', row.version)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async delete(transaction: DatabaseTransaction, { workspace_id, feed_id }: FeedRow): Promise<void> {
    await transaction
      .tables<FeedTables>()
      .deleteFrom('feeds')
      .where('workspace_id', '=', workspace_id)
      .where('feed_id', '=', feed_id)
      .execute();
  }

  async findResult({ workspace_id, feed_id }: FeedRow, fingerprint: string): Promise<FeedResultRow | undefined> {
    return this.database
      .tables<FeedTables>()
      .selectFrom('feed_results')
      .selectAll()
      .where('workspace_id', '=', workspace_id)
      .where('feed_id', '=', feed_id)
      .where('fingerprint', '=', fingerprint)
      .executeTakeFirst();
  }

  /** Remembers the result and forgets the feed's results from before `oldest`. A feed that is gone remembers nothing. */
  async keepResult(transaction: DatabaseTransaction, result: FeedResultRow, oldest: string): Promise<void> {
    const { workspace_id, feed_id, query_id, finished_at } = result;
    if (!(await this.find(workspace_id, feed_id, transaction))) return;
    const tables = transaction.tables<FeedTables>();
    await tables
      .insertInto('feed_results')
      .values(result)
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'feed_id', 'fingerprint']).doUpdateSet({ query_id, finished_at }),
      )
      .execute();
    await tables
      .deleteFrom('feed_results')
      .where('workspace_id', '=', workspace_id)
      .where('feed_id', '=', feed_id)
      .where('finished_at', '<', oldest)
      .execute();
  }
}
