import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { refuseOtherVersion } from '../../platform/versions/entity-tag.js';
import type { Versioned } from '../../platform/versions/versioned.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import type { Caller, Principal } from '../access/caller.js';
import { AdministratorRequired, WorkspaceNotFound } from '../access/errors.js';
import { AuditLog } from '../audit/audit.log.js';
import { TooManyWorkspaces } from './errors.js';
import { type OwnWorkspaceRow, OwnWorkspacesRepository } from './own-workspaces.repository.js';
import { ChangeWorkspace, CreateWorkspace, Workspace, WorkspacePage, WorkspacesQuery } from './workspace.dto.js';
import { WorkspacesRepository } from './workspaces.repository.js';

type Position = Pick<OwnWorkspaceRow, 'joined_at' | 'id'>;

/** A user's workspaces: list, create, rename. */
@Injectable()
export class WorkspacesService {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly own: OwnWorkspacesRepository,
    private readonly database: Database,
    private readonly changes: AccessChanges,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** An API token sees only the workspace that it is for. */
  async list({ userId, credential }: Principal, query: WorkspacesQuery): Promise<WorkspacePage> {
    const { limit, cursor, include } = query;
    const scope = `workspaces/${userId}/${include ?? ''}`;
    const rows = await this.own.list(userId, {
      limit: limit + 1,
      workspaceId: credential.kind === 'api_token' ? credential.workspaceId : undefined,
      restorableAt: include === 'deleted' ? this.clock.now().toISOString() : undefined,
      after: cursor === undefined ? undefined : this.cursors.decode<Position>(scope, cursor),
    });
    const defaultId = await this.defaultOf(userId);
    return pageOf(
      rows,
      limit,
      (row) => shown(row, defaultId),
      ({ joined_at, id }) => this.cursors.encode(scope, { joined_at, id } satisfies Position),
    );
  }

  /** Throws `WorkspaceNotFound` unless the user belongs to it, deleted or not. */
  async get(userId: string, workspaceId: string): Promise<Versioned<Workspace>> {
    const row = await this.own.find(userId, workspaceId);
    if (!row) throw new WorkspaceNotFound(workspaceId);
    return { shown: shown(row, await this.defaultOf(userId)), version: row.version };
  }

  /** The creator becomes its owner. Throws `AdministratorRequired` or `TooManyWorkspaces`. */
  async create(principal: Principal, { name }: CreateWorkspace): Promise<Versioned<Workspace>> {
    if (this.config.workspaceCreation === 'administrators' && !principal.administrator) {
      throw new AdministratorRequired('Creating workspaces');
    }
    const { userId } = principal;
    const workspaceId = randomUUID();
    const now = this.clock.now().toISOString();
    await this.database.transaction(async (transaction) => {
      const limit = this.config.workspacesPerUser;
      if ((await this.own.countOwned(transaction, userId)) >= limit) throw new TooManyWorkspaces(limit);
      await this.workspaces.insert(transaction, { id: workspaceId, name, created_at: now });
      await this.workspaces.insertMembership(transaction, {
        workspace_id: workspaceId,
        user_id: userId,
        role: 'owner',
        is_default: 0,
        created_at: now,
      });
      await this.changes.announce(transaction);
      await this.audit.record(
        { ...principal, workspaceId, action: 'workspace.created', object: workspaceId, outcome: 'allowed' },
        transaction,
      );
    });
    return this.get(userId, workspaceId);
  }

  /** With `ifMatch`, only while the version is that one: else `VersionConflict`. */
  async change(caller: Caller, { name }: ChangeWorkspace, ifMatch: string | undefined): Promise<Versioned<Workspace>> {
    const { workspaceId, userId } = caller;
    await this.database.transaction(async (transaction) => {
      const row = await this.workspaces.hold(transaction, workspaceId);
      if (!row) throw new WorkspaceNotFound(workspaceId);
      refuseOtherVersion(ifMatch, row.version);
      if (name === undefined || name === row.name) return;
      const change = { name, version: row.version + 1, updated_at: this.clock.now().toISOString() };
      await this.workspaces.update(transaction, workspaceId, change);
      const detail = { from: row.name, to: name };
      await this.audit.record(
        { ...caller, action: 'workspace.renamed', object: workspaceId, outcome: 'allowed', detail },
        transaction,
      );
    });
    return this.get(userId, workspaceId);
  }

  private async defaultOf(userId: string): Promise<string | undefined> {
    return (await this.workspaces.membership(userId, undefined))?.workspaceId;
  }
}

function shown(row: OwnWorkspaceRow, defaultId: string | undefined): Workspace {
  const { id, name, role, role_name, created_at, deleted_at, purge_at } = row;
  return { id, name, role: role_name ?? role, is_default: id === defaultId, created_at, deleted_at, purge_at };
}
