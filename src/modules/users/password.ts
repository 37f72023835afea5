import { Injectable } from '@nestjs/common';
import bcrypt from '@node-rs/bcrypt';
import type { Counter } from 'prom-client';
import { Config } from '../../config/config.js';
import { TooManyRequests } from '../../platform/errors/common-problems.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { foldCase } from '../../platform/text/fold-case.js';

const minimumCharacters = 8;
const maximumBytes = 72;
const atOnce = 2;
const maximumWaiting = 32;

/** What is wrong with a password, or undefined. bcrypt would ignore what follows the 72nd byte, so it is refused. */
export function passwordFault(password: string): string | undefined {
  const normal = password.normalize('NFC');
  if ([...normal].length < minimumCharacters) return `must have at least ${minimumCharacters} characters`;
  if (Buffer.byteLength(normal) > maximumBytes) return `must have at most ${maximumBytes} bytes in UTF-8`;
  if (/\p{Cs}/u.test(normal)) return 'must be well-formed Unicode';
  if (normal.includes('\0')) return 'must not contain a NUL character';
  return undefined;
}

/** The same for a new password of somebody, which must not be what everybody knows of them. */
export function newPasswordFault(
  password: string,
  { email, username }: { readonly email: string; readonly username: string },
): string | undefined {
  const known = [email, username].map(foldCase);
  return known.includes(foldCase(password))
    ? 'must not be the e-mail address or the user name'
    : passwordFault(password);
}

/** Hashes and checks passwords off the event loop, a few at a time, so that logins cannot stop everything else. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private dummy: Promise<string> | undefined;

  private readonly hashes: Counter<'operation'>;

  constructor(
    private readonly config: Config,
    metrics: Metrics,
  ) {
    this.hashes = metrics.counter('password_hashes_total', 'Passwords hashed, and checked against a hash.', [
      'operation',
    ]);
  }

  hash(password: string): Promise<string> {
    this.hashes.inc({ operation: 'hash' });
    return this.inTurn(() => bcrypt.hash(password.normalize('NFC'), this.config.bcryptCost));
  }

  /** Whether the hash took another amount of work than new ones do, which its checks then give away. */
  isOutdated(hash: string): boolean {
    return Number(/^\$2[aby]\$(\d\d)\$/.exec(hash)?.[1]) !== this.config.bcryptCost;
  }

  /** Takes as long without a hash (an unknown user) as with one, and is then false. */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    this.dummy ??= bcrypt.hash('no password has this hash', this.config.bcryptCost);
    const against = hash ?? (await this.dummy);
    const acceptable = passwordFault(password) === undefined;
    this.hashes.inc({ operation: 'verify' });
    const matches = await this.inTurn(() => bcrypt.verify(acceptable ? password.normalize('NFC') : '', against));
    return matches && acceptable && hash !== undefined;
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= atOnce) {
      if (this.waiting.length >= maximumWaiting) {
        throw new TooManyRequests('Too many sign-ins at once. Try again in a few seconds.', { 'retry-after': '5' });
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
