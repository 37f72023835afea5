import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied, WorkspaceNotFound } from '../access/errors.js';
import { WorkspacesRepository } from './workspaces.repository.js';

/** For changes of who may do what: they must not rest on rights that somebody else is taking away at the same moment. */
@Injectable()
export class HeldRights {
  constructor(private readonly workspaces: WorkspacesRepository) {}

  /**
   * The caller with the rights that they have now; nobody changes rights in the workspace until the transaction ends.
   * Throws `WorkspaceNotFound` or `PermissionDenied` when they have lost the one under which the call was let in.
   */
  async hold(transaction: DatabaseTransaction, caller: Caller): Promise<Caller> {
    const { userId, workspaceId, actingUnder } = caller;
    const held = await this.workspaces.hold(transaction, workspaceId);
    const membership = held && (await this.workspaces.membership(userId, workspaceId, transaction));
    if (!membership) throw new WorkspaceNotFound(workspaceId);
    // What the call was let in with may be less: an API token narrows it.
    const permissions = new Set([...membership.permissions].filter((each) => caller.permissions.has(each)));
    if (!permissions.has(actingUnder)) throw new PermissionDenied(actingUnder);
    return { ...caller, role: membership.role, permissions };
  }
}
