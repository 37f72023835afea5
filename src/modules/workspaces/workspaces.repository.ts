import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Role } from '../access/permissions.js';

export interface WorkspaceTables {
  workspaces: { id: string; name: string; created_at: string };
  memberships: {
    workspace_id: string;
    user_id: string;
    role: Role;
    /** 1 for the workspace that is meant when a request names none; one for each user. */
    is_default: number;
    created_at: string;
  };
}

export interface Membership {
  readonly workspaceId: string;
  readonly name: string;
  readonly role: Role;
}

@Injectable()
export class WorkspacesRepository {
  constructor(private readonly database: Database) {}

  /** The user's workspaces, the default one first. */
  async membershipsOf(userId: string): Promise<Membership[]> {
    return this.memberships(userId)
      .orderBy('memberships.is_default', 'desc')
      .orderBy('workspaces.created_at')
      .execute();
  }

  /** The membership in one workspace, or in the default one. */
  async membership(userId: string, workspaceId: string | undefined): Promise<Membership | undefined> {
    const query = this.memberships(userId);
    const narrowed =
      workspaceId === undefined
        ? query.orderBy('memberships.is_default', 'desc')
        : query.where('memberships.workspace_id', '=', workspaceId);
    return narrowed.limit(1).executeTakeFirst();
  }

  async insert(transaction: DatabaseTransaction, workspace: WorkspaceTables['workspaces']): Promise<void> {
    await transaction.tables<WorkspaceTables>().insertInto('workspaces').values(workspace).execute();
  }

  async insertMembership(transaction: DatabaseTransaction, membership: WorkspaceTables['memberships']): Promise<void> {
    await transaction.tables<WorkspaceTables>().insertInto('memberships').values(membership).execute();
  }

  private memberships(userId: string) {
    return this.database
      .tables<WorkspaceTables>()
      .selectFrom('memberships')
      .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
      .select(['memberships.workspace_id as workspaceId', 'workspaces.name', 'memberships.role'])
      .where('memberships.user_id', '=', userId);
  }
}
