import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AdministratorRequired } from '../access/errors.js';
import { RightsChanges } from '../audit/rights-changes.js';
import type { GrantableRole } from '../roles/role.js';
import { RolesService } from '../roles/roles.service.js';
import { parseEmail } from '../users/email.js';
import { NewAccounts } from '../users/new-accounts.js';
import { newPasswordFault, PasswordHasher } from '../users/password.js';
import { parseUsername } from '../users/username.js';
import { type UserRow, UsersRepository } from '../users/users.repository.js';
import { HeldRights } from '../workspaces/held-rights.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { AccountRules } from './account-rules.js';
import { AccountViews } from './account-views.js';
import { AccountsRepository } from './accounts.repository.js';
import { UserNotFound } from './errors.js';
import { CreateUser, UserPage, UsersQuery } from './user.dto.js';

/** The accounts of a workspace's members. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly accounts: AccountsRepository,
    private readonly newAccounts: NewAccounts,
    private readonly workspaces: WorkspacesRepository,
    private readonly rights: HeldRights,
    private readonly roles: RolesService,
    private readonly rules: AccountRules,
    private readonly views: AccountViews,
    private readonly passwords: PasswordHasher,
    private readonly database: Database,
    private readonly changes: RightsChanges,
    private readonly cursors: CursorCodec,
  ) {}

  async list(caller: Caller, { search, active, scope, limit, cursor }: UsersQuery): Promise<UserPage> {
    const everybody = scope === 'service';
    if (everybody && !this.rules.administersService(caller)) throw new AdministratorRequired('Listing everybody');
    const workspaceId = everybody ? undefined : caller.workspaceId;
    const filter = { workspaceId, search: search || undefined, active: active ?? undefined };
    const list = `users/${JSON.stringify(filter)}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<string>(list, cursor);
    const rows = await this.accounts.list(filter, limit + 1, after);
    const page = pageOf(
      rows,
      limit,
      (row) => row,
      ({ email_key }) => this.cursors.encode(list, email_key),
    );
    return { ...page, items: await this.views.all(caller, page.items) };
  }

  /** Throws `UserNotFound`, also for somebody who belongs to other workspaces only. */
  async find(caller: Caller, userId: string): Promise<UserRow> {
    const user = await this.users.find(userId);
    const isVisible =
      this.rules.administersService(caller) ||
      (await this.workspaces.membership(userId, caller.workspaceId)) !== undefined;
    if (!user || !isVisible) throw new UserNotFound(userId);
    return user;
  }

  /** Creates an account and makes it a member. Throws `InvalidRequest`, `RoleExceedsYours`, `EmailTaken`, `UsernameTaken`. */
  async create(caller: Caller, input: CreateUser): Promise<UserRow> {
    const email = parseEmail(input.email)!;
    const username = input.username == null ? undefined : parseUsername(input.username)!;
    const fault = newPasswordFault(input.password, { email: email.address, username: username?.username ?? '' });
    if (fault !== undefined) throw new InvalidRequest([{ pointer: '/password', detail: fault }]);
    await this.grantableRole(caller, input.role);
    const passwordHash = await this.passwords.hash(input.password);
    return this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      const role = await this.grantableRole(actor, input.role, transaction);
      const user = await this.newAccounts.add(transaction, {
        email,
        username,
        fullName: input.full_name,
        passwordHash,
      });
      await this.workspaces.insertMembership(transaction, {
        workspace_id: caller.workspaceId,
        user_id: user.id,
        role: role.stored,
        is_default: 1,
        created_at: user.created_at,
      });
      const detail = { email: user.email, username: user.username, full_name: user.full_name, role: role.name };
      await this.changes.record(transaction, caller, 'user.created', user.id, detail);
      return user;
    });
  }

  private async grantableRole(
    caller: Caller,
    name: string | null | undefined,
    transaction?: DatabaseTransaction,
  ): Promise<GrantableRole> {
    const role = await this.roles.resolve(caller.workspaceId, name ?? 'viewer', transaction);
    if (!role) throw new InvalidRequest([{ pointer: '/role', detail: 'is no role of this workspace' }]);
    this.roles.requireGrantable(caller, role);
    return role;
  }
}
