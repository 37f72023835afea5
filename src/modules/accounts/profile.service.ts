import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Principal } from '../access/caller.js';
import { NotAuthenticated } from '../access/errors.js';
import { AuditLog } from '../audit/audit.log.js';
import { PasswordCheck } from '../users/password-check.js';
import { type UserRow, UsersRepository } from '../users/users.repository.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { type AccountChange, accountChange } from './account-change.js';
import { ChangeProfile } from './user.dto.js';

/** One's own account. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly passwords: PasswordCheck,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async find({ userId }: Principal, transaction?: DatabaseTransaction): Promise<UserRow> {
    const user = await this.users.find(userId, transaction);
    if (!user) throw new NotAuthenticated('The account no longer exists.');
    return user;
  }

  /**
   * Another e-mail address needs the current password. Throws `InvalidRequest`, `VersionConflict`, `WrongPassword`,
   * `SignInsPaused`, `EmailTaken` and `UsernameTaken`.
   */
  async change(principal: Principal, input: ChangeProfile, ifMatch: string | undefined): Promise<UserRow> {
    const user = await this.find(principal);
    refuseOtherVersion(ifMatch, user.version);
    const change = accountChange(user, input);
    if (Object.keys(change.columns).length === 0 && input.default_workspace_id == null) return user;
    if (change.columns.email !== undefined) await this.confirm(principal, user, input.current_password);
    return this.database.transaction(async (transaction) => {
      const changed = { ...change.columns, version: user.version + 1, updated_at: this.clock.now().toISOString() };
      if (!(await this.users.update(transaction, user, changed))) {
        throw new VersionConflict((await this.find(principal, transaction)).version);
      }
      if (input.default_workspace_id != null) {
        await this.setDefault(transaction, principal.userId, input.default_workspace_id);
      }
      await this.record(transaction, principal, change, input);
      return { ...user, ...changed };
    });
  }

  private async confirm({ address }: Principal, user: UserRow, password: string | null | undefined): Promise<void> {
    if (password == null) {
      const detail = 'is required to change the e-mail address';
      throw new InvalidRequest([{ pointer: '/current_password', detail }]);
    }
    await this.passwords.confirm(password, user, address);
  }

  private async setDefault(transaction: DatabaseTransaction, userId: string, workspaceId: string): Promise<void> {
    if (await this.workspaces.setDefault(transaction, userId, workspaceId)) return;
    throw new InvalidRequest([{ pointer: '/default_workspace_id', detail: 'is none of your workspaces' }]);
  }

  private async record(
    transaction: DatabaseTransaction,
    { userId, address }: Principal,
    { changes }: AccountChange,
    { default_workspace_id }: ChangeProfile,
  ): Promise<void> {
    const detail = { changes: { ...changes, ...(default_workspace_id == null ? {} : { default_workspace_id }) } };
    await this.audit.record(
      { userId, address, action: 'user.changed', object: userId, outcome: 'allowed', detail },
      transaction,
    );
  }
}
