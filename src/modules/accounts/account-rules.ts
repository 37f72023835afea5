import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller, Principal } from '../access/caller.js';
import type { Permission } from '../access/permissions.js';
import { RolesService } from '../roles/roles.service.js';
import type { UserRow } from '../users/users.repository.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { AccountsRepository } from './accounts.repository.js';
import { UserBelongsElsewhere } from './errors.js';

/** Who may see and change which account. */
@Injectable()
export class AccountRules {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly roles: RolesService,
  ) {}

  /** Whether the caller acts as an administrator of the service: an API token never does. */
  administersService({ administrator, credential }: Principal): boolean {
    return administrator && credential.kind === 'session';
  }

  /** The workspaces that the principal may know somebody else to belong to. */
  async isVisibleWorkspace(principal: Principal): Promise<(workspaceId: string) => boolean> {
    if (this.administersService(principal)) return () => true;
    const { credential, userId } = principal;
    if (credential.kind === 'api_token') return (workspaceId) => workspaceId === credential.workspaceId;
    const own = new Set((await this.workspaces.membershipsOf(userId)).map(({ workspaceId }) => workspaceId));
    return (workspaceId) => own.has(workspaceId);
  }

  /**
   * An account opens every workspace that it belongs to. So it may be changed by administrators of the service, and by
   * those who may change users in all of these, and may do there whatever the account may. Throws `UserBelongsElsewhere`.
   */
  async requireChangeable(caller: Caller, user: UserRow, transaction?: DatabaseTransaction): Promise<void> {
    if (this.administersService(caller)) return;
    const own = await this.ownPermissions(caller, transaction);
    const theirs = await this.workspaces.membershipsOf(user.id, transaction);
    const isWithin = theirs.every(({ workspaceId, permissions }) => {
      const mine = own.get(workspaceId);
      return mine?.has('users:write') && this.roles.mayGrant({ permissions: mine }, permissions);
    });
    const hasDeleted = (await this.accounts.countWorkspaces(user.id, transaction)) > theirs.length;
    if (!isWithin || hasDeleted || user.is_administrator === 1) throw new UserBelongsElsewhere();
  }

  private async ownPermissions(
    caller: Caller,
    transaction?: DatabaseTransaction,
  ): Promise<ReadonlyMap<string, ReadonlySet<Permission>>> {
    if (caller.credential.kind === 'api_token') return new Map([[caller.workspaceId, caller.permissions]]);
    const memberships = await this.workspaces.membershipsOf(caller.userId, transaction);
    return new Map(memberships.map(({ workspaceId, permissions }) => [workspaceId, permissions]));
  }
}
