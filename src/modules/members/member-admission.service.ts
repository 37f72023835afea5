import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AdministratorRequired } from '../access/errors.js';
import { RightsChanges } from '../audit/rights-changes.js';
import { RolesService } from '../roles/roles.service.js';
import { parseEmail } from '../users/email.js';
import { type UserRow, UsersRepository } from '../users/users.repository.js';
import { HeldRights } from '../workspaces/held-rights.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { AlreadyMember } from './errors.js';
import { AddMember } from './member.dto.js';
import { MembersRepository } from './members.repository.js';

/**
 * Makes existing users members without asking them. Only for administrators of the service, who know all accounts:
 * everybody else invites, and so learns nothing of who has an account.
 */
@Injectable()
export class MemberAdmissionService {
  constructor(
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly rights: HeldRights,
    private readonly roles: RolesService,
    private readonly database: Database,
    private readonly changes: RightsChanges,
    private readonly clock: Clock,
  ) {}

  /** Returns the user's id. Throws `AdministratorRequired`, `RoleExceedsYours`, `AlreadyMember` or `InvalidRequest`. */
  async add(caller: Caller, input: AddMember): Promise<string> {
    if (!caller.administrator || caller.credential.kind !== 'session') {
      throw new AdministratorRequired('Adding members without inviting them');
    }
    const user = await this.find(input);
    const { workspaceId } = caller;
    await this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      const role = await this.roles.resolve(workspaceId, input.role, transaction);
      if (!role) throw new InvalidRequest([{ pointer: '/role', detail: 'is no role of this workspace' }]);
      this.roles.requireGrantable(actor, role);
      const member = await this.members.find(workspaceId, user.id, transaction);
      if (member) throw new AlreadyMember(member.role_name ?? member.role);
      await this.workspaces.insertMembership(transaction, {
        workspace_id: workspaceId,
        user_id: user.id,
        role: role.stored,
        is_default: 0,
        created_at: this.clock.now().toISOString(),
      });
      await this.changes.record(transaction, caller, 'member.added', user.id, { role: role.name });
    });
    return user.id;
  }

  private async find({ user_id: id, email }: AddMember): Promise<UserRow> {
    if ((id === undefined) === (email === undefined)) {
      throw new InvalidRequest([{ pointer: '', detail: 'must have either user_id or email' }]);
    }
    const address = email === undefined ? undefined : parseEmail(email);
    const user = address ? await this.users.findByEmail(address) : id && (await this.users.find(id));
    if (!user) {
      const pointer = id === undefined ? '/email' : '/user_id';
      throw new InvalidRequest([{ pointer, detail: 'belongs to no account: invite the person instead' }]);
    }
    return user;
  }
}
