import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface SessionRow {
  id: string;
  user_id: string;
  created_at: string;
  /** When its tokens were last exchanged. */
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
    return this.tables().selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** The user's live sessions, newest first, older than `before`. */
  async listLive(
    userId: string,
    now: string,
    limit: number,
    before?: Pick<SessionRow, 'created_at' | 'id'>,
  ): Promise<SessionRow[]> {
    let query = this.tables()
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    if (before) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'id'), '<', tuple(before.created_at, before.id)),
      );
    }
    return query.execute();
  }

  async insert(transaction: DatabaseTransaction, session: SessionRow): Promise<void> {
    await this.tables(transaction).insertInto('sessions').values(session).execute();
  }

  async extend(transaction: DatabaseTransaction, id: string, now: string, expiresAt: string): Promise<void> {
    await this.tables(transaction)
      .updateTable('sessions')
      .set({ last_used_at: now, expires_at: expiresAt })
      .where('id', '=', id)
      .execute();
  }

  /** False when the user has no such session that is live. */
  async revoke(transaction: DatabaseTransaction, userId: string, id: string, now: string): Promise<boolean> {
    const { numUpdatedRows } = await this.live(transaction, userId, now).where('id', '=', id).executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Ends the user's live sessions, except one if given; how many those were. */
  async revokeAll(transaction: DatabaseTransaction, userId: string, now: string, exceptId?: string): Promise<number> {
    const all = this.live(transaction, userId, now);
    const query = exceptId === undefined ? all : all.where('id', '!=', exceptId);
    const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  /** Deletes sessions that ended before the given time, with their tokens; how many, at most `limit`. */
  async removeEnded(before: string, limit: number): Promise<number> {
    const { numDeletedRows } = await this.tables()
      .deleteFrom('sessions')
      .where('id', 'in', (ended) =>
        ended
          .selectFrom('sessions')
          .select('id')
          .where(({ eb, or }) => or([eb('revoked_at', '<', before), eb('expires_at', '<', before)]))
          .limit(limit),
      )
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  async insertRefreshToken(transaction: DatabaseTransaction, token: RefreshTokenRow): Promise<void> {
    await this.tables(transaction).insertInto('refresh_tokens').values(token).execute();
  }

  async findRefreshToken(
    transaction: DatabaseTransaction,
    tokenHash: string,
  ): Promise<(RefreshTokenRow & { session: SessionRow }) | undefined> {
    const tables = this.tables(transaction);
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

  /** Of racing calls exactly one is true. */
  async markUsed(transaction: DatabaseTransaction, tokenHash: string, now: string): Promise<boolean> {
    const { numUpdatedRows } = await this.tables(transaction)
      .updateTable('refresh_tokens')
      .set({ used_at: now })
      .where('token_hash', '=', tokenHash)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async removeTokensUsedBefore(transaction: DatabaseTransaction, sessionId: string, before: string): Promise<void> {
    await this.tables(transaction)
      .deleteFrom('refresh_tokens')
      .where('session_id', '=', sessionId)
      .where('used_at', '<', before)
      .execute();
  }

  private live(transaction: DatabaseTransaction, userId: string, now: string) {
    return this.tables(transaction)
      .updateTable('sessions')
      .set({ revoked_at: now })
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now);
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<SessionTables>();
  }
}
