import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit.log.js';
import { WrongPassword } from './password-errors.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { PasswordHasher } from './password.js';
import type { UserRow } from './users.repository.js';

/** Whose password is given, and from where. */
export interface PasswordAttempt {
  /** The normalised e-mail address, whether there is such an account or not. */
  readonly accountKey: string;
  /** Undefined when there is no such account, or nobody may sign in to it. */
  readonly user: UserRow | undefined;
  readonly address: string;
}

/** Checks the passwords that people give, and counts their failures. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly passwords: PasswordHasher,
    private readonly failures: FailedSignIns,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Whether it is the account's password; takes as long when there is no account. Throws `SignInsPaused` after too many
   * failures and `TooManyRequests` when too many passwords wait to be checked.
   */
  async matches(password: string, { accountKey, user, address }: PasswordAttempt): Promise<boolean> {
    const attempt = await this.failures.begin(accountKey, address);
    const matches = await this.passwords.verify(password, user?.password_hash).catch(async (error: unknown) => {
      await attempt.abandoned();
      throw error;
    });
    if (matches) {
      await attempt.succeeded();
      return true;
    }
    for (const scope of await attempt.failed()) {
      await this.audit.record({
        userId: user?.id,
        address,
        action: 'user.locked_out',
        object: user?.id,
        outcome: 'denied',
        detail: { scope },
      });
    }
    return false;
  }

  /**
   * Asks somebody who is signed in for their password again. Throws `WrongPassword` besides what `matches` throws.
   * Failures count like failed sign-ins.
   */
  async confirm(password: string, user: UserRow, address: string): Promise<void> {
    if (await this.matches(password, { accountKey: user.email_key, user, address })) return;
    await this.audit.record({
      userId: user.id,
      address,
      action: 'user.password_check',
      object: user.id,
      outcome: 'denied',
    });
    throw new WrongPassword();
  }
}
