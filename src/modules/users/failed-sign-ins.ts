import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { AttemptWindows } from '../../platform/security/attempt-windows.js';
import { networkOf } from '../../platform/security/network-of.js';
import { Clock } from '../../providers/clock/clock.js';
import { SignInsPaused } from './password-errors.js';

/** Who is locked out by too many failures. */
export type LockScope = 'account_and_address' | 'account' | 'address';

/** One attempt to give a password, which ends in exactly one of these ways. */
export interface SignInAttempt {
  succeeded(): void;
  /** Returns whom this failure locked out. */
  failed(): readonly LockScope[];
  /** It was neither right nor wrong: it could not be checked. */
  abandoned(): void;
}

interface Counter {
  readonly scope: LockScope;
  readonly windows: AttemptWindows;
  readonly key: string;
}

/**
 * Slows down whoever guesses passwords: strictly for one account from one address, loosely for an account from
 * everywhere, so that nobody can easily lock a colleague out, and for one address over all accounts. Accounts that do
 * not exist are counted like others. The counts are this process's own: a restart forgets them, and of several replicas
 * each counts for itself, so that a guesser whom the load balancer spreads over n of them gets up to n times as many.
 */
@Injectable()
export class FailedSignIns {
  private readonly perAccountAndAddress: AttemptWindows;
  private readonly perAccount: AttemptWindows;
  private readonly perAddress: AttemptWindows;

  constructor(config: Config, clock: Clock) {
    const elapsed = () => clock.elapsed();
    const seconds = config.loginLockoutMinutes * 60;
    this.perAccountAndAddress = new AttemptWindows(
      { attempts: config.loginFailuresPerAccountAndAddress, seconds },
      elapsed,
    );
    this.perAccount = new AttemptWindows({ attempts: config.loginFailuresPerAccount, seconds }, elapsed);
    this.perAddress = new AttemptWindows({ attempts: config.loginFailuresPerAddress, seconds: 60 }, elapsed);
  }

  /** `accountKey` is the normalised e-mail address, whether there is such an account or not. Throws `SignInsPaused`. */
  begin(accountKey: string, address: string): SignInAttempt {
    const network = networkOf(address);
    const pair = {
      scope: 'account_and_address',
      windows: this.perAccountAndAddress,
      key: `${network} ${accountKey}`,
    } as const;
    const counters: readonly Counter[] = [
      pair,
      { scope: 'account', windows: this.perAccount, key: accountKey },
      { scope: 'address', windows: this.perAddress, key: network },
    ];
    const wait = Math.max(...counters.map(({ windows, key }) => windows.wait(key)));
    if (wait > 0) throw new SignInsPaused(wait);
    for (const { windows, key } of counters) windows.take(key);
    const abandoned = () => counters.forEach(({ windows, key }) => windows.giveBack(key));
    return {
      abandoned,
      succeeded: () => {
        abandoned();
        pair.windows.forget(pair.key);
      },
      failed: () => counters.filter(({ windows, key }) => windows.fail(key)).map(({ scope }) => scope),
    };
  }
}
