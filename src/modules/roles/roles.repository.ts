import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { WorkspaceTables } from '../workspaces/workspaces.repository.js';

export type RoleRow = WorkspaceTables['roles'];

interface Tables extends WorkspaceTables {
  /** Kept by the invitations; a role that goes takes its place in them along. */
  invitations: {
    workspace_id: string;
    role: string;
    expires_at: string;
    accepted_at: string | null;
    revoked_at: string | null;
  };
}

type Transacting = Database | DatabaseTransaction;

/** The workspaces' own roles, and where they are used. */
@Injectable()
export class RolesRepository {
  constructor(private readonly database: Database) {}

  async list(workspaceId: string): Promise<RoleRow[]> {
    return this.rows(workspaceId, this.database).orderBy('name_key').execute();
  }

  async count(transaction: DatabaseTransaction, workspaceId: string): Promise<number> {
    return (await this.rows(workspaceId, transaction).execute()).length;
  }

  async find(workspaceId: string, id: string, within: Transacting = this.database): Promise<RoleRow | undefined> {
    return this.rows(workspaceId, within).where('id', '=', id).executeTakeFirst();
  }

  async findByName(workspaceId: string, nameKey: string, within: Transacting): Promise<RoleRow | undefined> {
    return this.rows(workspaceId, within).where('name_key', '=', nameKey).executeTakeFirst();
  }

  async insert(transaction: DatabaseTransaction, role: RoleRow): Promise<void> {
    await transaction.tables<Tables>().insertInto('roles').values(role).execute();
  }

  async update(
    transaction: DatabaseTransaction,
    { workspace_id, id }: Pick<RoleRow, 'workspace_id' | 'id'>,
    change: Omit<Updateable<RoleRow>, 'workspace_id' | 'id'>,
  ): Promise<void> {
    await transaction
      .tables<Tables>()
      .updateTable('roles')
      .set(change)
      .where('workspace_id', '=', workspace_id)
      .where('id', '=', id)
      .execute();
  }

  async delete(
    transaction: DatabaseTransaction,
    { workspace_id, id }: Pick<RoleRow, 'workspace_id' | 'id'>,
  ): Promise<void> {
    await transaction
      .tables<Tables>()
      .deleteFrom('roles')
      .where('workspace_id', '=', workspace_id)
      .where('id', '=', id)
      .execute();
  }

  /** How many members have each role, by what memberships store of it. */
  async memberCounts(workspaceId: string, within: Transacting = this.database): Promise<ReadonlyMap<string, number>> {
    const counts = await within
      .tables<Tables>()
      .selectFrom('memberships')
      .select(['role', ({ fn }) => fn.countAll<number | string>().as('members')])
      .where('workspace_id', '=', workspaceId)
      .groupBy('role')
      .execute();
    return new Map(counts.map(({ role, members }) => [role, Number(members)]));
  }

  /** How many invitations that can still be accepted give the role. */
  async openInvitations(
    transaction: DatabaseTransaction,
    workspaceId: string,
    role: string,
    now: string,
  ): Promise<number> {
    const { invitations } = await transaction
      .tables<Tables>()
      .selectFrom('invitations')
      .select(({ fn }) => fn.countAll<number | string>().as('invitations'))
      .where('workspace_id', '=', workspaceId)
      .where('role', '=', role)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirstOrThrow();
    return Number(invitations);
  }

  /** Everybody who has one role gets another, and so do those who are invited. */
  async replace(transaction: DatabaseTransaction, workspaceId: string, from: string, to: string): Promise<void> {
    const tables = transaction.tables<Tables>();
    await tables
      .updateTable('memberships')
      .set(({ eb }) => ({ role: to, version: eb('version', '+', 1) }))
      .where('workspace_id', '=', workspaceId)
      .where('role', '=', from)
      .execute();
    await tables
      .updateTable('invitations')
      .set({ role: to })
      .where('workspace_id', '=', workspaceId)
      .where('role', '=', from)
      .execute();
  }

  private rows(workspaceId: string, within: Transacting) {
    return within.tables<Tables>().selectFrom('roles').selectAll().where('workspace_id', '=', workspaceId);
  }
}
