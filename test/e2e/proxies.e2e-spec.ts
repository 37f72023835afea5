import { afterEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';

describe('the address behind a rate limit', () => {
  let test: TestApp;

  afterEach(() => test.close());

  const statuses = async (forwarded: readonly string[]) => {
    const answers: number[] = [];
    for (const each of forwarded) {
      answers.push((await test.nobody.get('/users/me').set('x-forwarded-for', each)).status);
    }
    return answers;
  };

  it('R15: is the peer itself, whatever X-Forwarded-For says, while no proxy is trusted', async () => {
    test = await startApp({ settings: { RATE_LIMIT_PER_ADDRESS: '2' } });
    expect(await statuses(['10.0.0.1', '10.0.0.2', '10.0.0.3'])).toEqual([401, 401, 429]);
  });

  it('R15: is what the one trusted proxy saw, not what a client put before it', async () => {
    test = await startApp({ settings: { RATE_LIMIT_PER_ADDRESS: '2', TRUSTED_PROXY_HOPS: '1' } });
    expect(await statuses(['1.1.1.1, 10.0.0.1', '2.2.2.2, 10.0.0.1', '3.3.3.3, 10.0.0.1'])).toEqual([401, 401, 429]);
    expect(await statuses(['3.3.3.3, 10.0.0.2'])).toEqual([401]);
  });
});
