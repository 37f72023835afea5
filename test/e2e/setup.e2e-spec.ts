import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { type App, createApp } from '../../src/app.js';
import { Config } from '../../src/config/config.js';
import { SetupService } from '../../src/modules/auth/setup.service.js';
import { only, storedEvents } from '../support/audit.js';
import { ShiftedClock } from '../support/shifted-clock.js';

describe('the first setup of an empty service', () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tabletalk-setup-'));
  let app: App;
  let address: string;
  let token: string | undefined;
  let clock: ShiftedClock;

  beforeEach(async () => {
    const settings = { PORT: '0', METRICS_PORT: '0', DATA_DIR: dataDirectory, BCRYPT_COST: '4' };
    clock = new ShiftedClock();
    app = await createApp(Config.read(settings), {
      logger: pino({ level: 'silent' }),
      adapters: (adapters) => ({ ...adapters, clock }),
    });
    token = await app.nest.get(SetupService).prepare();
    address = await app.listen();
  });

  afterEach(async () => {
    await app.close();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  const setUp = (changes: object = {}) =>
    request(address)
      .post('/api/v1/auth/setup')
      .send({ token, email: 'ada@example.com', password: 'analytical engine', full_name: 'Ada', ...changes });

  it('R17: 20 racing setups make one owner, whose token works once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) => setUp({ email: `ada${number}@example.com` })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    const { access_token: accessToken } = answers.find(({ status }) => status === 201)!.body as {
      access_token: string;
    };
    const { body } = await request(address)
      .get('/api/v1/users/me')
      .set('authorization', `Bearer ${accessToken}`)
      .expect(200);
    expect(body.is_administrator).toBe(true);
    expect(body.workspaces).toEqual([
      {
        id: expect.any(String),
        name: 'My workspace',
        role: 'owner',
        is_default: true,
        permissions: expect.arrayContaining(['workspace:delete']),
      },
    ]);
    await setUp().expect(409);
    expect(await app.nest.get(SetupService).prepare()).toBeUndefined();
  });

  it('R17: the token expires after a day, and a new one is printed at the next start', async () => {
    clock.advance(24 * 3_600_000 - 10_000);
    await setUp({ password: 'short' }).expect(400);
    clock.advance(10_000);
    const { body } = await setUp().expect(403);
    expect(body.type).toBe('/problems/invalid-setup-token');
    token = await app.nest.get(SetupService).prepare();
    await setUp().expect(201);
    await setUp().expect(409);
  });

  it('records who has set the service up, and who tried', async () => {
    await setUp({ token: 'setup-guess' }).set('x-request-id', 'guessed').expect(403);
    await setUp().set('x-request-id', 'known').expect(201);
    const events = await storedEvents({ app });
    const address = expect.stringMatching(/127\.0\.0\.1$/);
    const setUps = events.filter(({ action }) => action === 'service.set_up');
    expect(setUps).toEqual([
      expect.objectContaining({ outcome: 'denied', request_id: 'guessed', user_id: null, address }),
      expect.objectContaining({ outcome: 'allowed', request_id: 'known', user_id: expect.any(String), address }),
    ]);
    expect(only(events, 'session.started').request_id).toBe('known');
    const text = JSON.stringify(events);
    expect([token!, 'setup-guess', 'analytical engine'].filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('refuses a wrong token, and an earlier one once a new one is printed', async () => {
    await setUp({ token: 'setup-guess' }).expect(403);
    const newer = await app.nest.get(SetupService).prepare();
    await setUp().expect(403);
    await setUp({ token: newer }).expect(201);
  });

  it('says everything that is wrong with the owner’s data', async () => {
    const { body } = await setUp({ email: 'ada', password: 'short' }).expect(400);
    expect(body.errors).toEqual([
      { pointer: '/email', detail: 'must be an e-mail address such as ada@example.com' },
      { pointer: '/password', detail: 'must have at least 8 characters' },
    ]);
    const long = await setUp({ password: 'ä'.repeat(37) }).expect(400);
    expect(long.body.errors[0].detail).toBe('must have at most 72 bytes in UTF-8');
  });
});
