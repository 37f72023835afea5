import { Injectable } from '@nestjs/common';
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { Config } from '../../config/config.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { Clock } from '../../providers/clock/clock.js';

const algorithm = 'HS256';
const type = 'at+jwt';
const issuer = 'tabletalk';
const audience = 'tabletalk-api';
const purpose = 'access-token';

/** What an access token says: who, and in which session. Rights are looked up on each request, never carried. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Signs and checks access tokens as RFC 8725 recommends: algorithm, issuer, audience and type are pinned, and the key id
 * chooses among the service's own secrets, the current and the previous ones. Nothing else in a token's header counts.
 */
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
      .setProtectedHeader({ alg: algorithm, typ: type, kid: this.keys.currentId })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + this.config.accessTokenSeconds)
      .sign(this.keys.key(purpose));
  }

  /** Undefined for anything but a token of ours that is valid now. */
  async verify(token: string): Promise<AccessClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyFor(header), {
        algorithms: [algorithm],
        typ: type,
        issuer,
        audience,
        requiredClaims: ['sub', 'sid', 'iat', 'nbf', 'exp'],
        currentDate: this.clock.now(),
      });
      if (typeof payload.sub !== 'string' || typeof payload.sid !== 'string') return undefined;
      return { userId: payload.sub, sessionId: payload.sid, expiresAt: payload.exp! };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
      throw error;
    }
  }

  private keyFor({ kid }: JWTHeaderParameters): Uint8Array {
    const key = this.keys.keyOf(kid, purpose);
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}
