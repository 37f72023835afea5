import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyRequests } from '../errors/common-problems.js';

/** One budget of requests: so many within so many seconds for each key. */
export interface RateLimit {
  /** Says whose limit was reached: "of this user". */
  readonly subject: string;
  readonly points: number;
  readonly seconds: number;
}

export type RateLimitHeaders = Readonly<Record<'ratelimit-limit' | 'ratelimit-remaining' | 'ratelimit-reset', string>>;

/** Counts requests in fixed windows, in this process's memory. */
export class RateLimiter {
  private readonly limiter: RateLimiterMemory;

  constructor(private readonly limit: RateLimit) {
    this.limiter = new RateLimiterMemory({ points: limit.points, duration: limit.seconds });
  }

  /** Takes one request from the key's budget and returns the headers that tell what is left. Throws `TooManyRequests`. */
  async take(key: string): Promise<RateLimitHeaders> {
    try {
      return this.headers(await this.limiter.consume(key));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw new TooManyRequests(
        `The limit ${this.limit.subject} is ${this.limit.points} requests in ${this.limit.seconds} seconds. Try again in ${seconds} s.`,
        { ...this.headers(error), 'retry-after': String(seconds) },
      );
    }
  }

  /** Forgets what the key has used, as after a successful sign-in. */
  async reset(key: string): Promise<void> {
    await this.limiter.delete(key);
  }

  private headers(result: RateLimiterRes): RateLimitHeaders {
    return {
      'ratelimit-limit': String(this.limit.points),
      'ratelimit-remaining': String(Math.max(0, result.remainingPoints)),
      'ratelimit-reset': String(Math.ceil(result.msBeforeNext / 1000)),
    };
  }
}
