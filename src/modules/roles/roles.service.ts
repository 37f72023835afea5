import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import type { Permission } from '../access/permissions.js';
import { storedPermissions } from '../workspaces/workspaces.repository.js';
import { builtInRole } from './built-in-roles.js';
import { beyond, covers } from './domain/rank.js';
import { roleNameKey } from './domain/role-name.js';
import { RoleExceedsYours } from './errors.js';
import type { GrantableRole } from './role.js';
import { RolesRepository, type RoleRow } from './roles.repository.js';

/** What roles a workspace has, and who may give them. */
@Injectable()
export class RolesService {
  constructor(
    private readonly roles: RolesRepository,
    private readonly database: Database,
  ) {}

  /**
   * The role that a name, an id, or what a membership or an invitation has stored means in the workspace; undefined when
   * it has none. Whoever stores `stored` asks within the storing transaction, so that the role is not deleted meanwhile.
   */
  async resolve(
    workspaceId: string,
    nameOrId: string,
    within: Database | DatabaseTransaction = this.database,
  ): Promise<GrantableRole | undefined> {
    const builtIn = builtInRole(roleNameKey(nameOrId));
    if (builtIn) return builtIn;
    const row =
      (await this.roles.find(workspaceId, nameOrId, within)) ??
      (await this.roles.findByName(workspaceId, roleNameKey(nameOrId), within));
    return row && toRole(row);
  }

  /** Whether the caller has all these permissions themselves, and so may give, change or take away what has them. */
  mayGrant(caller: Pick<Caller, 'permissions'>, permissions: Iterable<Permission>): boolean {
    return covers(caller.permissions, permissions);
  }

  /** Throws `RoleExceedsYours` unless the caller may give, change or take away the role. */
  requireGrantable(caller: Pick<Caller, 'permissions'>, role: Pick<GrantableRole, 'name' | 'permissions'>): void {
    const missing = beyond(caller.permissions, role.permissions);
    if (missing.length > 0) throw new RoleExceedsYours(role.name, missing);
  }
}

function toRole({ id, name, permissions }: RoleRow): GrantableRole {
  return { id, name, permissions: storedPermissions(permissions), stored: id };
}
