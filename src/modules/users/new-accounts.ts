import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { EmailAddress } from './email.js';
import { type Username, usernamesFor } from './username.js';
import { type UserRow, UsersRepository } from './users.repository.js';

export interface NewAccount {
  readonly email: EmailAddress;
  readonly fullName: string;
  readonly passwordHash: string;
  /** Absent: one is made from the e-mail address. */
  readonly username?: Username | undefined;
  /** Whether they administer the whole service. */
  readonly isAdministrator?: boolean;
}

/** The one place where accounts come from. */
@Injectable()
export class NewAccounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly clock: Clock,
  ) {}

  /** Adds an active account without a workspace. Rejects with `EmailTaken` or `UsernameTaken`. */
  async add(transaction: DatabaseTransaction, account: NewAccount): Promise<UserRow> {
    const { username, key } = account.username ?? (await this.freeUsername(transaction, account.email));
    const now = this.clock.now().toISOString();
    const user: UserRow = {
      id: randomUUID(),
      email: account.email.address,
      email_key: account.email.key,
      username,
      username_key: key,
      full_name: account.fullName.normalize('NFC').trim(),
      password_hash: account.passwordHash,
      is_active: 1,
      is_administrator: account.isAdministrator ? 1 : 0,
      version: 1,
      created_at: now,
      updated_at: now,
    };
    await this.users.insert(transaction, user);
    return user;
  }

  private async freeUsername(transaction: DatabaseTransaction, email: EmailAddress): Promise<Username> {
    const candidates = [...usernamesFor(email)];
    for (const candidate of candidates) if (await this.users.isUsernameFree(transaction, candidate)) return candidate;
    return candidates.at(-1)!;
  }
}
