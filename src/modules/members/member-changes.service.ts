import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { refuseOtherVersion } from '../../platform/versions/entity-tag.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { SessionRequired } from '../access/errors.js';
import { ApiTokensService } from '../api-tokens/api-tokens.service.js';
import { RightsChanges } from '../audit/rights-changes.js';
import { builtInRole } from '../roles/built-in-roles.js';
import type { GrantableRole } from '../roles/role.js';
import { RolesService } from '../roles/roles.service.js';
import { LastOwner } from '../workspaces/errors.js';
import { HeldRights } from '../workspaces/held-rights.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { MemberNotFound, MemberOutranksYou, OwnersOnly } from './errors.js';
import { ChangeMember, TransferOwnership } from './member.dto.js';
import { type MemberRow, MembersRepository } from './members.repository.js';

const owner = builtInRole('owner')!;
const admin = builtInRole('admin')!;

/**
 * Changes of who belongs to a workspace and as what. Nobody gives more than they have, nobody touches whom they do not
 * outrank or equal, and a workspace always keeps an owner who can sign in. Changes of one workspace come one after the
 * other, each judged by the rights that hold at its turn.
 */
@Injectable()
export class MemberChangesService {
  constructor(
    private readonly members: MembersRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly rights: HeldRights,
    private readonly roles: RolesService,
    private readonly tokens: ApiTokensService,
    private readonly database: Database,
    private readonly changes: RightsChanges,
  ) {}

  /** Throws `MemberNotFound`, `MemberOutranksYou`, `RoleExceedsYours`, `LastOwner` or `VersionConflict`. */
  async setRole(caller: Caller, userId: string, input: ChangeMember, ifMatch: string | undefined): Promise<void> {
    const { workspaceId } = caller;
    await this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      const member = await this.findBelow(transaction, actor, userId);
      refuseOtherVersion(ifMatch, member.version);
      const role = await this.grantableRole(transaction, actor, input.role);
      if (role.stored === member.role) return;
      if (member.role === owner.stored) await this.refuseWithoutOwner(transaction, workspaceId, userId);
      await this.members.setRole(transaction, workspaceId, userId, role.stored);
      await this.changes.record(transaction, caller, 'member.role_changed', userId, {
        from: member.role_name ?? member.role,
        to: role.name,
      });
    });
  }

  /** Their API tokens of the workspace are revoked. Throws as `setRole` does. */
  async remove(caller: Caller, userId: string, ifMatch: string | undefined): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      const member = await this.findBelow(transaction, actor, userId);
      refuseOtherVersion(ifMatch, member.version);
      await this.end(transaction, caller, member);
    });
  }

  /** For people only, since an API token shall not end its owner's membership. Throws `LastOwner`. */
  async leave(caller: Caller): Promise<void> {
    if (caller.credential.kind !== 'session') throw new SessionRequired();
    await this.database.transaction(async (transaction) => {
      const { userId } = await this.rights.hold(transaction, caller);
      await this.end(transaction, caller, await this.find(transaction, caller.workspaceId, userId));
    });
  }

  /** The member becomes an owner and the caller, who must be one, an admin. */
  async transfer(caller: Caller, { user_id: userId }: TransferOwnership): Promise<void> {
    const { workspaceId } = caller;
    if (userId === caller.userId) {
      throw new InvalidRequest([{ pointer: '/user_id', detail: 'must be another member than yourself' }]);
    }
    await this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      if (actor.role !== owner.name) throw new OwnersOnly();
      this.roles.requireGrantable(actor, owner);
      await this.find(transaction, workspaceId, userId);
      await this.members.setRole(transaction, workspaceId, userId, owner.stored);
      await this.refuseWithoutOwner(transaction, workspaceId, caller.userId);
      await this.members.setRole(transaction, workspaceId, caller.userId, admin.stored);
      await this.changes.record(transaction, caller, 'workspace.transferred', userId, {
        from: caller.userId,
        to: userId,
      });
    });
  }

  private async end(transaction: DatabaseTransaction, caller: Caller, member: MemberRow): Promise<void> {
    const { workspaceId } = caller;
    const { user_id: userId, role, role_name } = member;
    if (role === owner.stored) await this.refuseWithoutOwner(transaction, workspaceId, userId);
    await this.members.delete(transaction, workspaceId, userId);
    const tokens = await this.tokens.revokeAll(transaction, workspaceId, userId);
    const action = userId === caller.userId ? 'member.left' : 'member.removed';
    await this.changes.record(transaction, caller, action, userId, { role: role_name ?? role, revoked_tokens: tokens });
  }

  private async find(transaction: DatabaseTransaction, workspaceId: string, userId: string): Promise<MemberRow> {
    const member = await this.members.find(workspaceId, userId, transaction);
    if (!member) throw new MemberNotFound(userId);
    return member;
  }

  /** A member whom the caller may change. */
  private async findBelow(transaction: DatabaseTransaction, actor: Caller, userId: string): Promise<MemberRow> {
    const member = await this.find(transaction, actor.workspaceId, userId);
    const role = await this.roles.resolve(actor.workspaceId, member.role, transaction);
    if (role && !this.roles.mayGrant(actor, role.permissions)) throw new MemberOutranksYou(role.name);
    return member;
  }

  private async grantableRole(
    transaction: DatabaseTransaction,
    actor: Caller,
    nameOrId: string,
  ): Promise<GrantableRole> {
    const role = await this.roles.resolve(actor.workspaceId, nameOrId, transaction);
    if (!role) {
      throw new InvalidRequest([{ pointer: '/role', detail: 'is no role of this workspace: GET /roles lists them' }]);
    }
    this.roles.requireGrantable(actor, role);
    return role;
  }

  private async refuseWithoutOwner(
    transaction: DatabaseTransaction,
    workspaceId: string,
    userId: string,
  ): Promise<void> {
    const names = await this.workspaces.ownedByNobodyElse(transaction, userId, workspaceId);
    if (names.length > 0) throw new LastOwner(names);
  }
}
