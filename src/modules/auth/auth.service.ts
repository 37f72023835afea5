import { Injectable } from '@nestjs/common';
import { RateLimiter } from '../../platform/http/rate-limiter.js';
import { AuditLog } from '../audit/audit.log.js';
import { parseEmail } from '../users/email.js';
import { PasswordHasher } from '../users/password.js';
import { UsersRepository } from '../users/users.repository.js';
import { LoginRequest, TokenPair } from './auth.dto.js';
import { InvalidCredentials } from './errors.js';
import { SessionsService, type Origin } from './sessions.service.js';

/** Signing in and staying signed in. */
@Injectable()
export class AuthService {
  private readonly perAccount = new RateLimiter({ subject: 'of sign-ins for one account', points: 10, seconds: 60 });
  private readonly perAddress = new RateLimiter({ subject: 'of sign-ins from one address', points: 100, seconds: 60 });

  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
  ) {}

  /** Throws `InvalidCredentials`, the same and after the same time whether the user exists or not. */
  async login(input: LoginRequest, origin: Origin): Promise<TokenPair> {
    const email = parseEmail(input.email);
    const accountKey = email?.key ?? 'not an address';
    this.perAddress.take(origin.address);
    this.perAccount.take(accountKey);
    const user = email && (await this.users.findByEmail(email));
    const matches = await this.passwords.verify(input.password, user?.password_hash);
    if (!user || !matches || user.is_active !== 1) {
      await this.audit.record({ userId: user?.id, address: origin.address, action: 'user.login', outcome: 'denied' });
      throw new InvalidCredentials();
    }
    this.perAccount.reset(accountKey);
    return this.sessions.begin(user.id, origin);
  }

  refresh(refreshToken: string): Promise<TokenPair> {
    return this.sessions.refresh(refreshToken, async (userId) => (await this.users.find(userId))?.is_active === 1);
  }
}
