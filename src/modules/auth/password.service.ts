import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import type { Principal } from '../access/caller.js';
import { NotAuthenticated } from '../access/errors.js';
import { AuditLog } from '../audit/audit.log.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { newPasswordFault, PasswordHasher } from '../users/password.js';
import { PasswordCheck } from '../users/password-check.js';
import { WrongPassword } from '../users/password-errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { ChangePassword } from './auth.dto.js';

/** Changing one's own password. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly check: PasswordCheck,
    private readonly sessions: SessionsService,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Replaces the password and ends every other session of the user. Throws `InvalidRequest`, `WrongPassword` and
   * `SignInsPaused`.
   */
  async change({ userId, credential, address }: Principal, input: ChangePassword): Promise<void> {
    const user = await this.users.find(userId);
    if (!user) throw new NotAuthenticated('The account no longer exists.');
    const unchanged = input.new_password.normalize('NFC') === input.current_password.normalize('NFC');
    const fault = unchanged ? 'must differ from the current password' : newPasswordFault(input.new_password, user);
    if (fault !== undefined) throw new InvalidRequest([{ pointer: '/new_password', detail: fault }]);

    await this.check.confirm(input.current_password, user, address);
    const hash = await this.passwords.hash(input.new_password);
    const now = this.clock.now().toISOString();
    await this.database.transaction(async (transaction) => {
      const change = { from: user.password_hash, to: hash, now };
      if (!(await this.users.setPassword(transaction, userId, change))) throw new WrongPassword();
      const sessions = await this.sessions.endAllOf(transaction, userId, credential.id);
      await this.audit.record(
        {
          userId,
          address,
          action: 'user.password_changed',
          object: userId,
          outcome: 'allowed',
          detail: { sessions_ended: sessions },
        },
        transaction,
      );
    });
  }
}
