import { TooManyRequests } from '../errors/common-problems.js';

/** One budget of requests: so many within so many seconds for each key. */
export interface RateLimit {
  /** Says whose limit was reached: "of this user". */
  readonly subject: string;
  readonly points: number;
  readonly seconds: number;
}

export type RateLimitHeaders = Readonly<Record<'ratelimit-limit' | 'ratelimit-remaining' | 'ratelimit-reset', string>>;

interface Window {
  used: number;
  /** In the process's monotonic milliseconds. */
  endsAt: number;
}

/** Ended windows are forgotten whenever so many keys have been seen. */
const keysBetweenSweeps = 10_000;

/** Counts requests in fixed windows, in this process's memory. Synchronous and small, since it stands before every request. */
export class RateLimiter {
  private readonly windows = new Map<string, Window>();
  private keysUntilSweep = keysBetweenSweeps;

  constructor(
    private readonly limit: RateLimit,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** Takes one request from the key's budget and returns the headers that tell what is left. Throws `TooManyRequests`. */
  take(key: string): RateLimitHeaders {
    const now = this.elapsed();
    const window = this.current(key, now);
    window.used += 1;
    const seconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    const headers = {
      'ratelimit-limit': String(this.limit.points),
      'ratelimit-remaining': String(Math.max(0, this.limit.points - window.used)),
      'ratelimit-reset': String(seconds),
    };
    if (window.used <= this.limit.points) return headers;
    throw new TooManyRequests(
      `The limit ${this.limit.subject} is ${this.limit.points} requests in ${this.limit.seconds} seconds. Try again in ${seconds} s.`,
      { ...headers, 'retry-after': String(seconds) },
    );
  }

  /** Forgets what the key has used, as after a successful sign-in. */
  reset(key: string): void {
    this.windows.delete(key);
  }

  private current(key: string, now: number): Window {
    const known = this.windows.get(key);
    if (known && known.endsAt > now) return known;
    this.sweep(now);
    const window = { used: 0, endsAt: now + this.limit.seconds * 1000 };
    this.windows.set(key, window);
    return window;
  }

  private sweep(now: number): void {
    this.keysUntilSweep -= 1;
    if (this.keysUntilSweep > 0) return;
    this.keysUntilSweep = keysBetweenSweeps;
    for (const [key, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(key);
  }
}
