import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { newId } from '../../platform/ids.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { secretHash } from '../../platform/security/secret-hash.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import { AuditLog } from '../audit/audit.log.js';
import { AccessTokens } from './access-tokens.js';
import { TokenPair } from './auth.dto.js';
import { InvalidRefreshToken } from './errors.js';
import { SessionsRepository } from './sessions.repository.js';

/** A used token is answered with its successor again for this long: the honest retry of a client whose answer got lost. */
const graceMs = 10_000;
const dayMs = 86_400_000;

/** Where a session comes from. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string | undefined;
}

/**
 * Sessions and their refresh tokens. Each token is exchanged once for its successor; a token that comes back later was
 * stolen from one side or the other, so the whole session ends. Only hashes are stored: the successor is derived from
 * the token itself, which lets an honest retry get the same one.
 */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly database: Database,
    private readonly accessTokens: AccessTokens,
    private readonly keys: KeyRing,
    private readonly config: Config,
    private readonly audit: AuditLog,
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {}

  /** Begins a session for a user whose password has been checked. */
  async begin(userId: string, origin: Origin): Promise<TokenPair> {
    const now = this.clock.now();
    const token = `ttr_${randomBytes(32).toString('base64url')}`;
    const sessionId = newId('ses');
    await this.database.transaction(async (transaction) => {
      await this.sessions.insert(transaction, {
        id: sessionId,
        user_id: userId,
        created_at: now.toISOString(),
        last_used_at: now.toISOString(),
        expires_at: this.expiry(now),
        revoked_at: null,
        address: origin.address,
        user_agent: origin.userAgent?.slice(0, 300) ?? null,
      });
      await this.sessions.insertRefreshToken(transaction, {
        token_hash: secretHash(token),
        session_id: sessionId,
        created_at: now.toISOString(),
        used_at: null,
      });
      await this.audit.record(
        { userId, address: origin.address, action: 'session.started', object: sessionId, outcome: 'allowed' },
        transaction,
      );
    });
    return this.pair(userId, sessionId, token);
  }

  /** Exchanges a refresh token. Throws `InvalidRefreshToken`, after ending the session when the token was replayed. */
  async refresh(token: string, isActive: (userId: string) => Promise<boolean>): Promise<TokenPair> {
    const now = this.clock.now();
    const outcome = await this.database.transaction(async (transaction) => {
      const found = await this.sessions.findRefreshToken(transaction, secretHash(token));
      if (!found || found.session.revoked_at !== null || Date.parse(found.session.expires_at) <= now.getTime())
        return undefined;
      const successor = `ttr_${this.keys.sign('refresh-successor', token)}`;
      if (found.used_at === null) {
        await this.rotate(transaction, found.session.id, token, successor, now);
        return { session: found.session, successor };
      }
      if (await this.isHonestRetry(transaction, found.used_at, successor, now))
        return { session: found.session, successor };
      await this.sessions.revoke(transaction, found.session.id, now.toISOString());
      await this.changes.announce(transaction);
      await this.audit.record(
        {
          userId: found.session.user_id,
          action: 'session.refresh_replayed',
          object: found.session.id,
          outcome: 'denied',
        },
        transaction,
      );
      return undefined;
    });
    if (!outcome || !(await isActive(outcome.session.user_id))) throw new InvalidRefreshToken();
    return this.pair(outcome.session.user_id, outcome.session.id, outcome.successor);
  }

  async end(userId: string, sessionId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.sessions.revoke(transaction, sessionId, this.clock.now().toISOString());
      await this.changes.announce(transaction);
      await this.audit.record({ userId, action: 'session.ended', object: sessionId, outcome: 'allowed' }, transaction);
    });
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

  private async rotate(
    transaction: DatabaseTransaction,
    sessionId: string,
    token: string,
    successor: string,
    now: Date,
  ): Promise<void> {
    await this.sessions.markUsed(transaction, secretHash(token), now.toISOString());
    await this.sessions.insertRefreshToken(transaction, {
      token_hash: secretHash(successor),
      session_id: sessionId,
      created_at: now.toISOString(),
      used_at: null,
    });
    await this.sessions.extend(transaction, sessionId, now.toISOString(), this.expiry(now));
  }

  private async isHonestRetry(
    transaction: DatabaseTransaction,
    usedAt: string,
    successor: string,
    now: Date,
  ): Promise<boolean> {
    if (now.getTime() - Date.parse(usedAt) > graceMs) return false;
    const next = await this.sessions.findRefreshToken(transaction, secretHash(successor));
    return next !== undefined && next.used_at === null;
  }

  private async pair(userId: string, sessionId: string, refreshToken: string): Promise<TokenPair> {
    return {
      access_token: await this.accessTokens.sign(userId, sessionId),
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: this.accessTokens.lifetimeSeconds,
    };
  }

  private expiry(now: Date): string {
    return new Date(now.getTime() + this.config.refreshTokenDays * dayMs).toISOString();
  }
}
