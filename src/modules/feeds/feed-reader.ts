import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import type { SqlFault } from '../../providers/query-engine/query-engine.js';
import type { Caller } from '../access/caller.js';
import { SqlRefused } from '../queries/errors.js';
import type { QueryRow } from '../queries/queries.repository.js';
import { QueriesService } from '../queries/queries.service.js';
import { bindParameters, type BoundStatement } from '../saved-queries/domain/bind-parameters.js';
import { SavedQueriesService } from '../saved-queries/saved-queries.service.js';
import { readerValues } from './domain/reader-values.js';
import { FeedFailed } from './errors.js';
import { type FeedRow, FeedsRepository } from './feeds.repository.js';
import { FeedsService } from './feeds.service.js';

const dayMs = 86_400_000;

/** A feed with the query whose result a reader gets. */
export interface FeedReading {
  readonly feed: FeedRow;
  readonly query: QueryRow;
}

/** Finds the result that a reader of a feed gets: the stored one while it is fresh, else a new one. */
@Injectable()
export class FeedReader {
  /** Readers who come while a result is being made share it. */
  private readonly running = new Map<string, Promise<QueryRow>>();

  constructor(
    private readonly feeds: FeedsService,
    private readonly results: FeedsRepository,
    private readonly savedQueries: SavedQueriesService,
    private readonly queries: QueriesService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** `address` holds the parameters of the address as texts. Throws `FeedNotFound`, `InvalidRequest` or `FeedFailed`. */
  async read(caller: Caller, feedId: string, address: Readonly<Record<string, unknown>>): Promise<FeedReading> {
    const feed = await this.feeds.find(caller.workspaceId, feedId);
    const { sql, parameters } = await this.savedQueries.get(caller, feed.saved_query_id);
    const fixed = JSON.parse(feed.parameters) as Record<string, unknown>;
    const statement = bindParameters(sql, parameters, {
      values: readerValues(parameters, fixed, address),
      pointer: '?',
    });
    const fingerprint = fingerprintOf(statement);
    const query = (await this.fresh(feed, fingerprint)) ?? (await this.shared(caller, feed, fingerprint, statement));
    return { feed, query };
  }

  private async fresh(feed: FeedRow, fingerprint: string): Promise<QueryRow | undefined> {
    const stored = await this.results.findResult(feed, fingerprint);
    if (!stored) return undefined;
    const ageMs = this.clock.now().getTime() - Date.parse(stored.finished_at);
    if (ageMs < 0 || ageMs >= feed.max_age_seconds * 1000) return undefined;
    const query = await this.queries.row(feed.workspace_id, stored.query_id);
    return query.result_key === null ? undefined : query;
  }

  private shared(caller: Caller, feed: FeedRow, fingerprint: string, statement: BoundStatement): Promise<QueryRow> {
    const key = `${feed.workspace_id}/${feed.feed_id}/${fingerprint}`;
    const existing = this.running.get(key);
    if (existing) return existing;
    const made = this.make(caller, feed, fingerprint, statement).finally(() => this.running.delete(key));
    this.running.set(key, made);
    return made;
  }

  private async make(caller: Caller, feed: FeedRow, fingerprint: string, statement: BoundStatement): Promise<QueryRow> {
    const query = await this.run(caller, statement);
    const { workspace_id, feed_id } = feed;
    const finished_at = query.finished_at!;
    const oldest = new Date(Date.parse(finished_at) - this.config.queryResultDays * dayMs).toISOString();
    const result = { workspace_id, feed_id, fingerprint, query_id: query.query_id, finished_at };
    await this.database.transaction((transaction) => this.results.keepResult(transaction, result, oldest));
    return query;
  }

  private async run(caller: Caller, statement: BoundStatement): Promise<QueryRow> {
    const live = await this.queries.run(caller, statement).catch((error: unknown) => {
      throw error instanceof SqlRefused ? new FeedFailed(error.fault) : error;
    });
    const { row } = await live.ended;
    if (row.state !== 'succeeded') throw new FeedFailed(JSON.parse(row.error!) as SqlFault, row.query_id);
    return row;
  }
}

function fingerprintOf({ sql, parameters }: BoundStatement): string {
  return createHash('sha256')
    .update(JSON.stringify([sql, parameters]))
    .digest('hex');
}
