import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { networkOf } from '../../platform/security/network-of.js';
import { SignInsPaused } from './password-errors.js';
import { type AttemptLimit, type AttemptWindow, SignInAttemptsRepository } from './sign-in-attempts.repository.js';

/** Who is locked out by too many failures. */
export type LockScope = 'account_and_address' | 'account' | 'address';

/** One attempt to give a password, which ends in exactly one of these ways. */
export interface SignInAttempt {
  succeeded(): Promise<void>;
  /** Returns whom this failure locked out. */
  failed(): Promise<readonly LockScope[]>;
  /** It was neither right nor wrong: it could not be checked. */
  abandoned(): Promise<void>;
}

interface Taken {
  readonly scope: LockScope;
  readonly window: AttemptWindow;
}

/**
 * Slows down whoever guesses passwords: strictly for one account from one address, loosely for an account from
 * everywhere, so that nobody can easily lock a colleague out, and for one address over all accounts. Accounts that do
 * not exist are counted like others. All processes that share the database count together.
 */
@Injectable()
export class FailedSignIns {
  private readonly limits: Readonly<Record<LockScope, AttemptLimit>>;

  constructor(
    private readonly attempts: SignInAttemptsRepository,
    config: Config,
  ) {
    const seconds = config.loginLockoutMinutes * 60;
    this.limits = {
      account_and_address: { attempts: config.loginFailuresPerAccountAndAddress, seconds },
      account: { attempts: config.loginFailuresPerAccount, seconds },
      address: { attempts: config.loginFailuresPerAddress, seconds: 60 },
    };
  }

  /** `accountKey` is the normalised e-mail address, whether there is such an account or not. Throws `SignInsPaused`. */
  async begin(accountKey: string, address: string): Promise<SignInAttempt> {
    const network = networkOf(address);
    const names = [
      ['account_and_address', `${network} ${accountKey}`],
      ['account', accountKey],
      ['address', network],
    ] as const;
    const taken: Taken[] = [];
    for (const [scope, name] of names) {
      const counted = `${scope} ${name}`;
      const window = await this.attempts.take(counted, this.limits[scope]);
      if (!window) {
        await this.giveBack(taken);
        throw new SignInsPaused(await this.attempts.wait(counted, this.limits[scope]));
      }
      taken.push({ scope, window });
    }
    return {
      abandoned: () => this.giveBack(taken),
      succeeded: async () => {
        const [pair, ...others] = taken;
        await this.attempts.forget(pair!.window);
        await this.giveBack(others);
      },
      failed: () => this.fail(taken),
    };
  }

  private async fail(taken: readonly Taken[]): Promise<LockScope[]> {
    const locked: LockScope[] = [];
    for (const { scope, window } of taken) {
      if (await this.attempts.fail(window, this.limits[scope])) locked.push(scope);
    }
    return locked;
  }

  private async giveBack(taken: readonly Taken[]): Promise<void> {
    for (const { window } of taken) await this.attempts.giveBack(window);
  }
}
