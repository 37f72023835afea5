import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TooManyRequests } from '../errors/common-problems.js';
import { RateLimiter } from './rate-limiter.js';

const limit = { subject: 'of one user', points: 2, seconds: 60 };

describe('RateLimiter', () => {
  it('counts each key on its own and says what is left', () => {
    const limiter = new RateLimiter(limit, () => 0);
    expect(limiter.take('ada')).toEqual({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '60',
    });
    expect(limiter.take('ada')).toMatchObject({ 'ratelimit-remaining': '0' });
    expect(limiter.take('bob')).toMatchObject({ 'ratelimit-remaining': '1' });
  });

  it('refuses what is over the limit and says when to come back', () => {
    let now = 0;
    const limiter = new RateLimiter(limit, () => now);
    limiter.take('ada');
    limiter.take('ada');
    now = 30_000;
    let refusal: unknown;
    try {
      limiter.take('ada');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(TooManyRequests);
    expect((refusal as TooManyRequests).headers).toMatchObject({ 'retry-after': '30', 'ratelimit-remaining': '0' });
    now = 60_000;
    expect(limiter.take('ada')).toMatchObject({ 'ratelimit-remaining': '1' });
  });

  it('begins anew after a reset', () => {
    const limiter = new RateLimiter({ ...limit, points: 1 }, () => 0);
    limiter.take('ada');
    limiter.reset('ada');
    expect(limiter.take('ada')).toMatchObject({ 'ratelimit-remaining': '0' });
  });

  it('never lets more than the limit through within one window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 }),
        (points, pauses) => {
          let now = 0;
          const limiter = new RateLimiter({ subject: 'of one user', points, seconds: 1 }, () => now);
          const allowed: number[] = [];
          for (const pause of pauses) {
            now += pause;
            try {
              limiter.take('ada');
              allowed.push(now);
            } catch {
              // Refused: what the property is about.
            }
          }
          const busiest = allowed.map((start) => allowed.filter((time) => time >= start && time < start + 1000).length);
          // Two neighbouring windows can meet within one second.
          expect(Math.max(0, ...busiest)).toBeLessThanOrEqual(points * 2);
        },
      ),
    );
  });
});
