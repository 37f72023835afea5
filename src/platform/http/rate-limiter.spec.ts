import { describe, expect, it } from '@jest/globals';
import { TooManyRequests } from '../errors/common-problems.js';
import { RateLimiter } from './rate-limiter.js';

describe('RateLimiter', () => {
  it('counts each key on its own and says what is left', async () => {
    const limiter = new RateLimiter({ subject: 'of one user', points: 2, seconds: 60 });
    expect(await limiter.take('ada')).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    expect(await limiter.take('ada')).toMatchObject({ 'ratelimit-remaining': '0' });
    expect(await limiter.take('bob')).toMatchObject({ 'ratelimit-remaining': '1' });
  });

  it('refuses what is over the limit and says when to come back', async () => {
    const limiter = new RateLimiter({ subject: 'of one user', points: 1, seconds: 60 });
    await limiter.take('ada');
    const refusal = await limiter.take('ada').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TooManyRequests);
    expect(Number((refusal as TooManyRequests).headers['retry-after'])).toBeGreaterThan(0);
    await limiter.reset('ada');
    await expect(limiter.take('ada')).resolves.toBeDefined();
  });
});
