import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { newId } from '../../platform/ids.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import type { SourceConfig, SourceSecret } from '../../providers/connectors/connector.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { ConnectionTests } from './connection-tests.js';
import { scheduleFault } from './domain/schedule.js';
import { SourceNotFound, TooManySources } from './errors.js';
import {
  ChangeSource,
  type ChangeSourceSecret,
  ConnectionTest,
  CreateSource,
  Source,
  SourcePage,
  TestSource,
} from './source.dto.js';
import { SourceConfigs } from './source-configs.js';
import { SourceSchedules } from './source-schedules.js';
import { SourceSecrets } from './source-secrets.js';
import { SourceViews } from './source-views.js';
import { SyncRequests } from './sync-requests.js';
import { TableExportJob } from './table-export.job.js';

const sourcesPerWorkspace = 100;

type SourceKey = Pick<SourceRow, 'workspace_id' | 'source_id'>;
type SealedSecret = Pick<SourceRow, 'sealed_secret' | 'has_webhook_secret'>;
type SourceChange = SealedSecret &
  Pick<SourceRow, 'name' | 'schedule' | 'visibility' | 'config' | 'member_ids' | 'tables' | 'version' | 'updated_at'>;

/** Connecting platforms and changing what is read of them. */
@Injectable()
export class SourcesService {
  constructor(
    private readonly database: Database,
    private readonly sources: SourcesRepository,
    private readonly secrets: SourceSecrets,
    private readonly configs: SourceConfigs,
    private readonly tests: ConnectionTests,
    private readonly schedules: SourceSchedules,
    private readonly requests: SyncRequests,
    private readonly tables: TableExportJob,
    private readonly views: SourceViews,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Also asks for the first sync. Throws `InvalidRequest` and `TooManySources`. */
  async create(caller: Caller, input: CreateSource): Promise<Source> {
    const { kind, name, secret, schedule = null, visibility = 'workspace', member_ids = [] } = input;
    const { tables = kind !== 'slack' && visibility === 'workspace' } = input;
    const config = await this.configs.complete(kind, input.config);
    const now = this.clock.now().toISOString();
    const key = { workspace_id: caller.workspaceId, source_id: newId('src', this.clock.now().getTime()) };
    const row: SourceRow = {
      ...key,
      kind,
      name,
      config: JSON.stringify(config),
      ...(await this.seal(key, { token: secret.token, webhook_secret: secret.webhook_secret ?? undefined })),
      schedule,
      paused: 0,
      visibility,
      member_ids: JSON.stringify(member_ids),
      tables: tables ? 1 : 0,
      position: null,
      pending_mode: null,
      sync: null,
      generation: 0,
      touched: 0,
      exported: null,
      version: 1,
      created_by: caller.userId,
      created_at: now,
      updated_at: now,
      last_synced_at: null,
      last_full_sync_at: null,
      deleted_at: null,
    };
    check(row);
    await this.database.transaction(async (transaction) => {
      const others = await this.sources.all(caller.workspaceId, {}, transaction);
      if (others.length >= sourcesPerWorkspace) throw new TooManySources(sourcesPerWorkspace);
      await this.sources.insert(transaction, row);
      await this.requests.ask(transaction, row, { mode: 'full', trigger: 'change' });
      await this.audit.recordChange(transaction, caller, 'source.created', row.source_id, { kind, name });
    });
    await this.schedules.apply(row);
    return this.views.show(row);
  }

  async list({ workspaceId }: Caller, include: 'deleted' | undefined): Promise<SourcePage> {
    const rows = await this.sources.all(workspaceId, { deleted: include === 'deleted' });
    return { items: await Promise.all(rows.map((row) => this.views.show(row))), next_cursor: null };
  }

  async get({ workspaceId }: Caller, sourceId: string): Promise<Source> {
    return this.views.show(await this.find(workspaceId, sourceId));
  }

  /** With `ifMatch`, only while the version is that one: else `VersionConflict`. */
  async change(caller: Caller, sourceId: string, input: ChangeSource, ifMatch: string | undefined): Promise<Source> {
    const row = await this.find(caller.workspaceId, sourceId);
    refuseOtherVersion(ifMatch, row.version);
    const change = await this.changeOf(row, input);
    const changed: SourceRow = { ...row, ...change };
    check(changed);
    const isReadAnew = changed.config !== row.config;
    await this.database.transaction(async (transaction) => {
      const restart = isReadAnew ? { position: null, sync: null } : {};
      if (!(await this.sources.changeVersion(transaction, row, { ...change, ...restart })))
        throw new VersionConflict((await this.find(row.workspace_id, sourceId, transaction)).version);
      if (isReadAnew && row.paused === 0)
        await this.requests.ask(transaction, row, { mode: 'full', trigger: 'change' });
      if (changed.tables !== row.tables) await this.tables.askAtOnce(transaction, changed);
      const names = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
      await this.audit.recordChange(transaction, caller, 'source.changed', sourceId, { changed: names });
    });
    await this.schedules.apply(changed);
    return this.get(caller, sourceId);
  }

  async test(caller: Caller, { kind, config, secret }: TestSource): Promise<ConnectionTest> {
    await this.recordTest(caller, kind);
    return this.tests.test(kind, config, { token: secret.token });
  }

  async testStored(caller: Caller, sourceId: string): Promise<ConnectionTest> {
    const row = await this.find(caller.workspaceId, sourceId);
    await this.recordTest(caller, sourceId);
    return this.tests.test(row.kind, JSON.parse(row.config) as SourceConfig, await this.secrets.open(row));
  }

  private recordTest(caller: Caller, object: string): Promise<void> {
    return this.audit.record({ ...caller, action: 'source.tested', object, outcome: 'allowed' });
  }

  private async changeOf(row: SourceRow, input: ChangeSource): Promise<SourceChange> {
    const before = JSON.parse(row.config) as SourceConfig;
    const config = input.config ? await this.configs.complete(row.kind, input.config) : before;
    if (input.secret?.token === undefined) await this.configs.refuseOtherOrigin(row.kind, before, config);
    const { name = row.name, schedule = row.schedule, visibility = row.visibility } = input;
    // A source that fewer people may see keeps no tables for everybody, unless that is what was asked for.
    const tables = input.tables ?? (row.tables === 1 && visibility === 'workspace');
    return {
      name,
      schedule,
      visibility,
      config: JSON.stringify(config),
      member_ids: input.member_ids ? JSON.stringify(input.member_ids) : row.member_ids,
      tables: tables ? 1 : 0,
      ...(input.secret ? await this.sealed(row, input.secret) : pickSecret(row)),
      version: row.version + 1,
      updated_at: this.clock.now().toISOString(),
    };
  }

  private async sealed(row: SourceRow, { token, webhook_secret: given }: ChangeSourceSecret): Promise<SealedSecret> {
    const before = token === undefined || given === undefined ? await this.secrets.open(row) : undefined;
    const webhookSecret = given === undefined ? before?.webhook_secret : (given ?? undefined);
    return this.seal(row, { token: token ?? before!.token, webhook_secret: webhookSecret });
  }

  private async seal(key: SourceKey, secret: SourceSecret): Promise<SealedSecret> {
    const has_webhook_secret = secret.webhook_secret === undefined ? 0 : 1;
    return { sealed_secret: await this.secrets.seal(key, secret), has_webhook_secret };
  }

  private async find(workspaceId: string, sourceId: string, transaction?: DatabaseTransaction): Promise<SourceRow> {
    const row = await this.sources.find(workspaceId, sourceId, transaction);
    if (!row) throw new SourceNotFound(sourceId);
    return row;
  }
}

function pickSecret({ sealed_secret, has_webhook_secret }: SourceRow): SealedSecret {
  return { sealed_secret, has_webhook_secret };
}

/** What neither a field nor a connector can tell alone. */
function check({ schedule, visibility, tables }: SourceRow): void {
  const fault = schedule === null ? undefined : scheduleFault(schedule);
  if (fault !== undefined) throw new InvalidRequest([{ pointer: '/schedule', detail: fault }]);
  if (tables === 1 && visibility !== 'workspace') {
    const detail = 'goes with the visibility workspace only, since all members may query data sets';
    throw new InvalidRequest([{ pointer: '/tables', detail }]);
  }
}
