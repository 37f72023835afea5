import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { allPermissions, isRole, type Permission, rolePermissions } from '../access/permissions.js';

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
    /** 1 for the workspace that is meant when a request names none; one for each user. */
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

@Injectable()
export class WorkspacesRepository {
  constructor(private readonly database: Database) {}

  /** The user's workspaces, the default one first. */
  async membershipsOf(userId: string): Promise<Membership[]> {
    const found = await this.memberships(userId)
      .orderBy('memberships.is_default', 'desc')
      .orderBy('workspaces.created_at')
      .execute();
    return found.map(toMembership);
  }

  /** The membership in one workspace, or in the default one. */
  async membership(userId: string, workspaceId: string | undefined): Promise<Membership | undefined> {
    const query = this.memberships(userId);
    const narrowed =
      workspaceId === undefined
        ? query.orderBy('memberships.is_default', 'desc')
        : query.where('memberships.workspace_id', '=', workspaceId);
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

  async insertMembership(
    transaction: DatabaseTransaction,
    membership: Omit<WorkspaceTables['memberships'], 'version'>,
  ): Promise<void> {
    const row = { ...membership, version: 1 };
    await transaction.tables<WorkspaceTables>().insertInto('memberships').values(row).execute();
  }

  private memberships(userId: string) {
    return this.database
      .tables<WorkspaceTables>()
      .selectFrom('memberships')
      .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
      .leftJoin('roles', (join) =>
        join.onRef('roles.id', '=', 'memberships.role').onRef('roles.workspace_id', '=', 'memberships.workspace_id'),
      )
      .select([
        'memberships.workspace_id as workspaceId',
        'workspaces.name',
        'memberships.role',
        'roles.name as customName',
        'roles.permissions as customPermissions',
      ])
      .where('workspaces.deleted_at', 'is', null)
      .where('memberships.user_id', '=', userId);
  }
}

function toMembership({ workspaceId, name, role, customName, customPermissions }: FoundMembership): Membership {
  if (isRole(role)) return { workspaceId, name, role, permissions: rolePermissions[role] };
  const granted = new Set(JSON.parse(customPermissions ?? '[]') as string[]);
  return {
    workspaceId,
    name,
    role: customName ?? role,
    // What a later version no longer knows grants nothing.
    permissions: new Set(allPermissions.filter((permission) => granted.has(permission))),
  };
}
