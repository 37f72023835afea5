import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import type { Caller } from '../access/caller.js';
import { AdministratorRequired } from '../access/errors.js';
import { AuditLog } from '../audit/audit.log.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { newPasswordFault, PasswordHasher } from '../users/password.js';
import { type UserRow, UsersRepository } from '../users/users.repository.js';
import { LastOwner } from '../workspaces/errors.js';
import { HeldRights } from '../workspaces/held-rights.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { type AccountChange, accountChange } from './account-change.js';
import { AccountRules } from './account-rules.js';
import { AccountsRepository } from './accounts.repository.js';
import { LastAdministrator, OwnAccount, UserNotFound } from './errors.js';
import { ChangeUser } from './user.dto.js';
import { UsersService } from './users.service.js';

/** Changing, disabling and deleting the accounts of others. */
@Injectable()
export class AccountChangesService {
  constructor(
    private readonly service: UsersService,
    private readonly users: UsersRepository,
    private readonly accounts: AccountsRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly rights: HeldRights,
    private readonly rules: AccountRules,
    private readonly passwords: PasswordHasher,
    private readonly sessions: SessionsService,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly accessChanges: AccessChanges,
    private readonly clock: Clock,
  ) {}

  /** Changes what differs. A new password, and disabling, end all sessions of the user. */
  async change(caller: Caller, userId: string, input: ChangeUser, ifMatch: string | undefined): Promise<UserRow> {
    const user = await this.changeable(caller, userId, ifMatch);
    const { password, ...wanted } = input;
    const password_hash = password == null ? undefined : await this.newHash(user, input, password);
    const change = accountChange(user, { ...wanted, password_hash });
    const { columns } = change;
    if (Object.keys(columns).length === 0) return user;
    if (userId === caller.userId) refuseForOneself(change);
    if (columns.is_administrator !== undefined && !this.rules.administersService(caller)) {
      throw new AdministratorRequired('Making and unmaking administrators');
    }
    return this.database.transaction(async (transaction) => {
      await this.begin(transaction, caller, user);
      if (columns.is_active === 0) await this.refuseToOrphan(transaction, user);
      if (columns.is_active === 0 || columns.is_administrator === 0) await this.requireAnother(transaction, user);
      const changed = { ...columns, version: user.version + 1, updated_at: this.clock.now().toISOString() };
      if (!(await this.users.update(transaction, user, changed))) throw await this.conflict(transaction, userId);
      if (columns.is_active === 0 || columns.password_hash !== undefined) {
        await this.sessions.endAllOf(transaction, userId);
      }
      await this.record(transaction, caller, { action: 'user.changed', user, detail: { changes: change.changes } });
      return { ...user, ...changed };
    });
  }

  /** Deletes the account with its sessions, memberships and API tokens. What it made in workspaces stays theirs. */
  async delete(caller: Caller, userId: string, ifMatch: string | undefined): Promise<void> {
    const user = await this.changeable(caller, userId, ifMatch);
    if (userId === caller.userId) throw new OwnAccount();
    const { email, username, full_name } = user;
    await this.database.transaction(async (transaction) => {
      await this.begin(transaction, caller, user);
      await this.refuseToOrphan(transaction, user);
      await this.requireAnother(transaction, user);
      await this.record(transaction, caller, {
        action: 'user.deleted',
        user,
        detail: { email, username, full_name },
      });
      if (!(await this.users.delete(transaction, user))) throw await this.conflict(transaction, userId);
    });
  }

  private async changeable(caller: Caller, userId: string, ifMatch: string | undefined): Promise<UserRow> {
    const user = await this.service.find(caller, userId);
    await this.rules.requireChangeable(caller, user);
    refuseOtherVersion(ifMatch, user.version);
    return user;
  }

  /** The rights that were looked up before may have changed meanwhile, of the caller and of the user. */
  private async begin(transaction: DatabaseTransaction, caller: Caller, user: UserRow): Promise<void> {
    const actor = await this.rights.hold(transaction, caller);
    await this.accessChanges.announce(transaction);
    await this.rules.requireChangeable(actor, user, transaction);
  }

  private async newHash(user: UserRow, { email, username }: ChangeUser, password: string): Promise<string> {
    const known = { email: email ?? user.email, username: username ?? user.username };
    const fault = newPasswordFault(password, known);
    if (fault !== undefined) throw new InvalidRequest([{ pointer: '/password', detail: fault }]);
    return this.passwords.hash(password);
  }

  private async refuseToOrphan(transaction: DatabaseTransaction, { id }: UserRow): Promise<void> {
    const orphaned = await this.workspaces.ownedByNobodyElse(transaction, id);
    if (orphaned.length > 0) throw new LastOwner(orphaned);
  }

  private async requireAnother(transaction: DatabaseTransaction, user: UserRow): Promise<void> {
    if (user.is_administrator !== 1 || user.is_active !== 1) return;
    if (!(await this.users.hasOtherAdministrator(transaction, user.id))) throw new LastAdministrator();
  }

  private async conflict(transaction: DatabaseTransaction, userId: string): Promise<VersionConflict | UserNotFound> {
    const current = await this.users.find(userId, transaction);
    return current ? new VersionConflict(current.version) : new UserNotFound(userId);
  }

  /** In the log of every workspace that the user belongs to, and of no other. */
  private async record(
    transaction: DatabaseTransaction,
    caller: Caller,
    { action, user, detail }: { action: string; user: UserRow; detail: Record<string, unknown> },
  ): Promise<void> {
    const workspaces = await this.accounts.workspacesOf([user.id], transaction);
    const ids = workspaces.length > 0 ? workspaces.map(({ id }) => id) : [undefined];
    for (const workspaceId of ids) {
      await this.audit.record(
        { ...caller, workspaceId, action, object: user.id, outcome: 'allowed', detail },
        transaction,
      );
    }
  }
}

/** What would let a stolen session take the account over, or its owner lock themselves out. */
function refuseForOneself({ columns }: AccountChange): void {
  const { is_active, password_hash, email } = columns;
  if (is_active !== undefined || password_hash !== undefined || email !== undefined) throw new OwnAccount();
}
