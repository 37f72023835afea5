import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import { AuditLog } from '../audit/audit.log.js';
import { AccessTokens } from './access-tokens.js';
import { InvalidRefreshToken, SessionNotFound } from './errors.js';
import { RefreshTokens } from './refresh-tokens.js';
import { Session, SessionPage } from './session.dto.js';
import { type SessionRow, SessionsRepository } from './sessions.repository.js';
import { TokenPair } from './token-pair.dto.js';

/** Where a session comes from. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string | undefined;
}

/** Whose session it is, and who asks. */
export interface SessionOwner {
  readonly userId: string;
  readonly address: string;
}

/** Where people are signed in. A replayed refresh token ends its whole session. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly database: Database,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a session for a user whose password has been checked. `confirm` may look once more, in the transaction, and
   * throw: a password that is changed while it is being checked opens nothing.
   */
  async begin(
    userId: string,
    { address, userAgent }: Origin,
    confirm: (transaction: DatabaseTransaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<TokenPair> {
    const now = this.clock.now();
    const sessionId = newId('ses');
    const refreshToken = await this.database.transaction(async (transaction) => {
      await confirm(transaction);
      await this.sessions.insert(transaction, {
        id: sessionId,
        user_id: userId,
        created_at: now.toISOString(),
        last_used_at: now.toISOString(),
        expires_at: this.refreshTokens.expiry(now),
        revoked_at: null,
        address,
        user_agent: userAgent?.slice(0, 300) ?? null,
      });
      await this.audit.record(
        { userId, address, action: 'session.started', object: sessionId, outcome: 'allowed' },
        transaction,
      );
      return this.refreshTokens.issue(transaction, sessionId, now);
    });
    return this.pair(userId, sessionId, refreshToken);
  }

  /** Exchanges a refresh token. Throws `InvalidRefreshToken`, after ending the session when the token was replayed. */
  async refresh(token: string, address: string, isActive: (userId: string) => Promise<boolean>): Promise<TokenPair> {
    const now = this.clock.now();
    const exchange = await this.database.transaction(async (transaction) => {
      const exchanged = await this.refreshTokens.exchange(transaction, token, now);
      if (exchanged.outcome === 'replayed') await this.endReplayed(transaction, exchanged.session, address);
      return exchanged;
    });
    if (exchange.outcome !== 'exchanged') throw new InvalidRefreshToken();
    const { session, successor } = exchange;
    if (!(await isActive(session.user_id))) throw new InvalidRefreshToken();
    return this.pair(session.user_id, session.id, successor);
  }

  /** Whether the session still stands. */
  async isLive(userId: string, sessionId: string): Promise<boolean> {
    const session = await this.sessions.find(sessionId);
    return (
      session !== undefined &&
      session.user_id === userId &&
      session.revoked_at === null &&
      Date.parse(session.expires_at) > this.clock.now().getTime()
    );
  }

  /** The user's live sessions, newest first. */
  async list(userId: string, currentId: string, page: PageQuery): Promise<SessionPage> {
    const scope = `sessions/${userId}`;
    const before =
      page.cursor === undefined
        ? undefined
        : this.cursors.decode<Pick<SessionRow, 'created_at' | 'id'>>(scope, page.cursor);
    const rows = await this.sessions.listLive(userId, this.clock.now().toISOString(), page.limit + 1, before);
    return pageOf(
      rows,
      page.limit,
      (row) => shown(row, currentId),
      ({ created_at, id }) => this.cursors.encode(scope, { created_at, id }),
    );
  }

  /** Ends one session of the user: its access and refresh tokens stop working. Throws `SessionNotFound`. */
  async end({ userId, address }: SessionOwner, sessionId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      if (!(await this.sessions.revoke(transaction, userId, sessionId, this.clock.now().toISOString()))) {
        throw new SessionNotFound(sessionId);
      }
      await this.changes.announce(transaction);
      await this.audit.record(
        { userId, address, action: 'session.ended', object: sessionId, outcome: 'allowed' },
        transaction,
      );
    });
  }

  /** Logs the user out everywhere, or everywhere else. */
  async endAll({ userId, address }: SessionOwner, exceptSessionId?: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const sessions = await this.endAllOf(transaction, userId, exceptSessionId);
      await this.audit.record(
        { userId, address, action: 'session.all_ended', object: userId, outcome: 'allowed', detail: { sessions } },
        transaction,
      );
    });
  }

  /** The part of a larger change that logs a user out, which the caller records; returns how many sessions ended. */
  async endAllOf(transaction: DatabaseTransaction, userId: string, exceptSessionId?: string): Promise<number> {
    const now = this.clock.now().toISOString();
    const ended = await this.sessions.revokeAll(transaction, userId, now, exceptSessionId);
    await this.changes.announce(transaction);
    return ended;
  }

  private async endReplayed(transaction: DatabaseTransaction, session: SessionRow, address: string): Promise<void> {
    const { id, user_id: userId } = session;
    await this.sessions.revoke(transaction, userId, id, this.clock.now().toISOString());
    await this.changes.announce(transaction);
    await this.audit.record(
      { userId, address, action: 'session.refresh_replayed', object: id, outcome: 'denied' },
      transaction,
    );
  }

  private async pair(userId: string, sessionId: string, refreshToken: string): Promise<TokenPair> {
    return {
      access_token: await this.accessTokens.sign(userId, sessionId),
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: this.accessTokens.lifetimeSeconds,
    };
  }
}

function shown(row: SessionRow, currentId: string): Session {
  const { id, created_at, last_used_at, expires_at, address, user_agent } = row;
  return { session_id: id, created_at, last_used_at, expires_at, address, user_agent, current: id === currentId };
}
