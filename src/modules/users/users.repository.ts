import { Injectable } from '@nestjs/common';
import type { Updateable } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { UniqueViolation } from '../../providers/database/errors.js';
import type { EmailAddress } from './email.js';
import { EmailTaken, UsernameTaken } from './errors.js';
import type { Username } from './username.js';

export interface UserRow {
  id: string;
  /** As its owner writes it. */
  email: string;
  /** Normalised; unique. */
  email_key: string;
  username: string;
  /** Normalised; unique. */
  username_key: string;
  full_name: string;
  password_hash: string;
  /** 1 or 0. */
  is_active: number;
  /** 1 for those who administer the whole service. */
  is_administrator: number;
  /** Counts the changes of the account. */
  version: number;
  created_at: string;
  updated_at: string;
}

export interface UserTables {
  users: UserRow;
}

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  async find(id: string, transaction?: DatabaseTransaction): Promise<UserRow | undefined> {
    return (transaction ?? this.database)
      .tables<UserTables>()
      .selectFrom('users')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
  }

  async findByEmail(email: EmailAddress, transaction?: DatabaseTransaction): Promise<UserRow | undefined> {
    return (transaction ?? this.database)
      .tables<UserTables>()
      .selectFrom('users')
      .selectAll()
      .where('email_key', '=', email.key)
      .executeTakeFirst();
  }

  async anyExists(transaction?: DatabaseTransaction): Promise<boolean> {
    const tables = (transaction ?? this.database).tables<UserTables>();
    return (await tables.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
  }

  /** False when the password is no longer the one with the hash `from`. */
  async setPassword(
    transaction: DatabaseTransaction,
    id: string,
    change: { readonly from: string; readonly to: string; readonly now: string },
  ): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<UserTables>()
      .updateTable('users')
      .set({ password_hash: change.to, updated_at: change.now })
      .where('id', '=', id)
      .where('password_hash', '=', change.from)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Rejects with `EmailTaken` or `UsernameTaken`. */
  async insert(transaction: DatabaseTransaction, user: UserRow): Promise<void> {
    await transaction.tables<UserTables>().insertInto('users').values(user).execute().catch(tellWhatIsTaken);
  }

  /**
   * False when the account has another version by now, or is gone. Rejects with `EmailTaken` or `UsernameTaken`.
   */
  async update(
    transaction: DatabaseTransaction,
    { id, version }: UserRow,
    change: Updateable<UserRow>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<UserTables>()
      .updateTable('users')
      .set(change)
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
      .catch(tellWhatIsTaken);
    return numUpdatedRows > 0n;
  }

  /** With sessions, memberships and API tokens. False when the account has another version by now, or is gone. */
  async delete(transaction: DatabaseTransaction, { id, version }: UserRow): Promise<boolean> {
    const { numDeletedRows } = await transaction
      .tables<UserTables>()
      .deleteFrom('users')
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  async isUsernameFree(transaction: DatabaseTransaction, { key }: Username): Promise<boolean> {
    const tables = transaction.tables<UserTables>();
    const taken = await tables.selectFrom('users').select('id').where('username_key', '=', key).executeTakeFirst();
    return taken === undefined;
  }

  /** Whether somebody besides the user administers the service and can sign in. */
  async hasOtherAdministrator(transaction: DatabaseTransaction, id: string): Promise<boolean> {
    const other = await transaction
      .tables<UserTables>()
      .selectFrom('users')
      .select('id')
      .where('is_administrator', '=', 1)
      .where('is_active', '=', 1)
      .where('id', '!=', id)
      .limit(1)
      .executeTakeFirst();
    return other !== undefined;
  }
}

/** Both databases name what the broken constraint is about: its column, or its index. */
function tellWhatIsTaken(error: unknown): never {
  if (!(error instanceof UniqueViolation)) throw error;
  throw /username/.test(error.message) ? new UsernameTaken() : new EmailTaken();
}
