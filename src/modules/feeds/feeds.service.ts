import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { chooseValues } from '../saved-queries/domain/bind-parameters.js';
import { SavedQueryNotFound } from '../saved-queries/errors.js';
import { SavedQueriesService } from '../saved-queries/saved-queries.service.js';
import { FeedNotFound } from './errors.js';
import { ChangeFeed, CreateFeed, Feed, FeedPage } from './feed.dto.js';
import { type FeedRow, FeedsRepository } from './feeds.repository.js';

const defaultMaxAgeSeconds = 300;

/** Saved queries under addresses that stay the same. */
@Injectable()
export class FeedsService implements OnModuleInit {
  constructor(
    private readonly feeds: FeedsRepository,
    private readonly savedQueries: SavedQueriesService,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.savedQueries.refuseDeletionOfUsed(async (transaction, workspaceId, savedQueryId) => {
      const feeds = await this.feeds.ofSavedQuery(transaction, workspaceId, savedQueryId);
      return feeds.map(({ feed_id, name }) => `the feed "${name}" (${feed_id})`);
    });
  }

  async create(caller: Caller, input: CreateFeed): Promise<Feed> {
    const parameters = input.parameters ?? {};
    await this.refuseUnfit(caller, input.saved_query_id, parameters);
    const now = this.clock.now();
    const row: FeedRow = {
      workspace_id: caller.workspaceId,
      feed_id: newId('feed', now.getTime()),
      name: input.name,
      saved_query_id: input.saved_query_id,
      parameters: JSON.stringify(parameters),
      max_age_seconds: input.max_age_seconds ?? defaultMaxAgeSeconds,
      version: 1,
      user_id: caller.userId,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      await this.feeds.insert(transaction, row);
      await this.audit.recordChange(transaction, caller, 'feed.created', row.feed_id);
    });
    return this.shown(row);
  }

  async list({ workspaceId }: Caller, { limit, cursor }: PageQuery): Promise<FeedPage> {
    const scope = `feeds/${workspaceId}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor);
    const rows = await this.feeds.list(workspaceId, limit + 1, before);
    return pageOf(
      rows,
      limit,
      (row) => this.shown(row),
      ({ feed_id }) => this.cursors.encode(scope, feed_id),
    );
  }

  async get({ workspaceId }: Caller, feedId: string): Promise<Feed> {
    return this.shown(await this.find(workspaceId, feedId));
  }

  /** With `ifMatch`, only while the version is that one: else `VersionConflict`. */
  async change(caller: Caller, feedId: string, input: ChangeFeed, ifMatch: string | undefined): Promise<Feed> {
    const row = await this.find(caller.workspaceId, feedId);
    refuseOtherVersion(ifMatch, row.version);
    const savedQueryId = input.saved_query_id ?? row.saved_query_id;
    const parameters = input.parameters ?? (JSON.parse(row.parameters) as Record<string, unknown>);
    await this.refuseUnfit(caller, savedQueryId, parameters);
    const changed: FeedRow = {
      ...row,
      name: input.name ?? row.name,
      saved_query_id: savedQueryId,
      parameters: JSON.stringify(parameters),
      max_age_seconds: input.max_age_seconds ?? row.max_age_seconds,
      version: row.version + 1,
      updated_at: this.clock.now().toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      const updated = await this.feeds.update(transaction, row, changed);
      if (!updated) throw new VersionConflict((await this.find(caller.workspaceId, feedId, transaction)).version);
      await this.audit.recordChange(transaction, caller, 'feed.changed', feedId);
    });
    return this.shown(changed);
  }

  async delete(caller: Caller, feedId: string, ifMatch: string | undefined): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const row = await this.find(caller.workspaceId, feedId, transaction);
      refuseOtherVersion(ifMatch, row.version);
      await this.feeds.delete(transaction, row);
      await this.audit.recordChange(transaction, caller, 'feed.deleted', feedId);
    });
  }

  /** Throws `FeedNotFound`, also for a feed of another workspace. */
  async find(workspaceId: string, feedId: string, transaction?: DatabaseTransaction): Promise<FeedRow> {
    const row = await this.feeds.find(workspaceId, feedId, transaction);
    if (!row) throw new FeedNotFound();
    return row;
  }

  /** What is required but not fixed is given by readers. */
  private async refuseUnfit(
    caller: Caller,
    savedQueryId: string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { parameters } = await this.savedQuery(caller, savedQueryId);
    const optional = parameters.map((parameter) => ({ ...parameter, required: false }));
    chooseValues(optional, { values, pointer: '/parameters/' });
  }

  private async savedQuery(caller: Caller, id: string) {
    try {
      return await this.savedQueries.get(caller, id);
    } catch (error) {
      if (!(error instanceof SavedQueryNotFound)) throw error;
      throw new InvalidRequest([{ pointer: '/saved_query_id', detail: 'is not a saved query of this workspace' }]);
    }
  }

  private shown(row: FeedRow): Feed {
    const { feed_id, name, saved_query_id, parameters, max_age_seconds, version, created_at, updated_at } = row;
    const url = `${(this.config.publicUrl ?? '').replace(/\/$/, '')}/api/v1/feeds/${feed_id}`;
    return {
      feed_id,
      name,
      saved_query_id,
      parameters: JSON.parse(parameters) as Record<string, unknown>,
      max_age_seconds,
      version,
      urls: { csv: `${url}.csv`, json: `${url}.json`, parquet: `${url}.parquet` },
      created_at,
      updated_at,
    };
  }
}
