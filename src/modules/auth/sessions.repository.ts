import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface SessionRow {
  id: string;
  user_id: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  revoked_at: string | null;
  address: string | null;
  user_agent: string | null;
}

export interface RefreshTokenRow {
  /** SHA-256 of the token, hexadecimal. */
  token_hash: string;
  session_id: string;
  created_at: string;
  /** When it was exchanged for its successor. */
  used_at: string | null;
}

interface SessionTables {
  sessions: SessionRow;
  refresh_tokens: RefreshTokenRow;
}

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<SessionRow | undefined> {
    return this.database
      .tables<SessionTables>()
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
  }

  async insert(transaction: DatabaseTransaction, session: SessionRow): Promise<void> {
    await transaction.tables<SessionTables>().insertInto('sessions').values(session).execute();
  }

  async insertRefreshToken(transaction: DatabaseTransaction, token: RefreshTokenRow): Promise<void> {
    await transaction.tables<SessionTables>().insertInto('refresh_tokens').values(token).execute();
  }

  async findRefreshToken(
    transaction: DatabaseTransaction,
    tokenHash: string,
  ): Promise<(RefreshTokenRow & { session: SessionRow }) | undefined> {
    const tables = transaction.tables<SessionTables>();
    const token = await tables
      .selectFrom('refresh_tokens')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    if (!token) return undefined;
    const session = await tables
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', token.session_id)
      .executeTakeFirstOrThrow();
    return { ...token, session };
  }

  async markUsed(transaction: DatabaseTransaction, tokenHash: string, now: string): Promise<void> {
    await transaction
      .tables<SessionTables>()
      .updateTable('refresh_tokens')
      .set({ used_at: now })
      .where('token_hash', '=', tokenHash)
      .execute();
  }

  async extend(transaction: DatabaseTransaction, id: string, now: string, expiresAt: string): Promise<void> {
    await transaction
      .tables<SessionTables>()
      .updateTable('sessions')
      .set({ last_used_at: now, expires_at: expiresAt })
      .where('id', '=', id)
      .execute();
  }

  async revoke(transaction: DatabaseTransaction, id: string, now: string): Promise<void> {
    await transaction
      .tables<SessionTables>()
      .updateTable('sessions')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute();
  }
}
