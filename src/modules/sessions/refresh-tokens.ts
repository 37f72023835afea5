import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { secretHash } from '../../platform/security/secret-hash.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type SessionRow, SessionsRepository } from './sessions.repository.js';

/** A used token is answered with its successor again for this long: the honest retry of a client whose answer got lost. */
const graceMs = 10_000;
const dayMs = 86_400_000;
const prefix = 'ttr_';

/** What came of a refresh token. `unknown` stands for ended sessions too. */
export type Exchange =
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'replayed'; readonly session: SessionRow }
  | { readonly outcome: 'exchanged'; readonly session: SessionRow; readonly successor: string };

/**
 * Each refresh token is exchanged once for its successor; one that comes back later was stolen from one side or the
 * other. Only hashes are stored: the successor is derived from the token itself, which lets an honest retry get the
 * same one, also from a process whose master key has changed meanwhile.
 */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly keys: KeyRing,
    private readonly config: Config,
  ) {}

  /** When a session that is used now ends unless it is used again. */
  expiry(now: Date): string {
    return new Date(now.getTime() + this.lifeMs).toISOString();
  }

  /** The first token of a session. */
  async issue(transaction: DatabaseTransaction, sessionId: string, now: Date): Promise<string> {
    const token = `${prefix}${randomBytes(32).toString('base64url')}`;
    await this.insert(transaction, sessionId, token, now);
    return token;
  }

  async exchange(transaction: DatabaseTransaction, token: string, now: Date): Promise<Exchange> {
    const found = await this.sessions.findRefreshToken(transaction, secretHash(token));
    if (!found || found.session.revoked_at !== null || Date.parse(found.session.expires_at) <= now.getTime()) {
      return { outcome: 'unknown' };
    }
    const { session } = found;
    if (await this.sessions.markUsed(transaction, secretHash(token), now.toISOString())) {
      return { outcome: 'exchanged', session, successor: await this.rotate(transaction, session.id, token, now) };
    }
    const usedAt = found.used_at === null ? now.getTime() : Date.parse(found.used_at);
    const successor = now.getTime() - usedAt > graceMs ? undefined : await this.unusedSuccessor(transaction, token);
    return successor === undefined ? { outcome: 'replayed', session } : { outcome: 'exchanged', session, successor };
  }

  private async rotate(transaction: DatabaseTransaction, sessionId: string, token: string, now: Date): Promise<string> {
    const successor = `${prefix}${this.keys.sign('refresh-successor', token)}`;
    await this.insert(transaction, sessionId, successor, now);
    await this.sessions.extend(transaction, sessionId, now.toISOString(), this.expiry(now));
    const forgotten = new Date(now.getTime() - this.lifeMs).toISOString();
    await this.sessions.removeTokensUsedBefore(transaction, sessionId, forgotten);
    return successor;
  }

  /** Whichever master key derived it. */
  private async unusedSuccessor(transaction: DatabaseTransaction, token: string): Promise<string | undefined> {
    for (const signature of this.keys.signatures('refresh-successor', token)) {
      const successor = `${prefix}${signature}`;
      const found = await this.sessions.findRefreshToken(transaction, secretHash(successor));
      if (found) return found.used_at === null ? successor : undefined;
    }
    return undefined;
  }

  private insert(transaction: DatabaseTransaction, sessionId: string, token: string, now: Date): Promise<void> {
    return this.sessions.insertRefreshToken(transaction, {
      token_hash: secretHash(token),
      session_id: sessionId,
      created_at: now.toISOString(),
      used_at: null,
    });
  }

  private get lifeMs(): number {
    return this.config.refreshTokenDays * dayMs;
  }
}
