import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { refuseOtherVersion } from '../../platform/versions/entity-tag.js';
import type { Versioned } from '../../platform/versions/versioned.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { allPermissions, everybodysPermissions, type Permission } from '../access/permissions.js';
import { RightsChanges } from '../audit/rights-changes.js';
import { HeldRights } from '../workspaces/held-rights.js';
import { storedPermissions } from '../workspaces/workspaces.repository.js';
import { builtInRole, type BuiltInRole, builtInRoles } from './built-in-roles.js';
import { roleNameKey } from './domain/role-name.js';
import { RoleBuiltIn, RoleInUse, RoleNameTaken, RoleNotFound, TooManyRoles } from './errors.js';
import { ChangeRole, CreateRole, WorkspaceRole, WorkspaceRoleList } from './role.dto.js';
import type { GrantableRole } from './role.js';
import { RolesRepository, type RoleRow } from './roles.repository.js';
import { RolesService } from './roles.service.js';

const maximumRoles = 100;

/** The roles of a workspace: list, create, change, delete. Nobody writes into a role what they may not do themselves. */
@Injectable()
export class RoleEditorService {
  constructor(
    private readonly repository: RolesRepository,
    private readonly roles: RolesService,
    private readonly rights: HeldRights,
    private readonly database: Database,
    private readonly changes: RightsChanges,
    private readonly clock: Clock,
  ) {}

  async list({ workspaceId }: Caller): Promise<WorkspaceRoleList> {
    const members = await this.repository.memberCounts(workspaceId);
    const own = await this.repository.list(workspaceId);
    const items = [
      ...builtInRoles.map((role) => shownBuiltIn(role, members)),
      ...own.map((row) => shownOwn(row, members)),
    ];
    return { items, next_cursor: null };
  }

  /** Throws `RoleNotFound`, also for a role of another workspace. */
  async get({ workspaceId }: Caller, id: string): Promise<Versioned<WorkspaceRole>> {
    const members = await this.repository.memberCounts(workspaceId);
    const builtIn = builtInRoles.find((role) => role.id === id);
    if (builtIn) return { shown: shownBuiltIn(builtIn, members), version: 1 };
    const row = await this.repository.find(workspaceId, id);
    if (!row) throw new RoleNotFound(id);
    return { shown: shownOwn(row, members), version: row.version };
  }

