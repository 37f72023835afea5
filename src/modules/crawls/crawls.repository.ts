import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { CrawlState } from './crawl.dto.js';

export interface CrawlRow {
  workspace_id: string;
  crawl_id: string;
  dataset: string;
  state: CrawlState;
  /** The conversion that goes before, when the crawl came with a submit. */
  publish_job_id: string | null;
  /** The crawl itself; null until the conversion has succeeded. */
  crawl_job_id: string | null;
  /** JSON of the `CrawlStep` at which it ended; null while its job has it. */
  progress: string | null;
  /** JSON array of `CrawledTable`. */
  tables: string;
  /** JSON of a `JobError`. */
  error: string | null;
  created_by: string;
  queued_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface CrawlFilter {
  readonly workspaceId: string;
  readonly dataset?: string | undefined;
  readonly state?: CrawlState | undefined;
  readonly limit: number;
  /** Continue after this crawl, newest first. */
  readonly after?: CrawlPosition | undefined;
}

export type CrawlPosition = Pick<CrawlRow, 'queued_at' | 'crawl_id'>;

export const activeStates = ['queued', 'running', 'stopping'] as const satisfies readonly CrawlState[];

@Injectable()
export class CrawlsRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, crawlId: string, transaction?: DatabaseTransaction): Promise<CrawlRow | undefined> {
    return this.tables(transaction)
      .selectFrom('crawls')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('crawl_id', '=', crawlId)
      .executeTakeFirst();
  }

  /** The data set's crawl that has not ended; there is one at most. */
  async findActive(
    workspaceId: string,
    dataset: string,
    transaction?: DatabaseTransaction,
  ): Promise<CrawlRow | undefined> {
    return this.tables(transaction)
      .selectFrom('crawls')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('dataset', '=', dataset)
      .where('state', 'in', activeStates)
      .executeTakeFirst();
  }

  async list({ workspaceId, dataset, state, limit, after }: CrawlFilter): Promise<CrawlRow[]> {
    let query = this.tables()
      .selectFrom('crawls')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('queued_at', 'desc')
      .orderBy('crawl_id', 'desc')
      .limit(limit);
    if (dataset !== undefined) query = query.where('dataset', '=', dataset);
    if (state !== undefined) query = query.where('state', '=', state);
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('queued_at', 'crawl_id'), '<', tuple(after.queued_at, after.crawl_id)),
      );
    }
    return query.execute();
  }

  async insert(transaction: DatabaseTransaction, crawl: CrawlRow): Promise<void> {
    await this.tables(transaction).insertInto('crawls').values(crawl).execute();
  }

  /** Changes the crawl while it is in one of the given states; false when it is not. */
  async change(
    workspaceId: string,
    crawlId: string,
    from: readonly CrawlState[],
    change: Updateable<CrawlRow>,
    transaction?: DatabaseTransaction,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.tables(transaction)
      .updateTable('crawls')
      .set(change)
      .where('workspace_id', '=', workspaceId)
      .where('crawl_id', '=', crawlId)
      .where('state', 'in', from)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<{ crawls: CrawlRow }>();
  }
}
