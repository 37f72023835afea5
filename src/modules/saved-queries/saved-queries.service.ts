import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import type { ParameterDefinition } from './domain/parameter-values.js';
import { SavedQueryInUse, SavedQueryNotFound } from './errors.js';
import { SavedQueriesRepository, type SavedQueryRow } from './saved-queries.repository.js';
import { SavedQueryCheck } from './saved-query-check.js';
import { ChangeSavedQuery, CreateSavedQuery, SavedQuery, SavedQueryPage } from './saved-query.dto.js';

/** Tells what uses a saved query, in words such as `the feed "Sales" (feed_…)`. Asked inside the deleting transaction. */
export type UseFinder = (
  transaction: DatabaseTransaction,
  workspaceId: string,
  savedQueryId: string,
) => Promise<readonly string[]>;

/** Queries that are kept under a name, with typed parameters. */
@Injectable()
export class SavedQueriesService {
  private readonly useFinders: UseFinder[] = [];

  constructor(
    private readonly savedQueries: SavedQueriesRepository,
    private readonly checker: SavedQueryCheck,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
  ) {}

  /** From now on a saved query that the finder knows a use of cannot be deleted. */
  refuseDeletionOfUsed(finder: UseFinder): void {
    this.useFinders.push(finder);
  }

  async create(caller: Caller, input: CreateSavedQuery): Promise<SavedQuery> {
    const parameters = input.parameters ?? [];
    await this.checker.check(caller, input.sql, parameters);
    const now = this.clock.now();
    const row: SavedQueryRow = {
      workspace_id: caller.workspaceId,
      saved_query_id: newId('sq', now.getTime()),
      name: input.name,
      description: input.description ?? '',
      sql: input.sql,
      parameters: JSON.stringify(parameters),
      version: 1,
      user_id: caller.userId,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      await this.savedQueries.insert(transaction, row);
      await this.audit.recordChange(transaction, caller, 'saved_query.created', row.saved_query_id);
    });
    return shown(row);
  }

  async list({ workspaceId }: Caller, { limit, cursor }: PageQuery): Promise<SavedQueryPage> {
    const scope = `saved-queries/${workspaceId}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor);
    const rows = await this.savedQueries.list(workspaceId, limit + 1, before);
    return pageOf(rows, limit, shown, ({ saved_query_id }) => this.cursors.encode(scope, saved_query_id));
  }

  /** Throws `SavedQueryNotFound`, also for a saved query of another workspace. */
  async get({ workspaceId }: Pick<Caller, 'workspaceId'>, id: string): Promise<SavedQuery> {
    return shown(await this.find(workspaceId, id));
  }

  /** With `ifMatch`, only while the version is that one: else `VersionConflict`. */
  async change(caller: Caller, id: string, input: ChangeSavedQuery, ifMatch: string | undefined): Promise<SavedQuery> {
    const row = await this.find(caller.workspaceId, id);
    refuseOtherVersion(ifMatch, row.version);
    const parameters = input.parameters ?? (JSON.parse(row.parameters) as ParameterDefinition[]);
    const sql = input.sql ?? row.sql;
    await this.checker.check(caller, sql, parameters);
    const changed: SavedQueryRow = {
      ...row,
      name: input.name ?? row.name,
      description: input.description ?? row.description,
      sql,
      parameters: JSON.stringify(parameters),
      version: row.version + 1,
      updated_at: this.clock.now().toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      const updated = await this.savedQueries.update(transaction, row, changed);
      if (!updated) throw await this.conflict(transaction, row);
      await this.audit.recordChange(transaction, caller, 'saved_query.changed', id);
    });
    return shown(changed);
  }

  /** Throws `SavedQueryInUse` while something needs it. */
  async delete(caller: Caller, id: string, ifMatch: string | undefined): Promise<void> {
    const { workspaceId } = caller;
    await this.database.transaction(async (transaction) => {
      const row = await this.find(workspaceId, id, transaction);
      refuseOtherVersion(ifMatch, row.version);
      const uses = await Promise.all(this.useFinders.map((find) => find(transaction, workspaceId, id)));
      if (uses.flat().length > 0) throw new SavedQueryInUse(uses.flat());
      await this.savedQueries.delete(transaction, row);
      await this.audit.recordChange(transaction, caller, 'saved_query.deleted', id);
    });
  }

  /** Tells under which query a saved one was run; what that read is recorded with its end. */
  noteRun(caller: Caller, id: string, queryId: string): void {
    const detail = { query_id: queryId };
    this.audit.note({ ...caller, action: 'saved_query.run', object: id, outcome: 'allowed', detail });
  }

  private async find(workspaceId: string, id: string, transaction?: DatabaseTransaction): Promise<SavedQueryRow> {
    const row = await this.savedQueries.find(workspaceId, id, transaction);
    if (!row) throw new SavedQueryNotFound();
    return row;
  }

  private async conflict(transaction: DatabaseTransaction, row: SavedQueryRow) {
    return new VersionConflict((await this.find(row.workspace_id, row.saved_query_id, transaction)).version);
  }
}

function shown(row: SavedQueryRow): SavedQuery {
  const { saved_query_id, name, description, sql, parameters, version, created_at, updated_at } = row;
  return {
    saved_query_id,
    name,
    description,
    sql,
    parameters: JSON.parse(parameters) as SavedQuery['parameters'],
    version,
    created_at,
    updated_at,
  };
}
