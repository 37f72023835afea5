import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobQueue } from '../../src/providers/job-queue/job-queue.js';
import { PromptWatch } from '../../src/modules/prompts/prompt-watch.js';
import { promptKey, type PromptItem, promptTable } from '../../src/modules/prompts/prompt.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { publishCsv } from '../support/publishing.js';
import { until } from '../support/until.js';

const orders = 'order_id,city,amount\n1,Lisbon,10\n2,Lisbon,20\n3,Porto,30\n';

interface Shown {
  readonly request_id: string;
  readonly status: string;
  readonly answer?: string;
  readonly sql?: string;
  readonly result_url?: string;
  readonly error?: { readonly type: string; readonly options?: readonly { label: string }[] };
}

describe('prompt requests', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
    await publishCsv(test.owner, orders, { dataset: 'orders' });
  });
  afterAll(() => test.close());

  const create = async (client: Client, prompt: string) => {
    const { body, headers } = await client.post('/prompts', { prompt }).expect(202);
    const { request_id } = body as Shown;
    expect(body).toEqual({ request_id: expect.stringMatching(/^prompt_/), status: 'PENDING' });
    expect(headers.location).toBe(`/api/v1/prompts/${request_id}`);
    return request_id;
  };
  const show = async (client: Client, requestId: string) =>
    (await client.get(`/prompts/${requestId}`).expect(200)).body as Shown;
  const ended = (client: Client, requestId: string) =>
    until(async () => {
      const shown = await show(client, requestId);
      return ['PROCESSED', 'FAILED'].includes(shown.status) && shown;
    });
  const stored = (requestId: string) =>
    test.app.adapters.itemStore.get(promptTable, { request: promptKey(test.workspaceId, requestId) });
  /** A request as it is after its process died: whatever was to happen to it next has not. */
  const abandoned = async (change: Partial<PromptItem>) => {
    const requestId = await create(test.owner, 'How many orders came from Lisbon?');
    await ended(test.owner, requestId);
    const { answer: _, sql: __, query_id: ___, ...item } = (await stored(requestId))!;
    const open = { open: 'open', due_at: 1, status: 'PENDING', ...change } as const;
    await test.app.adapters.itemStore.put(promptTable, { ...item, ...open });
    return requestId;
  };

  it('are accepted, answered and kept with the statement and its rows', async () => {
    const requestId = await create(test.owner, 'How many orders came from Lisbon?');
    const shown = await ended(test.owner, requestId);
    expect(shown).toEqual({
      request_id: requestId,
      user_id: expect.any(String),
      human_prompt: 'How many orders came from Lisbon?',
      status: 'PROCESSED',
      sql: expect.stringMatching(/select count\(\*\)/i),
      answer: expect.stringContaining('2'),
      result_url: `/api/v1/prompts/${requestId}/result`,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const result = shown.result_url!.replace('/api/v1', '');
    const csv = await test.owner.get(result).expect(200);
    expect(csv.text.split('\n')[1]?.trim()).toBe('2');
    const json = await test.owner.get(`${result}?format=json`).expect(200);
    expect(JSON.stringify(json.body)).toContain('2');
    await test.owner.get(`${result}?format=arrow`).expect(200);
    await test.owner.get(`${result}?format=xls`).expect(400);
  });

  it('fail with the options when the question has several answers', async () => {
    await publishCsv(test.owner, 'id,city\n1,Lisbon\n', { dataset: 'shops' });
    const shown = await ended(test.owner, await create(test.owner, 'How many from Lisbon?'));
    expect(shown).toMatchObject({ status: 'FAILED', error: { type: '/problems/prompt-needs-answer', status: 422 } });
    expect(shown.error!.options!.length).toBeGreaterThanOrEqual(2);
    expect(shown).not.toHaveProperty('answer');
    await test.owner.get(`/prompts/${shown.request_id}/result`).expect(409);
  });

  it('are listed for whoever made them, by time and status', async () => {
    const { client } = await addWorkspace(test, 'viewer', test.workspaceId);
    const ids: string[] = [];
    for (const prompt of ['Hello', 'Thanks', 'Hello again']) ids.unshift(await create(client, prompt));
    for (const id of ids) await ended(client, id);
    const list = async (query: string) => (await client.get(`/prompts${query}`).expect(200)).body;
    const first = (await list('?limit=2')) as { items: Shown[]; next_cursor: string };
    const rest = (await list(`?limit=2&cursor=${first.next_cursor}`)) as typeof first;
    expect([...first.items, ...rest.items].map(({ request_id }) => request_id)).toEqual(ids);
    expect(((await list('?status=PROCESSED')) as typeof first).items).toHaveLength(3);
    expect(((await list('?status=PENDING')) as typeof first).items).toEqual([]);
    await client.get('/prompts?status=DONE').expect(400);
  });

  it('are seen by nobody else, not even by the owner of the workspace', async () => {
    const { client } = await addWorkspace(test, 'viewer', test.workspaceId);
    const requestId = await create(client, 'Hello');
    const stranger = await addWorkspace(test);
    for (const other of [test.owner, stranger.client]) {
      const { body } = await other.get(`/prompts/${requestId}`).expect(404);
      expect((body as { type: string }).type).toBe('/problems/prompt-not-found');
      await other.get(`/prompts/${requestId}/result`).expect(404);
    }
  });

  it('need the right to run queries, and a repeated request makes no second one', async () => {
    const permissions = ['chat:use', 'tables:read'];
    const { body: role } = await test.owner
      .post('/roles', { name: 'Talker', description: '', permissions })
      .expect(201);
    const member = await addWorkspace(test, 'viewer', test.workspaceId);
    const path = `/workspaces/${test.workspaceId}/members/${member.userId}`;
    await test.owner.patch(path, { role: (role as { id: string }).id }).expect(200);
    await member.client.post('/prompts', { prompt: 'Hello' }).expect(403);
    const again = test.owner.with({ 'idempotency-key': 'the-same' });
    const [one, two] = [
      await again.post('/prompts', { prompt: 'Hello' }).expect(202),
      await again.post('/prompts', { prompt: 'Hello' }).expect(202),
    ];
    expect(two.body).toEqual(one.body);
    await again.post('/prompts', { prompt: 'Hello!' }).expect(422);
  });

  it('R44: get a job when the process died before there was one', async () => {
    const requestId = await abandoned({});
    await test.app.nest.get(PromptWatch).look();
    expect(await ended(test.owner, requestId)).toMatchObject({ status: 'PROCESSED', answer: expect.any(String) });
    expect(await stored(requestId)).not.toHaveProperty('open');
  });

  it('R42: go on when the process died while it worked on them', async () => {
    const requestId = await abandoned({ status: 'PROCESSING', attempt: 'try_of_a_dead_process' });
    await test.app.nest.get(PromptWatch).look();
    expect(await ended(test.owner, requestId)).toMatchObject({ status: 'PROCESSED' });
  });

  it('fail when whoever asked has lost the right meanwhile', async () => {
    const member = await addWorkspace(test, 'viewer', test.workspaceId);
    const requestId = await create(member.client, 'How many orders came from Lisbon?');
    await ended(member.client, requestId);
    const { answer: _, sql: __, query_id: ___, ...item } = (await stored(requestId))!;
    const open = { open: 'open', due_at: 1, status: 'PENDING' } as const;
    await test.owner.delete(`/workspaces/${test.workspaceId}/members/${member.userId}`).expect(204);
    await test.app.adapters.itemStore.put(promptTable, { ...item, ...open });
    await test.app.nest.get(PromptWatch).look();
    const end = await until(async () => {
      const found = await stored(requestId);
      return found?.status === 'FAILED' && found;
    });
    expect(JSON.parse(end.error!)).toMatchObject({ type: '/problems/workspace-not-found', status: 404 });
    expect(end).not.toHaveProperty('sql');
  });

  it('fail when their job is cancelled', async () => {
    const jobs = test.app.nest.get(JobQueue);
    const requestId = await abandoned({});
    const payload = { request_id: requestId };
    const runAt = new Date(Date.now() + 3_600_000);
    const job = await jobs.enqueue({ kind: 'prompts.process', workspaceId: test.workspaceId, payload, runAt });
    await test.owner.post(`/jobs/${job.job_id}/cancel`).expect(202);
    expect(await ended(test.owner, requestId)).toMatchObject({
      status: 'FAILED',
      error: { type: '/problems/prompt-cancelled' },
    });
  });
});
