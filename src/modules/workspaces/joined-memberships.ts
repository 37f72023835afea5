import type { Database, DatabaseTransaction } from '../../providers/database/database.js';
import type { WorkspaceTables } from './workspaces.repository.js';

/** One user's memberships, each with its workspace, and with its role when that is one of the workspace's own. */
export function joinedMemberships(userId: string, within: Database | DatabaseTransaction) {
  return within
    .tables<WorkspaceTables>()
    .selectFrom('memberships')
    .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
    .leftJoin('roles', (join) =>
      join.onRef('roles.id', '=', 'memberships.role').onRef('roles.workspace_id', '=', 'memberships.workspace_id'),
    )
    .where('memberships.user_id', '=', userId);
}
