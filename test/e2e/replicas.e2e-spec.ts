import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, ownerAccount, startApp, type TestApp } from '../support/app.js';
import { describePostgres } from '../support/postgres/describe-postgres.js';
import { ServiceProcess } from '../support/service.js';
import { addTable } from '../support/tables.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

const endless = 'select count(*) from numbers a, numbers b, numbers c where a.n + b.n + c.n < 0';

/** Whole services on one PostgreSQL, each with files of its own: what goes through the database they share. */
describePostgres('replicas of the service', (server) => {
  let one: TestApp;
  let other: TestApp;
  let settings: Record<string, string>;
  /** The owner, signed in with the first replica, asking the second. */
  let elsewhere: Client;
  const createFolder = temporaryFolders();

  beforeAll(async () => {
    settings = {
      DATABASE: 'postgres',
      DATABASE_URL: await server().createDatabase(),
      JOB_QUEUE: 'pg-boss',
      MASTER_KEY: 'a key that all the replicas know of',
    };
    [one, other] = await Promise.all([startApp({ settings }), startApp({ settings })]);
    elsewhere = new Client(other.address, one.owner.token);
    await addTable(one, {
      table: 'numbers',
      rows: 'select i::bigint as n from range(5000) t(i)',
      columns: { n: 'bigint' },
    });
  });
  afterAll(() => Promise.all([one?.close(), other?.close()]));

  const begin = async () => {
    const { body } = await one.owner.post('/queries', { sql: endless, wait_ms: 0 }).expect(202);
    return body.query_id as string;
  };
  const state = async (queryId: string) =>
    (await elsewhere.get(`/queries/${queryId}`).expect(200)).body.state as string;

  it('start together on an empty database, with one owner', async () => {
    const users = await elsewhere.get('/users').expect(200);
    expect(users.body.items.map(({ email }: { email: string }) => email)).toEqual(['owner@example.com']);
  });

  it('R32: cancel and follow a query that runs in another of them', async () => {
    const queryId = await begin();
    const events = elsewhere.get(`/queries/${queryId}/events`).then(({ text }) => text);
    await until(async () => (await state(queryId)) === 'running');
    const cancelled = await elsewhere.post(`/queries/${queryId}/cancel`).expect(200);
    expect(cancelled.body).toMatchObject({ state: 'cancelled' });
    expect(await events).toContain('"state":"cancelled"');
  });

  it('R42: leave the queries and the requests of the others alone when they start', async () => {
    const queryId = await begin();
    const third = await startApp({ settings });
    await third.close();
    expect(await state(queryId)).toMatch(/queued|running/);
    await elsewhere.post(`/queries/${queryId}/cancel`).expect(200);
  });

  it('R22: answer a repeated request with what another of them has done', async () => {
    const request = { name: 'Sales' };
    const key = { 'idempotency-key': 'once' };
    const first = await one.owner.with(key).post('/workspaces', request).expect(201);
    const second = await elsewhere.with(key).post('/workspaces', request).expect(201);
    expect(second.body).toEqual(first.body);
  });

  it('R22: do not carry out again what another of them had committed when it died', async () => {
    const { database } = one.app.adapters;
    const left = { workspace_id: null, fingerprint: '', owner: 'rep_gone', status: null, headers: null, body: null };
    const me = (await elsewhere.get('/users/me').expect(200)).body.id as string;
    const scope = `/${me}/POST /api/v1/workspaces`;
    const rows = [
      { ...left, scope, key: 'committed', carried_out: 1, created_at: new Date().toISOString() },
      { ...left, scope, key: 'untouched', carried_out: 0, created_at: new Date().toISOString() },
    ];
    await database
      .tables<{ idempotency_keys: Record<string, unknown> }>()
      .insertInto('idempotency_keys')
      .values(rows)
      .execute();
    const repeat = (key: string) => elsewhere.with({ 'idempotency-key': key }).post('/workspaces', { name: key });
    const { body } = await repeat('committed').expect(409);
    expect(body.type).toBe('/problems/answer-lost');
    await repeat('untouched').expect(201);
    const noted = await database
      .tables<{ idempotency_keys: { scope: string; key: string; carried_out: number } }>()
      .selectFrom('idempotency_keys')
      .select('carried_out')
      .where('scope', '=', scope)
      .where('key', '=', 'untouched')
      .execute();
    expect(noted).toEqual([{ carried_out: 1 }]);
  });

  it('R13: count failed sign-ins together', async () => {
    const guess = { email: 'nobody@example.com', password: 'not this one' };
    const [here, there] = [one.nobody, other.nobody];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await here.post('/auth/login', guess).expect(401);
      await there.post('/auth/login', guess).expect(401);
    }
    await here.post('/auth/login', guess).expect(429);
    await there.post('/auth/login', guess).expect(429);
  });

  it('R17: accept the setup token of each of them, and then of none', async () => {
    const nobody = { ...settings, DATABASE_URL: await server().createDatabase(), OWNER_EMAIL: '', OWNER_PASSWORD: '' };
    const [first, second] = [new ServiceProcess(createFolder(), nobody), new ServiceProcess(createFolder(), nobody)];
    try {
      const address = await first.ready();
      await second.ready();
      const tokenOf = ({ output }: ServiceProcess) => /setup-[\w-]+/.exec(output)?.[0];
      const tokens = await until(async () => {
        const printed = [tokenOf(first), tokenOf(second)];
        return printed.every((token) => token !== undefined) && printed;
      });
      const setUp = (token: string | undefined) =>
        new Client(address, undefined).post('/auth/setup', { ...ownerAccount, token, full_name: 'Ada' });
      await setUp('setup-wrong').expect(403);
      await setUp(tokens[0]).expect(201);
      await setUp(tokens[1]).expect(409);
    } finally {
      await Promise.all([first.end('SIGKILL'), second.end('SIGKILL')]);
    }
  });

  it('R7: end sessions for each other within a second', async () => {
    await one.owner.post('/auth/logout').expect(204);
    await until(async () => (await elsewhere.get('/users/me')).status === 401, soonMs);
  });
});