  /** Returns the role's id. Throws `RoleExceedsYours`, `RoleNameTaken`, `TooManyRoles` or `InvalidRequest`. */
  async create(caller: Caller, { name, description = '', permissions }: CreateRole): Promise<string> {
    const now = this.clock.now().toISOString();
    const row: RoleRow = {
      id: randomUUID(),
      workspace_id: caller.workspaceId,
      name,
      name_key: roleNameKey(name),
      description,
      permissions: JSON.stringify(inOrder(permissions)),
      version: 1,
      created_at: now,
      updated_at: now,
    };
    refuseReservedName(row);
    await this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      this.roles.requireGrantable(actor, granting(row));
      if ((await this.repository.count(transaction, caller.workspaceId)) >= maximumRoles) {
        throw new TooManyRoles(maximumRoles);
      }
      await this.refuseTakenName(transaction, row);
      await this.repository.insert(transaction, row);
      await this.changes.record(transaction, caller, 'role.created', row.id, {
        name,
        permissions: inOrder(permissions),
      });
    });
    return row.id;
  }

  /** Takes effect within a second for everybody who has the role. Throws as `create` does, and `VersionConflict`. */
  async change(caller: Caller, id: string, input: ChangeRole, ifMatch: string | undefined): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const { actor, row } = await this.begin(transaction, caller, id, ifMatch);
      const name = input.name ?? row.name;
      const changed: RoleRow = {
        ...row,
        name,
        name_key: roleNameKey(name),
        description: input.description ?? row.description,
        permissions: input.permissions === undefined ? row.permissions : JSON.stringify(inOrder(input.permissions)),
        version: row.version + 1,
        updated_at: this.clock.now().toISOString(),
      };
      refuseReservedName(changed);
      this.roles.requireGrantable(actor, granting(changed));
      await this.refuseTakenName(transaction, changed);
      await this.repository.update(transaction, row, changed);
      await this.changes.record(transaction, caller, 'role.changed', id, {
        from: { name: row.name, permissions: JSON.parse(row.permissions) as string[] },
        to: { name, permissions: JSON.parse(changed.permissions) as string[] },
      });
    });
  }

  /** Throws `RoleInUse` while somebody has the role, or is invited to it, and no other role is named. */
  async delete(
    caller: Caller,
    id: string,
    replaceWith: string | undefined,
    ifMatch: string | undefined,
  ): Promise<void> {
    const { workspaceId } = caller;
    await this.database.transaction(async (transaction) => {
      const { actor, row } = await this.begin(transaction, caller, id, ifMatch);
      const members = (await this.repository.memberCounts(workspaceId, transaction)).get(id) ?? 0;
      const other = replaceWith === undefined ? undefined : await this.substitute(transaction, actor, id, replaceWith);
      if (other) await this.repository.replace(transaction, workspaceId, id, other.stored);
      else await this.refuseUsed(transaction, row, members);
      await this.repository.delete(transaction, row);
      const detail = { name: row.name, members, replaced_with: other?.name };
      await this.changes.record(transaction, caller, 'role.deleted', id, detail);
    });
  }

  private async substitute(
    transaction: DatabaseTransaction,
    actor: Caller,
    id: string,
    nameOrId: string,
  ): Promise<GrantableRole> {
    const other = await this.roles.resolve(actor.workspaceId, nameOrId, transaction);
    if (!other || other.id === id) {
      throw new InvalidRequest([{ pointer: '?replace_with', detail: 'must be another role of this workspace' }]);
    }
    this.roles.requireGrantable(actor, other);
    return other;
  }

  private async refuseUsed(transaction: DatabaseTransaction, row: RoleRow, members: number): Promise<void> {
    const now = this.clock.now().toISOString();
    const invitations = await this.repository.openInvitations(transaction, row.workspace_id, row.id, now);
    if (members + invitations > 0) throw new RoleInUse({ members, invitations });
  }

  /** The role to be changed by a caller who may: one of the workspace's own that does not exceed theirs. */
  private async begin(
    transaction: DatabaseTransaction,
    caller: Caller,
    id: string,
    ifMatch: string | undefined,
  ): Promise<{ actor: Caller; row: RoleRow }> {
    const builtIn = builtInRoles.find((role) => role.id === id);
    if (builtIn) throw new RoleBuiltIn(builtIn.name);
    const actor = await this.rights.hold(transaction, caller);
    const row = await this.repository.find(caller.workspaceId, id, transaction);
    if (!row) throw new RoleNotFound(id);
    refuseOtherVersion(ifMatch, row.version);
    this.roles.requireGrantable(actor, granting(row));
    return { actor, row };
  }

  private async refuseTakenName(transaction: DatabaseTransaction, role: RoleRow): Promise<void> {
    const other = await this.repository.findByName(role.workspace_id, role.name_key, transaction);
    if (other && other.id !== role.id) throw new RoleNameTaken(other.name);
  }
}

/** With what every role has, in the order of the table of permissions. */
function inOrder(permissions: readonly Permission[]): Permission[] {
  const granted = new Set([...permissions, ...everybodysPermissions]);
  return allPermissions.filter((permission) => granted.has(permission));
}

function granting({ name, permissions }: RoleRow): { name: string; permissions: ReadonlySet<Permission> } {
  return { name, permissions: storedPermissions(permissions) };
}

/** What a name or an id means must never be in doubt. */
function refuseReservedName({ name_key: key }: RoleRow): void {
  const builtIn = builtInRole(key);
  if (builtIn) throw new RoleNameTaken(builtIn.name);
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) {
    throw new InvalidRequest([{ pointer: '/name', detail: 'must not look like the id of a role' }]);
  }
}

function shownBuiltIn(role: BuiltInRole, members: ReadonlyMap<string, number>): WorkspaceRole {
  const { id, name, description, permissions, stored } = role;
  return { id, name, description, permissions: [...permissions], built_in: true, members: members.get(stored) ?? 0 };
}

function shownOwn(row: RoleRow, members: ReadonlyMap<string, number>): WorkspaceRole {
  const { id, name, description } = row;
  const permissions = [...storedPermissions(row.permissions)];
  return { id, name, description, permissions, built_in: false, members: members.get(id) ?? 0 };
}
