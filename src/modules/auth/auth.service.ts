import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { AuditLog } from '../audit/audit.log.js';
import { type Origin, SessionsService } from '../sessions/sessions.service.js';
import { TokenPair } from '../sessions/token-pair.dto.js';
import { parseEmail } from '../users/email.js';
import { PasswordHasher } from '../users/password.js';
import { PasswordCheck } from '../users/password-check.js';
import { type UserRow, UsersRepository } from '../users/users.repository.js';
import { LoginRequest } from './auth.dto.js';
import { InvalidCredentials } from './errors.js';

/** Signing in and staying signed in. */
@Injectable()
export class AuthService {
  constructor(
    private readonly users: UsersRepository,
    private readonly check: PasswordCheck,
    private readonly passwords: PasswordHasher,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws `InvalidCredentials`, the same and after the same time whether the user exists or not, and `SignInsPaused`
   * after too many failures.
   */
  async login({ email: text, password }: LoginRequest, origin: Origin): Promise<TokenPair> {
    const { address } = origin;
    const email = parseEmail(text);
    const found = email && (await this.users.findByEmail(email));
    const user = found?.is_active === 1 ? found : undefined;
    const matches = await this.check.matches(password, { accountKey: email?.key ?? text, user, address });
    if (!user || !matches) {
      await this.audit.record({
        userId: found?.id,
        address,
        action: 'user.login',
        object: found?.id,
        outcome: 'denied',
      });
      throw new InvalidCredentials();
    }
    const renewed = this.passwords.isOutdated(user.password_hash) ? await this.passwords.hash(password) : undefined;
    return this.sessions.begin(user.id, origin, (transaction) => this.confirm(user, renewed, transaction));
  }

  refresh(refreshToken: string, address: string): Promise<TokenPair> {
    return this.sessions.refresh(
      refreshToken,
      address,
      async (userId) => (await this.users.find(userId))?.is_active === 1,
    );
  }

  /** Whoever changed the password or disabled the account while it was being checked has ended all sessions already. */
  private async confirm(
    { id, password_hash: from }: UserRow,
    renewed: string | undefined,
    transaction: DatabaseTransaction,
  ): Promise<void> {
    const user = await this.users.find(id, transaction);
    if (user?.is_active !== 1 || user.password_hash !== from) throw new InvalidCredentials();
    const now = this.clock.now().toISOString();
    if (renewed !== undefined) await this.users.setPassword(transaction, id, { from, to: renewed, now });
  }
}
