import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

const dayMs = 24 * 3_600_000;
const absent = '11111111-2222-4333-8444-555555555555';

/** Runs for longer than any test waits. */
const numbers = (name: string) => `unnest(sequence(1, 5000)) as ${name}(n)`;
const endless = `select count(*) from ${['a', 'b', 'c', 'd'].map(numbers).join(', ')} where a.n + b.n + c.n + d.n < 0`;

interface Shown {
  id: string;
  name: string;
  role: string;
  is_default: boolean;
  deleted_at: string | null;
  purge_at: string | null;
}

/** What an answer says, without what differs from request to request. */
const neutral = (body: object) =>
  JSON.stringify({ ...body, request_id: '' }).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');

describe('workspaces', () => {
  let test: TestApp;
  const clock = new ShiftedClock();

  beforeAll(async () => {
    test = await startApp({ adapters: (adapters) => ({ ...adapters, clock }) });
  });

  afterAll(() => test.close());

  const create = async (client: Client, name = 'Sales team') =>
    (await client.post('/workspaces', { name }).expect(201)).body as Shown;
  const remove = (client: Client, { id, name }: Shown) =>
    client.delete(`/workspaces/${id}?confirm=${encodeURIComponent(name)}`);
  const mine = async (client: Client, query = '') =>
    (await client.get(`/workspaces${query}`).expect(200)).body.items as Shown[];
  const within = (client: Client, { id }: Shown) => client.with({ 'x-workspace-id': id });

  it('are created by their owner, listed, shown and renamed', async () => {
    const { client, workspaceId } = await addWorkspace(test);
    const response = await client.post('/workspaces', { name: 'Sales team' }).expect(201);
    const created = response.body as Shown;
    expect(created).toMatchObject({ name: 'Sales team', role: 'owner', is_default: false, deleted_at: null });
    expect(response.headers).toMatchObject({ location: `/api/v1/workspaces/${created.id}`, etag: '"1"' });
    expect((await mine(client)).map(({ id }) => id)).toEqual([workspaceId, created.id]);

    const renamed = await client
      .patch(`/workspaces/${created.id}`, { name: 'Sales' })
      .set('if-match', '"1"')
      .expect(200);
    expect(renamed.headers.etag).toBe('"2"');
    const stale = await client.patch(`/workspaces/${created.id}`, { name: 'X' }).set('if-match', '"1"').expect(412);
    expect(stale.body).toMatchObject({ type: '/problems/version-conflict', current_version: 2 });
    const shown = await client.get(`/workspaces/${created.id}`).expect(200);
    expect(shown.body).toEqual({ ...created, name: 'Sales' });
    await within(client, created).get('/uploads').expect(200);
  });

  it('are listed in pages', async () => {
    const { client, workspaceId } = await addWorkspace(test);
    const ids = [workspaceId];
    for (const name of ['one', 'two', 'three']) ids.push((await create(client, name)).id);
    const first = (await client.get('/workspaces?limit=3').expect(200)).body;
    const second = (await client.get(`/workspaces?limit=3&cursor=${first.next_cursor}`).expect(200)).body;
    expect([...first.items, ...second.items].map(({ id }: Shown) => id)).toEqual(ids);
    expect(second.next_cursor).toBeNull();
  });

  it.each(['', ' ', 'a\nb', ' Sales', 'x'.repeat(101), 7, null])('refuse the name %j', async (name) => {
    const { body } = await test.owner.post('/workspaces', { name }).expect(400);
    expect(body.errors[0].pointer).toBe('/name');
  });

  it('are not created by programs, nor beyond the limit', async () => {
    const { client } = await addWorkspace(test);
    const token = (await client.post('/api-tokens', { name: 'x', scopes: ['tables:read', 'workspace:read'] })).body
      .token;
    const program = new Client(test.address, token);
    expect((await program.post('/workspaces', { name: 'x' }).expect(403)).body.type).toBe('/problems/session-required');
    const other = await create(client);
    expect(await mine(program)).toHaveLength(1);
    await program.get(`/workspaces/${other.id}`).expect(404);

    const answers = await Promise.all(
      Array.from({ length: 25 }, () => client.post('/workspaces', { name: 'one more' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(18);
    expect(answers.find(({ status }) => status !== 201)!.body).toMatchObject({ type: '/problems/too-many-workspaces' });
  });

  it('R1: look absent to everybody who does not belong to them', async () => {
    const { client: stranger } = await addWorkspace(test);
    const asked = await create(test.owner, 'Foreign');
    const calls: ((id: string) => ReturnType<Client['get']>)[] = [
      (id) => stranger.get(`/workspaces/${id}`),
      (id) => stranger.patch(`/workspaces/${id}`, { name: 'Mine' }),
      (id) => stranger.delete(`/workspaces/${id}?confirm=Foreign`),
      (id) => stranger.post(`/workspaces/${id}/restore`),
    ];
    for (const call of calls) {
      const foreign = await call(asked.id).expect(404);
      expect(neutral(foreign.body)).toEqual(neutral((await call(absent).expect(404)).body));
    }
    await remove(test.owner, asked).expect(200);
    expect(neutral((await stranger.post(`/workspaces/${asked.id}/restore`).expect(404)).body)).toEqual(
      neutral((await stranger.post(`/workspaces/${absent}/restore`).expect(404)).body),
    );
  });

  it('are deleted only under their exact name, and are absent from then on', async () => {
    const workspace = await create(test.owner, 'Sales & more');
    const admin = await addWorkspace(test, 'admin', workspace.id);
    for (const confirm of ['', '?confirm=', '?confirm=sales%20%26%20more']) {
      const { body } = await test.owner.delete(`/workspaces/${workspace.id}${confirm}`).expect(400);
      expect(body.errors).toEqual([{ pointer: '?confirm', detail: expect.stringContaining('"Sales & more"') }]);
    }
    const denied = await remove(admin.client, workspace).expect(403);
    expect(denied.body.permission).toBe('workspace:delete');
    await remove(test.owner, workspace).set('if-match', '"7"').expect(412);

    const deleted = (await remove(test.owner, workspace).expect(200)).body as Shown;
    expect(Date.parse(deleted.purge_at!) - Date.parse(deleted.deleted_at!)).toBe(7 * dayMs);
    const gone = await test.owner.get(`/workspaces/${workspace.id}`).expect(404);
    expect(neutral(gone.body)).toEqual(neutral((await test.owner.get(`/workspaces/${absent}`).expect(404)).body));
    await within(test.owner, workspace).get('/tables').expect(404);
    await remove(test.owner, workspace).expect(404);
    expect((await mine(test.owner)).map(({ id }) => id)).not.toContain(workspace.id);
  });

  it('are restored by their owners, and by nobody else', async () => {
    const workspace = await create(test.owner, 'Restored');
    const admin = await addWorkspace(test, 'admin', workspace.id);
    await remove(test.owner, workspace).expect(200);
    await admin.client.post(`/workspaces/${workspace.id}/restore`).expect(404);
    expect(await mine(admin.client, '?include=deleted')).toEqual([]);
    const listed = (await mine(test.owner, '?include=deleted')).find(({ id }) => id === workspace.id);
    expect(listed).toMatchObject({ deleted_at: expect.any(String), purge_at: expect.any(String) });

    const restored = await test.owner.post(`/workspaces/${workspace.id}/restore`).expect(200);
    expect(restored.body).toEqual(workspace);
    await test.owner.post(`/workspaces/${workspace.id}/restore`).expect(200);
    await admin.client.get(`/workspaces/${workspace.id}`).expect(200);
  });

  it('say how to get one to somebody who has none, and choose another default one', async () => {
    const { client, workspaceId } = await addWorkspace(test);
    const second = await create(client, 'Second');
    const third = await create(client, 'Third');
    await remove(client, { ...third, id: workspaceId, name: 'Another workspace' }).expect(200);
    expect((await mine(client)).map(({ id, is_default }) => [id, is_default])).toEqual([
      [second.id, true],
      [third.id, false],
    ]);
    await client.get('/uploads').expect(200);
    await remove(client, second).expect(200);
    await remove(client, third).expect(200);
    const { body } = await client.get('/uploads').expect(404);
    expect(body).toMatchObject({
      type: '/problems/no-workspace',
      detail: expect.stringContaining('POST /api/v1/workspaces'),
    });
    await client.post(`/workspaces/${workspaceId}/restore`).expect(200);
    expect(await mine(client)).toMatchObject([{ id: workspaceId, is_default: true }]);
  });

  it('R7: end the queries and streams of a deleted workspace within a second', async () => {
    const workspace = await create(test.owner, 'Streaming');
    const client = within(test.owner, workspace);
    const { body } = await client.post('/queries', { sql: endless, wait_ms: 0 }).expect(202);
    const stream = client
      .get(`/queries/${body.query_id}/events`)
      .buffer(true)
      .then(
        () => 'ended',
        () => 'cut',
      );
    await until(async () => (await client.get(`/queries/${body.query_id}`)).body.state === 'running');
    await remove(test.owner, workspace).expect(200);
    const began = performance.now();
    await stream;
    expect(performance.now() - began).toBeLessThan(soonMs);
    await test.owner.post(`/workspaces/${workspace.id}/restore`).expect(200);
    await until(async () => (await client.get(`/queries/${body.query_id}`)).body.state === 'cancelled', soonMs);
  });

  it('end the jobs of a deleted workspace', async () => {
    const workspace = await create(test.owner, 'Busy');
    const { jobQueue } = test.app.adapters;
    let stopped: unknown;
    jobQueue.handle({
      kind: 'endless',
      concurrency: 1,
      maxAttempts: 1,
      run: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject((stopped = signal.reason) as Error))),
    });
    const jobs = await Promise.all(
      ['endless', 'nobody-does-this'].map((kind) =>
        jobQueue.enqueue({ kind, workspaceId: workspace.id, payload: null }),
      ),
    );
    await until(async () => (await jobQueue.get(workspace.id, jobs[0]!.job_id))?.state === 'running');
    await remove(test.owner, workspace).expect(200);
    for (const { job_id } of jobs) {
      await until(async () => (await jobQueue.get(workspace.id, job_id))?.state === 'cancelled');
    }
    expect((stopped as Error).message).toMatch('cancelled');
  });

  it('cannot be restored when their time is over', async () => {
    const workspace = await create(test.owner, 'Too late');
    await remove(test.owner, workspace).expect(200);
    clock.advance(8 * dayMs);
    const credentials = { email: 'owner@example.com', password: 'correct horse battery staple' };
    const login = await test.nobody.post('/auth/login', credentials).expect(200);
    const owner = new Client(test.address, login.body.access_token);
    const { body } = await owner.post(`/workspaces/${workspace.id}/restore`).expect(410);
    expect(body.type).toBe('/problems/workspace-purged');
    expect(await mine(owner, '?include=deleted')).toHaveLength((await mine(owner)).length);
  });
});

describe('workspaces that only administrators create', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp({ settings: { WORKSPACE_CREATION: 'administrators' } });
  });

  afterAll(() => test.close());

  it('are refused to everybody else', async () => {
    const { client } = await addWorkspace(test);
    const { body } = await client.post('/workspaces', { name: 'x' }).expect(403);
    expect(body.type).toBe('/problems/administrator-required');
    await test.owner.post('/workspaces', { name: 'x' }).expect(201);
  });
});
