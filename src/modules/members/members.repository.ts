import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { UserRow, UserTables } from '../users/users.repository.js';
import type { WorkspaceTables } from '../workspaces/workspaces.repository.js';

export interface MemberRow extends Pick<UserRow, 'email' | 'email_key' | 'username' | 'full_name' | 'is_active'> {
  user_id: string;
  /** What the membership stores: a built-in role's name, or the id of one of the workspace's own. */
  role: string;
  role_name: string | null;
  version: number;
  joined_at: string;
}

export interface MembersFilter {
  readonly limit: number;
  readonly search?: string | undefined;
  /** What memberships store of the role. */
  readonly role?: string | undefined;
  /** The e-mail key of the last member of the page before. */
  readonly after?: string | undefined;
}

type Tables = UserTables & WorkspaceTables;

/** Who belongs to a workspace, with their accounts. */
@Injectable()
export class MembersRepository {
  constructor(private readonly database: Database) {}

  /** By e-mail address. */
  async list(workspaceId: string, { limit, search, role, after }: MembersFilter): Promise<MemberRow[]> {
    let query = this.rows(workspaceId, this.database).orderBy('users.email_key').limit(limit);
    if (role !== undefined) query = query.where('memberships.role', '=', role);
    if (after !== undefined) query = query.where('users.email_key', '>', after);
    if (search !== undefined) {
      const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
      const columns = ['users.email_key', 'users.username_key', 'users.full_name'];
      query = query.where(({ or }) =>
        or(columns.map((column) => sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`)),
      );
    }
    return query.execute();
  }

  async find(
    workspaceId: string,
    userId: string,
    within: Database | DatabaseTransaction = this.database,
  ): Promise<MemberRow | undefined> {
    return this.rows(workspaceId, within).where('memberships.user_id', '=', userId).executeTakeFirst();
  }

  /** `role` is what memberships store of it. */
  async setRole(transaction: DatabaseTransaction, workspaceId: string, userId: string, role: string): Promise<void> {
    await transaction
      .tables<Tables>()
      .updateTable('memberships')
      .set(({ eb }) => ({ role, version: eb('version', '+', 1) }))
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .execute();
  }

  async delete(transaction: DatabaseTransaction, workspaceId: string, userId: string): Promise<void> {
    await transaction
      .tables<Tables>()
      .deleteFrom('memberships')
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .execute();
  }

  private rows(workspaceId: string, within: Database | DatabaseTransaction) {
    return within
      .tables<Tables>()
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .leftJoin('roles', (join) =>
        join.onRef('roles.id', '=', 'memberships.role').onRef('roles.workspace_id', '=', 'memberships.workspace_id'),
      )
      .select([
        'memberships.user_id',
        'memberships.role',
        'memberships.version',
        'memberships.created_at as joined_at',
        'roles.name as role_name',
        'users.email',
        'users.email_key',
        'users.username',
        'users.full_name',
        'users.is_active',
      ])
      .where('memberships.workspace_id', '=', workspaceId);
  }
}
