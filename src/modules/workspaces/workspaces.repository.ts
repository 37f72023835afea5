import { Injectable } from '@nestjs/common';
import { sql, type Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import {
  allPermissions,
  everybodysPermissions,
  isRole,
  type Permission,
  type Role,
  rolePermissions,
} from '../access/permissions.js';
import { joinedMemberships } from './joined-memberships.js';

export interface WorkspaceTables {
  workspaces: {
    id: string;
    name: string;
    version: number;
    created_at: string;
    updated_at: string | null;
    /** Set once somebody has deleted it; until `purge_at` it can be restored. */
    deleted_at: string | null;
    purge_at: string | null;
  };
  memberships: {
    workspace_id: string;
    user_id: string;
    /** A built-in role's name, or the id of one of the workspace's own. */
    role: string;
    /** 1 for the workspace that its user has chosen to be meant when a request names none; see `membershipsOf`. */
    is_default: number;
    version: number;
    created_at: string;
  };
  roles: {
    id: string;
    workspace_id: string;
    name: string;
    name_key: string;
    description: string;
    /** JSON array of permissions. */
    permissions: string;
    version: number;
    created_at: string;
    updated_at: string;
  };
}

export type WorkspaceRow = WorkspaceTables['workspaces'];

export interface Membership {
  readonly workspaceId: string;
  readonly name: string;
  /** Name of the role. */
  readonly role: string;
  readonly permissions: ReadonlySet<Permission>;
}

interface FoundMembership {
  readonly workspaceId: string;
  readonly name: string;
  readonly role: string;
  readonly customName: string | null;
  readonly customPermissions: string | null;
}

type Transacting = Database | DatabaseTransaction;

@Injectable()
export class WorkspacesRepository {
  constructor(private readonly database: Database) {}

  /**
   * The user's workspaces, the default one first: the one that they chose, and while that is deleted or left, the one
   * that they have belonged to for longest.
   */
  async membershipsOf(userId: string, within: Transacting = this.database): Promise<Membership[]> {
    return (await this.byDefault(userId, within).execute()).map(toMembership);
  }

  /** The membership in one workspace, or in the default one. */
  async membership(
    userId: string,
    workspaceId: string | undefined,
    within: Transacting = this.database,
  ): Promise<Membership | undefined> {
    const query = this.byDefault(userId, within);
    const narrowed = workspaceId === undefined ? query : query.where('memberships.workspace_id', '=', workspaceId);
    const found = await narrowed.limit(1).executeTakeFirst();
    return found && toMembership(found);
  }

  async insert(
    transaction: DatabaseTransaction,
    workspace: Pick<WorkspaceTables['workspaces'], 'id' | 'name' | 'created_at'>,
  ): Promise<void> {
    const row = { ...workspace, version: 1, updated_at: null, deleted_at: null, purge_at: null };
    await transaction.tables<WorkspaceTables>().insertInto('workspaces').values(row).execute();
  }

  async update(
    transaction: DatabaseTransaction,
    workspaceId: string,
    change: Omit<Updateable<WorkspaceRow>, 'id'>,
  ): Promise<void> {
    await transaction
      .tables<WorkspaceTables>()
      .updateTable('workspaces')
      .set(change)
      .where('id', '=', workspaceId)
      .execute();
  }

  async insertMembership(
    transaction: DatabaseTransaction,
    membership: Omit<WorkspaceTables['memberships'], 'version'>,
  ): Promise<void> {
    const row = { ...membership, version: 1 };
    await transaction.tables<WorkspaceTables>().insertInto('memberships').values(row).execute();
  }

  /** False when the user belongs to no such workspace. */
  async setDefault(transaction: DatabaseTransaction, userId: string, workspaceId: string): Promise<boolean> {
    if (!(await this.membership(userId, workspaceId, transaction))) return false;
    await transaction
      .tables<WorkspaceTables>()
      .updateTable('memberships')
      .set({ is_default: sql`case when workspace_id = ${workspaceId} then 1 else 0 end` })
      .where('user_id', '=', userId)
      .execute();
    return true;
  }

  /**
   * Holds the workspace until the transaction ends, so that changes of who may do what there come one after the other.
   * Undefined when there is none, or it is deleted.
   */
  async hold(transaction: DatabaseTransaction, workspaceId: string): Promise<WorkspaceRow | undefined> {
    return transaction
      .tables<WorkspaceTables>()
      .updateTable('workspaces')
      .set({ version: sql`version` })
      .where('id', '=', workspaceId)
      .where('deleted_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
  }

  /**
   * Names of the workspaces, or of the one workspace, that nobody but the user owns and can sign in to: they must not
   * leave, be disabled or deleted before somebody else owns those. Holds what the user owns until the transaction ends.
   */
  async ownedByNobodyElse(
    transaction: DatabaseTransaction,
    userId: string,
    workspaceId?: string,
  ): Promise<readonly string[]> {
    const tables = transaction.tables<WorkspaceTables & { users: { id: string; is_active: number } }>();
    let owned = tables.selectFrom('memberships').select('workspace_id').where('user_id', '=', userId);
    owned = owned.where('role', '=', 'owner' satisfies Role);
    if (workspaceId !== undefined) owned = owned.where('workspace_id', '=', workspaceId);
    const held = await tables
      .updateTable('workspaces')
      .set({ version: sql`version` })
      .where('id', 'in', owned)
      .where('deleted_at', 'is', null)
      .returning(['id', 'name'])
      .execute();
    if (held.length === 0) return [];
    const others = await tables
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .select('memberships.workspace_id')
      .where(
        'memberships.workspace_id',
        'in',
        held.map(({ id }) => id),
      )
      .where('memberships.role', '=', 'owner' satisfies Role)
      .where('memberships.user_id', '!=', userId)
      .where('users.is_active', '=', 1)
      .execute();
    const shared = new Set(others.map(({ workspace_id }) => workspace_id));
    return held.filter(({ id }) => !shared.has(id)).map(({ name }) => name);
  }

  private byDefault(userId: string, within: Transacting = this.database) {
    return joinedMemberships(userId, within)
      .select([
        'memberships.workspace_id as workspaceId',
        'workspaces.name',
        'memberships.role',
        'roles.name as customName',
        'roles.permissions as customPermissions',
      ])
      .where('workspaces.deleted_at', 'is', null)
      .orderBy('memberships.is_default', 'desc')
      .orderBy('memberships.created_at')
      .orderBy('memberships.workspace_id');
  }
}

function toMembership({ workspaceId, name, role, customName, customPermissions }: FoundMembership): Membership {
  if (isRole(role)) return { workspaceId, name, role, permissions: rolePermissions[role] };
  return { workspaceId, name, role: customName ?? role, permissions: storedPermissions(customPermissions ?? '[]') };
}

/** What the JSON of a workspace's own role grants. A permission that this release does not know grants nothing. */
export function storedPermissions(json: string): ReadonlySet<Permission> {
  const granted = new Set([...(JSON.parse(json) as string[]), ...everybodysPermissions]);
  return new Set(allPermissions.filter((permission) => granted.has(permission)));
}
