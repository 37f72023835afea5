import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { addTable } from '../support/tables.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

/** Runs for longer than any test waits. */
const endless = 'select count(*) from numbers a, numbers b, numbers c, numbers d where a.n + b.n + c.n + d.n < 0';

interface Member {
  readonly client: Client;
  readonly userId: string;
}

describe('a right that is taken away', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp({ settings: { QUERY_WORKERS: '2' } });
    await addTable(test, {
      table: 'numbers',
      rows: 'select i::bigint as n from range(5000) t(i)',
      columns: { n: 'bigint' },
    });
  });

  afterAll(() => test.close());

  const begin = async (client: Client) => {
    const { body } = await client.post('/queries', { sql: endless, wait_ms: 0 }).expect(202);
    const queryId = (body as { query_id: string }).query_id;
    const events = await open(client, `/queries/${queryId}/events`);
    return { queryId, streamEnded: new Promise<number>((resolve) => events.once('close', () => resolve(Date.now()))) };
  };

  /** Takes the right away, and checks that query, stream and calls have ended a second later. */
  const expectEnd = async (client: Client, takeAway: () => Promise<unknown>, status: number, error: object) => {
    const { queryId, streamEnded } = await begin(client);
    await until(async () => (await test.owner.get(`/queries/${queryId}`)).body.state === 'running');
    await takeAway();
    const began = Date.now();
    await client.post('/queries', { sql: 'select 1' }).expect(status);
    const query = await until(async () => {
      const { body } = await test.owner.get(`/queries/${queryId}`);
      return (body as { state: string }).state !== 'running' && (body as object);
    });
    expect(query).toMatchObject({ state: 'cancelled', error });
    expect((await streamEnded) - began).toBeLessThan(soonMs);
    expect(Date.now() - began).toBeLessThan(soonMs);
  };
  const ended = { kind: 'cancelled', message: 'The query was ended because whoever ran it may no longer do so.' };

  const members = (path = '') => `/workspaces/${test.workspaceId}/members${path}`;
  const member = (role: 'analyst' | 'viewer' = 'analyst'): Promise<Member> =>
    addWorkspace(test, role, test.workspaceId);

  it('R7: ends what a removed member has begun', async () => {
    const { client, userId } = await member();
    await expectEnd(client, () => test.owner.delete(members(`/${userId}`)).expect(204), 404, ended);
  });

  it('R7: ends what a lowered role no longer allows, and nothing else', async () => {
    const { client, userId } = await member();
    const onlyReads = await test.owner
      .post('/roles', { name: 'Reader', description: 'Reads what others ran.', permissions: ['queries:read'] })
      .expect(201);
    const lower = (role: string) => test.owner.patch(members(`/${userId}`), { role }).expect(200);
    await expectEnd(client, () => lower((onlyReads.body as { id: string }).id), 403, ended);

    await lower('analyst');
    const { queryId } = await begin(client);
    await lower('viewer');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await client.get(`/queries/${queryId}`).expect(200)).body).toMatchObject({ state: 'running' });
    await client.post(`/queries/${queryId}/cancel`).expect(200);
  });

  it('R7: ends what a disabled user has begun', async () => {
    const { client, userId } = await member();
    const disable = () => test.owner.patch(`/users/${userId}`, { is_active: false }).expect(200);
    await expectEnd(client, disable, 401, ended);
  });

  it('R7: ends what was begun in a session that has ended', async () => {
    const { client } = await member();
    await expectEnd(client, () => client.post('/auth/logout').expect(204), 401, ended);
  });

  it('R7: ends what was begun with a token that is revoked', async () => {
    const { body } = await test.owner
      .post('/api-tokens', { name: 'Grafana', scopes: ['queries:run', 'queries:read'] })
      .expect(201);
    const { id, token } = body as { id: string; token: string };
    const program = new Client(test.address, token);
    await expectEnd(program, () => test.owner.delete(`/api-tokens/${id}`).expect(204), 401, ended);
  });

  it('R7: takes effect on a replica that was told by the database alone', async () => {
    const { client, userId } = await member();
    const { queryId, streamEnded } = await begin(client);
    await until(async () => (await test.owner.get(`/queries/${queryId}`)).body.state === 'running');
    const { database } = test.app.adapters;
    await database.transaction(async (transaction) => {
      const tables = transaction.tables<{
        users: { id: string; is_active: number };
        access_changes: { revision: number };
      }>();
      await tables.updateTable('users').set({ is_active: 0 }).where('id', '=', userId).execute();
      await tables
        .updateTable('access_changes')
        .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
        .execute();
    });
    const began = Date.now();
    expect((await streamEnded) - began).toBeLessThan(soonMs);
    await client.get(`/queries/${queryId}`).expect(401);
    await until(async () => (await test.owner.get(`/queries/${queryId}`)).body.state === 'cancelled', soonMs);
  });
});

/** A stream that has begun. */
function open(client: Client, path: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${client.token}` };
  return new Promise((resolve, reject) => {
    get(`${client.address}/api/v1${path}`, { headers }, (answer) => {
      answer.on('error', () => undefined).resume();
      resolve(answer);
    }).on('error', reject);
  });
}
