import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { EmailAddress } from './email.js';

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

  async findByEmail(email: EmailAddress): Promise<UserRow | undefined> {
    return this.database
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

  async insert(transaction: DatabaseTransaction, user: UserRow): Promise<void> {
    await transaction.tables<UserTables>().insertInto('users').values(user).execute();
  }
}
