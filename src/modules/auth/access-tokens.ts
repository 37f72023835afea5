import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Config } from '../../config/config.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { Clock } from '../../providers/clock/clock.js';

const algorithm = 'HS256';
const type = 'at+jwt';
const issuer = 'tabletalk';
const audience = 'tabletalk-api';
const keyId = '1';

/** What an access token says: who, and in which session. Rights are looked up on each request, never carried. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Signs and checks access tokens as RFC 8725 recommends: one algorithm, one key, and issuer, audience and type pinned. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: KeyRing,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  get lifetimeSeconds(): number {
    return this.config.accessTokenSeconds;
  }

  sign(userId: string, sessionId: string): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: algorithm, typ: type, kid: keyId })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + this.config.accessTokenSeconds)
      .sign(this.keys.key('access-token'));
  }

  /** Undefined for anything but a token of ours that is valid now. */
  async verify(token: string): Promise<AccessClaims | undefined> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.key('access-token'), {
        algorithms: [algorithm],
        typ: type,
        issuer,
        audience,
        requiredClaims: ['sub', 'sid', 'iat', 'nbf', 'exp'],
        currentDate: this.clock.now(),
      });
      if (protectedHeader.kid !== keyId || typeof payload.sid !== 'string') return undefined;
      return { userId: payload.sub!, sessionId: payload.sid, expiresAt: payload.exp! };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
      throw error;
    }
  }
}
