import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Role } from '../access/permissions.js';
import { joinedMemberships } from './joined-memberships.js';
import type { WorkspaceRow, WorkspaceTables } from './workspaces.repository.js';

/** A workspace as one of its members sees it. */
export interface OwnWorkspaceRow extends Omit<WorkspaceRow, 'updated_at'> {
  /** What the membership stores: a built-in role's name, or the id of one of the workspace's own. */
  role: string;
  role_name: string | null;
  joined_at: string;
}

export interface OwnWorkspacesFilter {
  readonly limit: number;
  /** Only this one, for what is bound to it. */
  readonly workspaceId?: string | undefined;
  /** Show also the deleted ones that the user owns and that are not purged by this time. */
  readonly restorableAt?: string | undefined;
  readonly after?: Pick<OwnWorkspaceRow, 'joined_at' | 'id'> | undefined;
}

type Transacting = Database | DatabaseTransaction;

/** The workspaces of one user. */
@Injectable()
export class OwnWorkspacesRepository {
  constructor(private readonly database: Database) {}

  /** Those that the user has belonged to for longest first. */
  async list(userId: string, filter: OwnWorkspacesFilter): Promise<OwnWorkspaceRow[]> {
    const { limit, workspaceId, restorableAt, after } = filter;
    let query = this.rows(userId, this.database)
      .orderBy('memberships.created_at')
      .orderBy('memberships.workspace_id')
      .limit(limit);
    if (workspaceId !== undefined) query = query.where('workspaces.id', '=', workspaceId);
    query = query.where(({ eb, and, or }) => {
      const live = eb('workspaces.deleted_at', 'is', null);
      if (restorableAt === undefined) return live;
      return or([
        live,
        and([eb('memberships.role', '=', 'owner' satisfies Role), eb('workspaces.purge_at', '>', restorableAt)]),
      ]);
    });
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('memberships.created_at', 'memberships.workspace_id'), '>', tuple(after.joined_at, after.id)),
      );
    }
    return query.execute();
  }

  /** Also a deleted one. */
  async find(
    userId: string,
    workspaceId: string,
    within: Transacting = this.database,
  ): Promise<OwnWorkspaceRow | undefined> {
    return this.rows(userId, within).where('workspaces.id', '=', workspaceId).executeTakeFirst();
  }

  /** How many the user owns, with the deleted ones that are still kept. */
  async countOwned(transaction: DatabaseTransaction, userId: string): Promise<number> {
    const { owned } = await transaction
      .tables<WorkspaceTables>()
      .selectFrom('memberships')
      .select(({ fn }) => fn.countAll<number | string>().as('owned'))
      .where('user_id', '=', userId)
      .where('role', '=', 'owner' satisfies Role)
      .executeTakeFirstOrThrow();
    return Number(owned);
  }

  private rows(userId: string, within: Transacting) {
    return joinedMemberships(userId, within).select([
      'workspaces.id',
      'workspaces.name',
      'workspaces.version',
      'workspaces.created_at',
      'workspaces.deleted_at',
      'workspaces.purge_at',
      'memberships.role',
      'memberships.created_at as joined_at',
      'roles.name as role_name',
    ]);
  }
}
