import { Injectable } from '@nestjs/common';
import { sql, type Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export type QueryState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface QueryRow {
  workspace_id: string;
  /** Begins with the time, so that the order of ids is the order of creation. */
  query_id: string;
  user_id: string;
  sql: string;
  /** JSON array of the values for its placeholders. */
  parameters: string;
  state: QueryState;
  max_rows: number;
  engine: string;
  bytes_scanned: number;
  cost_usd: number;
  /** JSON: data set version by table. */
  data_versions: string;
  /** JSON array of sentences. */
  warnings: string;
  /** JSON array of `ResultColumn`. */
  columns: string;
  row_count: number | null;
  truncated: number;
  /** JSON of a `SqlFault`. */
  error: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  duration_ms: number | null;
  /** Where the result is stored; null when there is none, or none any more. */
  result_key: string | null;
  result_expires_at: string | null;
  /** Whoever asks again under the same one gets this query; null for most, and for what was interrupted. */
  client_token: string | null;
}

interface QueryTables {
  queries: QueryRow;
}

export type QueryKey = Pick<QueryRow, 'workspace_id' | 'query_id'>;
export type QueryChange = Omit<Updateable<QueryRow>, keyof QueryKey>;

export interface QueryFilter {
  readonly workspaceId: string;
  readonly limit: number;
  readonly state?: QueryState | undefined;
  /** Part of the SQL text, in any case. */
  readonly search?: string | undefined;
  /** Only queries older than this one. */
  readonly before?: string | undefined;
}

@Injectable()
export class QueriesRepository {
  constructor(private readonly database: Database) {}

  /** False when the workspace has a query under the same client token. */
  async insert(row: QueryRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.tables()
      .insertInto('queries')
      .values(row)
      .onConflict((conflict) => conflict.columns(['workspace_id', 'client_token']).doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async find(workspaceId: string, queryId: string): Promise<QueryRow | undefined> {
    return this.tables()
      .selectFrom('queries')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('query_id', '=', queryId)
      .executeTakeFirst();
  }

  async findByToken(workspaceId: string, clientToken: string): Promise<QueryRow | undefined> {
    return this.tables()
      .selectFrom('queries')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('client_token', '=', clientToken)
      .executeTakeFirst();
  }

  /** Lets another query be begun under the same token. */
  async freeToken({ workspace_id, query_id }: QueryKey): Promise<void> {
    await this.tables()
      .updateTable('queries')
      .set({ client_token: null })
      .where('workspace_id', '=', workspace_id)
      .where('query_id', '=', query_id)
      .execute();
  }

  /** Newest first. */
  async list({ workspaceId, limit, state, search, before }: QueryFilter): Promise<QueryRow[]> {
    let query = this.tables()
      .selectFrom('queries')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('query_id', 'desc')
      .limit(limit);
    if (before !== undefined) query = query.where('query_id', '<', before);
    if (state !== undefined) query = query.where('state', '=', state);
    if (search !== undefined) {
      const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
      query = query.where(sql<boolean>`lower(sql) like ${pattern} escape '\\'`);
    }
    return query.execute();
  }

  /** Changes a query that has not ended. False when it has: an end is final. */
  async change(
    { workspace_id, query_id }: QueryKey,
    change: QueryChange,
    transaction?: DatabaseTransaction,
  ): Promise<boolean> {
    const { numUpdatedRows } = await (transaction ?? this.database)
      .tables<QueryTables>()
      .updateTable('queries')
      .set(change)
      .where('workspace_id', '=', workspace_id)
      .where('query_id', '=', query_id)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** How many queries of the workspace run, and the bytes that those that have not ended will have read. */
  async underWay(workspaceId: string): Promise<{ running: number; bytes: number }> {
    const rows = await this.tables()
      .selectFrom('queries')
      .select(({ fn }) => ['state', fn.countAll().as('count'), fn.sum('bytes_scanned').as('bytes')])
      .where('workspace_id', '=', workspaceId)
      .where('state', 'in', ['queued', 'running'])
      .groupBy('state')
      .execute();
    return {
      running: Number(rows.find(({ state }) => state === 'running')?.count ?? 0),
      bytes: rows.reduce((sum, { bytes }) => sum + Number(bytes), 0),
    };
  }

  /** Queries of all workspaces that have not ended. */
  async unfinished(): Promise<QueryRow[]> {
    return this.tables().selectFrom('queries').selectAll().where('state', 'in', ['queued', 'running']).execute();
  }

  /** Queries of all workspaces whose result is kept longer than it should be. */
  async withExpiredResult(now: string, limit: number): Promise<(QueryKey & { result_key: string })[]> {
    const rows = await this.tables()
      .selectFrom('queries')
      .select(['workspace_id', 'query_id', 'result_key'])
      .where('result_key', 'is not', null)
      .where('result_expires_at', '<=', now)
      .orderBy('result_expires_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, result_key: row.result_key! }));
  }

  async forgetResult(transaction: DatabaseTransaction, { workspace_id, query_id }: QueryKey): Promise<void> {
    await transaction
      .tables<QueryTables>()
      .updateTable('queries')
      .set({ result_key: null })
      .where('workspace_id', '=', workspace_id)
      .where('query_id', '=', query_id)
      .execute();
  }

  private tables() {
    return this.database.tables<QueryTables>();
  }
}
