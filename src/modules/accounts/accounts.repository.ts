import { Injectable } from '@nestjs/common';
import { type ExpressionBuilder, sql } from 'kysely';
import { foldCase } from '../../platform/text/fold-case.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { isRole, type Permission, rolePermissions } from '../access/permissions.js';
import type { UserRow, UserTables } from '../users/users.repository.js';
import { storedPermissions, type WorkspaceTables } from '../workspaces/workspaces.repository.js';

type AccountTables = UserTables & WorkspaceTables;

/** Which accounts to list. */
export interface AccountFilter {
  /** Only members of this workspace. */
  readonly workspaceId: string | undefined;
  /** Part of an e-mail address, username or full name. */
  readonly search: string | undefined;
  readonly active: boolean | undefined;
}

/** One workspace of one user. */
export interface AccountWorkspace {
  readonly user_id: string;
  readonly id: string;
  readonly name: string;
  /** Name of the role. */
  readonly role: string;
  /** What the role allows there. */
  readonly permissions: ReadonlySet<Permission>;
}

/** Accounts seen together with the workspaces that they belong to. */
@Injectable()
export class AccountsRepository {
  constructor(private readonly database: Database) {}

  /** By e-mail address, those after `after`. */
  async list(
    { workspaceId, search, active }: AccountFilter,
    limit: number,
    after: string | undefined,
  ): Promise<UserRow[]> {
    let query = this.database.tables<AccountTables>().selectFrom('users').selectAll().orderBy('email_key').limit(limit);
    if (workspaceId !== undefined) {
      query = query.where('id', 'in', (from) =>
        from.selectFrom('memberships').select('user_id').where('workspace_id', '=', workspaceId),
      );
    }
    if (active !== undefined) query = query.where('is_active', '=', Number(active));
    if (after !== undefined) query = query.where('email_key', '>', after);
    if (search !== undefined) query = query.where((users) => users.or(mentions(users, search)));
    return query.execute();
  }

  /** The workspaces of each of the users, the default one first. */
  async workspacesOf(
    userIds: readonly string[],
    within: Database | DatabaseTransaction = this.database,
  ): Promise<AccountWorkspace[]> {
    const rows = await within
      .tables<AccountTables>()
      .selectFrom('memberships')
      .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
      .leftJoin('roles', (join) =>
        join.onRef('roles.id', '=', 'memberships.role').onRef('roles.workspace_id', '=', 'memberships.workspace_id'),
      )
      .select(['memberships.user_id', 'workspaces.id', 'workspaces.name', 'memberships.role'])
      .select(['roles.name as customName', 'roles.permissions as customPermissions'])
      .where('workspaces.deleted_at', 'is', null)
      .where('memberships.user_id', 'in', userIds)
      .orderBy('memberships.is_default', 'desc')
      .orderBy('memberships.created_at')
      .orderBy('memberships.workspace_id')
      .execute();
    return rows.map(({ role, customName, customPermissions, ...row }) => ({
      ...row,
      role: customName ?? role,
      permissions: isRole(role) ? rolePermissions[role] : storedPermissions(customPermissions ?? '[]'),
    }));
  }

  /** How many workspaces the user belongs to, with those that are deleted and could be restored. */
  async countWorkspaces(userId: string, within: Database | DatabaseTransaction = this.database): Promise<number> {
    const { workspaces } = await within
      .tables<AccountTables>()
      .selectFrom('memberships')
      .select(({ fn }) => fn.countAll().as('workspaces'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    return Number(workspaces);
  }
}

function mentions({ eb }: ExpressionBuilder<AccountTables, 'users'>, search: string) {
  const raw = containing(search.trim());
  const folded = containing(foldCase(search.trim()));
  return [
    eb('username_key', 'like', folded),
    eb('email_key', 'like', folded),
    eb(sql<string>`lower(email)`, 'like', folded),
    eb('full_name', 'like', raw),
    eb(sql<string>`lower(full_name)`, 'like', folded),
  ];
}

/** A pattern in which the text stands for itself. */
function containing(text: string) {
  return sql<string>`${`%${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}
