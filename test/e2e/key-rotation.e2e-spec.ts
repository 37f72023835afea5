import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Client, startApp, type TestApp } from '../support/app.js';

const credentials = { email: 'owner@example.com', password: 'correct horse battery staple' };
const oldKey = 'the master key of last year: 32 characters';
const newKey = 'the master key of this year: 32 characters';

interface Tokens {
  access_token: string;
  refresh_token: string;
}

describe('the rotation of the master key', () => {
  let test: TestApp;

  afterEach(() => test.close());

  const login = async () => (await test.nobody.post('/auth/login', credentials).expect(200)).body as Tokens;
  const refresh = (token: string) => test.nobody.post('/auth/refresh', { refresh_token: token });
  const me = (token: string) => new Client(test.address, token).get('/users/me');
  const keyId = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid;

  const restart = async (settings: Record<string, string>) => {
    const { dataDirectory } = test;
    await test.app.close();
    test = await startApp({ dataDirectory, settings });
  };

  it('R10: keeps sessions, retries and cursors while the previous key is known', async () => {
    test = await startApp({ settings: { MASTER_KEY: oldKey } });
    for (const name of ['a', 'b']) await test.owner.post('/api-tokens', { name, scopes: ['tables:read'] }).expect(201);
    const { body: page } = await test.owner.get('/api-tokens?limit=1').expect(200);
    const [session, retried] = [await login(), await login()];
    const successor = (await refresh(retried.refresh_token).expect(200)).body as Tokens;

    await restart({ MASTER_KEY: newKey, PREVIOUS_MASTER_KEYS: oldKey });
    await me(session.access_token).expect(200);
    const again = (await refresh(retried.refresh_token).expect(200)).body as Tokens;
    expect(again.refresh_token).toBe(successor.refresh_token);
    const fresh = (await refresh(session.refresh_token).expect(200)).body as Tokens;
    expect(keyId(fresh.access_token)).not.toBe(keyId(session.access_token));
    const next = await test.owner.get(`/api-tokens?limit=1&cursor=${page.next_cursor}`).expect(200);
    expect(next.body.items).toMatchObject([{ name: 'a' }]);

    await restart({ MASTER_KEY: newKey });
    await me(session.access_token).expect(401);
    await me(fresh.access_token).expect(200);
    await test.owner.get(`/api-tokens?limit=1&cursor=${page.next_cursor}`).expect(400);
    await refresh(fresh.refresh_token).expect(200);
  });

  it('R9: forgets the tokens of a key that is not known any more, but not who is signed in', async () => {
    test = await startApp({ settings: { MASTER_KEY: oldKey } });
    const session = await login();
    await restart({ MASTER_KEY: newKey });
    await me(session.access_token).expect(401);
    const fresh = (await refresh(session.refresh_token).expect(200)).body as Tokens;
    await me(fresh.access_token).expect(200);
  });

  // On PostgreSQL, where replicas have to share it, the key is always given.
  const itOnLaptops = process.env.TEST_DATABASE === 'postgres' ? it.skip : it;

  itOnLaptops('works for the key that the service made itself', async () => {
    test = await startApp();
    const session = await login();
    const file = join(test.dataDirectory, 'secrets/master.key');
    const made = readFileSync(file, 'utf8').trim();
    rmSync(file);
    await restart({ PREVIOUS_MASTER_KEYS: made });
    expect(readFileSync(file, 'utf8').trim()).not.toBe(made);
    await me(session.access_token).expect(200);
    await refresh(session.refresh_token).expect(200);
  });

  it('lets processes with the next key and with this one work side by side', async () => {
    test = await startApp({ settings: { MASTER_KEY: newKey, PREVIOUS_MASTER_KEYS: oldKey } });
    const ofTheNext = await login();
    await restart({ MASTER_KEY: oldKey, PREVIOUS_MASTER_KEYS: newKey });
    await me(ofTheNext.access_token).expect(200);
    expect(keyId((await login()).access_token)).not.toBe(keyId(ofTheNext.access_token));
  });
});
