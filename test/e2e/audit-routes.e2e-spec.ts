import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { RouteAccess } from '../../src/modules/auth/route-access.js';
import type { Query } from '../../src/modules/queries/query.dto.js';
import { analysisEnd, sendInterview, shortInterview } from '../support/analyses.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { eventsOf, only, storedEvents } from '../support/audit.js';
import { askLater } from '../support/conversing.js';
import { auditedRoutes } from '../support/audited-routes.js';
import { addSource, documentOf, indexed, putDocuments } from '../support/documents.js';
import { addAnswer } from '../support/answers.js';
import { addWorkspace } from '../support/other-workspace.js';
import { crawlEnd, publishCsv, uploadCsv } from '../support/publishing.js';
import { SteerableConverter } from '../support/steerable-converter.js';
import { until } from '../support/until.js';
import { json, WebServer } from '../support/web-server.js';

/** Data, secrets and texts that people write: none of it may ever be in the audit log. */
const canary = {
  cell: 'canary-cell-71',
  reject: 'canary-reject-72',
  literal: 'canary-literal-73',
  parameter: 'canary-parameter-74',
  description: 'canary-description-75',
  password: 'canary-password-76',
  refused: 'canary-refused-77',
  prompt: 'canary-prompt-78',
};

const csv = `id,city,amount\n1,Lisbon,10\n2,${canary.cell},20\n3,Porto,${canary.reject}\n`;
/** Their traces are looked at in setup.e2e-spec.ts, since the service is set up already here, and in s3.e2e-spec.ts. */
const elsewhere = new Set([
  'POST /auth/setup',
  'POST /uploads/direct',
  'POST /uploads/direct/:upload_id/complete',
  'GET /uploads/direct/:upload_id',
]);

interface Expected {
  readonly object?: string | null;
  readonly status?: number;
  readonly by?: { readonly userId: string; readonly workspaceId: string | null };
}

describe('the audit log', () => {
  let test: TestApp;
  let converter: SteerableConverter;
  let outside: WebServer;
  let owner: { userId: string; workspaceId: string };
  const called = new Set<string>();
  const secrets: string[] = [];

  beforeAll(async () => {
    outside = await WebServer.start((_, response) => json(response, { weather: canary.cell }));
    test = await startApp({
      settings: { TOOLS_ALLOW_HTTP: 'true', TOOLS_ALLOWED_HOSTS: '127.0.0.1' },
      adapters: (adapters) => ({
        ...adapters,
        tableConverter: (converter = new SteerableConverter(adapters.tableConverter)),
      }),
    });
    const me = await test.owner.get('/users/me').expect(200);
    owner = { userId: me.body.id, workspaceId: test.workspaceId };
    secrets.push(test.owner.token!, ...Object.values(canary));
  });

  afterAll(async () => {
    await test.close();
    outside.close();
  });

  /** Makes a call, and checks that it left what the table says: by whom, on what, from where, in which request. */
  const leaves = async (route: string, call: Test, { object, status = 200, by = owner }: Expected = {}) => {
    const requestId = randomUUID();
    const answer = await call.set('x-request-id', requestId);
    expect([route, answer.status, answer.status === status ? '' : answer.body]).toEqual([route, status, '']);
    const events = await eventsOf(test, requestId);
    for (const action of auditedRoutes[route]!) {
      const event = only(events, action);
      expect(event).toMatchObject({
        user_id: by.userId,
        workspace_id: by.workspaceId,
        outcome: 'allowed',
        address: expect.stringMatching(/127\.0\.0\.1$/),
      });
      if (object !== undefined && action === auditedRoutes[route]![0])
        expect([action, event.object]).toEqual([action, object]);
    }
    called.add(route);
    return { body: answer.body, text: answer.text, headers: answer.headers, events };
  };

  it('knows of every route what it leaves', () => {
    const routes = test.app.nest.get(RouteAccess).routes();
    const names = routes.map(
      ({ method, path }) => `${method} ${`/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')}`,
    );
    expect(names.filter((name) => !(name in auditedRoutes))).toEqual([]);
    expect(Object.keys(auditedRoutes).filter((route) => !names.includes(route))).toEqual([]);
  });

  it('expects of routes only actions that the service records', () => {
    const source = resolve('src/modules');
    const text = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(join(source, file), 'utf8'))
      .join('\n');
    const actions = Object.values(auditedRoutes).flatMap((trace) => (typeof trace === 'string' ? [] : trace));
    expect(actions.filter((action) => !text.includes(`'${action}'`))).toEqual([]);
  });

  it('has files from their arrival to their publication', async () => {
    const client = test.owner.with({ 'content-type': 'text/csv' });
    const uploaded = await leaves('POST /uploads', client.post('/uploads?file_name=orders.csv', csv as never), {
      status: 201,
    });
    const { upload_id: id } = uploaded.body;
    expect(only(uploaded.events, 'upload.created').object).toBe(id);
    const { text } = await leaves('GET /uploads/:upload_id/preview', test.owner.get(`/uploads/${id}/preview`), {
      object: id,
    });
    expect(text).toContain(canary.cell);
    const contract = (await test.owner.get(`/uploads/${id}/contract`).expect(200)).body;
    const columns = contract.columns.map((column: { name: string }) =>
      column.name === 'amount' ? { ...column, type: 'bigint' } : column,
    );
    await leaves('PUT /uploads/:upload_id/contract', test.owner.put(`/uploads/${id}/contract`, { columns }), {
      object: id,
    });
    const submission = test.owner.post(`/uploads/${id}/submit`, { dataset: 'orders', mode: 'create' });
    const submitted = await leaves('POST /uploads/:upload_id/submit', submission, { object: id, status: 202 });
    await crawlEnd(test.owner, submitted.body.crawl_id);
    expect(only(await storedEvents(test), 'dataset.published')).toMatchObject({
      user_id: owner.userId,
      workspace_id: owner.workspaceId,
      object: 'orders',
      outcome: 'allowed',
      detail: '{"version":1,"rows_in":3,"rows_stored":2,"rows_rejected":1}',
    });
    const rejects = test.owner.get('/datasets/orders/versions/1/rejects');
    const rejected = await leaves('GET /datasets/:dataset/versions/:version/rejects', rejects, { object: 'orders' });
    expect(rejected.text).toContain(canary.reject);
  });

  it('has what is deleted, and uploads that come in parts', async () => {
    const id = await uploadCsv(test.owner, csv);
    await leaves('DELETE /uploads/:upload_id', test.owner.delete(`/uploads/${id}`), { object: id, status: 204 });
    const begin = () =>
      test.owner.with({ 'tus-resumable': '1.0.0', 'upload-length': String(csv.length) }).post('/uploads/resumable');
    const { headers, events } = await leaves('POST /uploads/resumable', begin(), { status: 201 });
    const resumable = headers['upload-id']!;
    expect(only(events, 'upload.begun').object).toBe(resumable);
    const part = { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    const rest = test.owner.with(part).patch(`/uploads/resumable/${resumable}`, csv as never);
    await leaves('PATCH /uploads/resumable/:upload_id', rest, { object: resumable, status: 204 });
    const other = (await begin().expect(201)).headers['upload-id']!;
    const giveUp = test.owner.with({ 'tus-resumable': '1.0.0' }).delete(`/uploads/resumable/${other}`);
    await leaves('DELETE /uploads/resumable/:upload_id', giveUp, { object: other, status: 204 });
  });

  it('has looks at profiles, which hold values, and what people write about tables', async () => {
    const { body, events } = await leaves('GET /tables', test.owner.get('/tables'), { object: null });
    expect(JSON.stringify(body)).toContain(canary.cell);
    expect(only(events, 'table.read').detail).toBe('{"tables":["orders"]}');
    await leaves('GET /tables/:table', test.owner.get('/tables/orders'), { object: 'orders' });
    const description = { description: canary.description, columns: { city: canary.description } };
    await leaves('PATCH /tables/:table', test.owner.patch('/tables/orders', description), { object: 'orders' });
  });

  it('has queries with their tables, every page and every download', async () => {
    const sql = `select city from orders where city <> '${canary.literal}' and city <> ? order by id`;
    const run = { sql, parameters: [canary.parameter], wait_ms: 30_000 };
    const { body, events } = await leaves('POST /queries', test.owner.post('/queries', run));
    expect(body.rows).toEqual([['Lisbon'], [canary.cell]]);
    const object = body.query_id;
    expect(only(events, 'query.run')).toMatchObject({
      object,
      detail: '{"state":"succeeded","data_versions":{"orders":1}}',
    });
    await leaves('GET /queries/:query_id/results', test.owner.get(`/queries/${object}/results`), { object });
    const download = test.owner.get(`/queries/${object}/download?format=csv`);
    expect((await leaves('GET /queries/:query_id/download', download, { object })).text).toContain(canary.cell);
  });

  it('has who cancelled a query, besides who ran it', async () => {
    const rows = Array.from({ length: 2000 }, (_, n) => n).join('\n');
    await publishCsv(test.owner, `n\n${rows}\n`, { dataset: 'numbers' });
    const sql = 'select count(*) from numbers a, numbers b, numbers c, numbers d where a.n + b.n + c.n + d.n < 0';
    const { query_id: object } = (await test.owner.post('/queries', { sql, wait_ms: 0 }).expect(202)).body as Query;
    const colleague = await addWorkspace(test, 'analyst', test.workspaceId);
    const by = { userId: colleague.userId, workspaceId: test.workspaceId };
    const cancel = colleague.client.post(`/queries/${object}/cancel`);
    await leaves('POST /queries/:query_id/cancel', cancel, { object, by });
    const ends = (await storedEvents(test)).filter((event) => event.object === object && event.action === 'query.run');
    expect(ends).toEqual([expect.objectContaining({ user_id: owner.userId, outcome: 'failed' })]);
    await test.owner.delete('/datasets/numbers').expect(204);
  });

  it('has saved queries and feeds, with every read of a feed by the token that read it', async () => {
    const sql = `select city from orders where city <> '${canary.literal}' and city <> :without order by id`;
    const parameters = [{ name: 'without', type: 'string', default: canary.parameter }];
    const create = test.owner.post('/saved-queries', { name: 'Cities', sql, parameters });
    const { body: saved, events } = await leaves('POST /saved-queries', create, { status: 201 });
    const object = saved.saved_query_id;
    expect(only(events, 'saved_query.created').object).toBe(object);
    const change = test.owner.patch(`/saved-queries/${object}`, { name: 'All cities' });
    await leaves('PATCH /saved-queries/:saved_query_id', change, { object });
    const values = { parameters: { without: canary.parameter }, wait_ms: 30_000 };
    const run = test.owner.post(`/saved-queries/${object}/run`, values);
    const ran = await leaves('POST /saved-queries/:saved_query_id/run', run, { object });
    expect(only(ran.events, 'saved_query.run').detail).toBe(`{"query_id":"${ran.body.query_id}"}`);

    const newFeed = { name: 'Cities', saved_query_id: object, parameters: { without: canary.parameter } };
    const made = await leaves('POST /feeds', test.owner.post('/feeds', newFeed), { status: 201 });
    const feedId = made.body.feed_id;
    const feed = `/feeds/${feedId}`;
    await leaves('PATCH /feeds/:feed_id', test.owner.patch(feed, { name: 'Towns' }), { object: feedId });
    const token = (await test.owner.post('/api-tokens', { name: 'Excel', scopes: ['feeds:read'] }).expect(201)).body;
    secrets.push(token.token);
    const inAddress = new Client(test.address, undefined).get(`${feed}.csv?token=${token.token}`);
    const read = await leaves('GET /feeds/:feed_id.csv', inAddress, { object: feedId });
    expect(read.text).toContain(canary.cell);
    expect(JSON.parse(only(read.events, 'feed.read').detail!)).toMatchObject({ format: 'csv', api_token: token.id });
    await leaves('GET /feeds/:feed_id.json', test.owner.get(`${feed}.json`), { object: feedId });
    await leaves('GET /feeds/:feed_id.parquet', test.owner.get(`${feed}.parquet`).buffer(true), { object: feedId });
    await leaves('DELETE /feeds/:feed_id', test.owner.delete(feed), { object: feedId, status: 204 });
    const remove = test.owner.delete(`/saved-queries/${object}`);
    await leaves('DELETE /saved-queries/:saved_query_id', remove, { object, status: 204 });
  });

  it('has answers that are given again', async () => {
    const requestId = randomUUID();
    const body = { sql: 'select city from orders', wait_ms: 30_000 };
    const once = test.owner.with({ 'idempotency-key': 'again' });
    await once.post('/queries', body).expect(200);
    await once.post('/queries', body).set('x-request-id', requestId).expect(200).expect('idempotent-replayed', 'true');
    expect(only(await eventsOf(test, requestId), 'answer.repeated')).toMatchObject({
      user_id: owner.userId,
      object: '/api/v1/queries',
    });
  });

  it('has crawls and jobs that people start, stop and try again', async () => {
    const started = await leaves('POST /crawls', test.owner.post('/crawls', { dataset: 'orders' }), { status: 202 });
    const { crawl_id: crawlId } = started.body;
    expect(only(started.events, 'crawl.started').object).toBe(crawlId);
    const stop = test.owner.post(`/crawls/${crawlId}/stop`);
    await leaves('POST /crawls/:crawl_id/stop', stop, { object: crawlId, status: 202 });
    await crawlEnd(test.owner, crawlId);

    converter.hold();
    const uploadId = await uploadCsv(test.owner, csv);
    const submission = { dataset: 'held', mode: 'create' };
    const { body } = await test.owner.post(`/uploads/${uploadId}/submit`, submission).expect(202);
    const job = `/jobs/${body.job_id}`;
    await leaves('POST /jobs/:job_id/cancel', test.owner.post(`${job}/cancel`), { object: body.job_id, status: 202 });
    converter.release();
    await until(async () => (await test.owner.get(job).expect(200)).body.state === 'cancelled');
    await leaves('POST /jobs/:job_id/retry', test.owner.post(`${job}/retry`), { object: body.job_id, status: 202 });
  });

  it('has data sets that are restored and deleted', async () => {
    const restore = test.owner.post('/datasets/orders/versions/1/restore');
    const restored = await leaves('POST /datasets/:dataset/versions/:version/restore', restore, {
      object: 'orders',
      status: 202,
    });
    await crawlEnd(test.owner, restored.body.crawl_id);
    await leaves('DELETE /datasets/:dataset', test.owner.delete('/datasets/orders'), { object: 'orders', status: 204 });
  });

  it('has sessions, passwords and API tokens', async () => {
    const colleague = await addWorkspace(test, 'viewer', test.workspaceId);
    const { email } = (await colleague.client.get('/users/me').expect(200)).body;
    const by = { userId: colleague.userId, workspaceId: null };
    const signIn = async (password: string) => {
      const { body } = await leaves('POST /auth/login', test.nobody.post('/auth/login', { email, password }), { by });
      secrets.push(body.access_token, body.refresh_token);
      return new Client(test.address, body.access_token);
    };
    const first = await signIn('another correct horse');
    const change = { current_password: 'another correct horse', new_password: canary.password };
    await leaves('POST /users/me/password', first.post('/users/me/password', change), { by, status: 204 });
    const second = await signIn(canary.password);
    const { items } = (await first.get('/users/me/sessions').expect(200)).body;
    const object = items.find(({ current }: { current: boolean }) => !current).session_id;
    const end = first.delete(`/users/me/sessions/${object}`);
    await leaves('DELETE /users/me/sessions/:session_id', end, { by, object, status: 204 });
    await second.get('/users/me').expect(401);
    await leaves('POST /auth/logout', first.post('/auth/logout'), { by, status: 204 });
    const third = await signIn(canary.password);
    await leaves('DELETE /users/me/sessions', third.delete('/users/me/sessions'), { by, status: 204 });

    const create = test.owner.post('/api-tokens', { name: 'Grafana', scopes: ['tables:read'] });
    const { body: token, events } = await leaves('POST /api-tokens', create, { status: 201 });
    secrets.push(token.token);
    expect(only(events, 'api_token.created').object).toBe(token.id);
    const revoke = test.owner.delete(`/api-tokens/${token.id}`);
    await leaves('DELETE /api-tokens/:token_id', revoke, { object: token.id, status: 204 });
  });

  it('has accounts and workspaces from their creation to their end', async () => {
    const profile = test.owner.patch('/users/me', { full_name: 'Olivia Owner' });
    const self = { userId: owner.userId, workspaceId: null };
    await leaves('PATCH /users/me', profile, { by: self, object: owner.userId });
    const account = { email: 'new@example.com', full_name: 'New', password: canary.password };
    const { body: user } = await leaves('POST /users', test.owner.post('/users', account), { status: 201 });
    const change = test.owner.patch(`/users/${user.id}`, { is_active: false });
    await leaves('PATCH /users/:user_id', change, { object: user.id });
    const remove = test.owner.delete(`/users/${user.id}`);
    await leaves('DELETE /users/:user_id', remove, { object: user.id, status: 204 });

    const requestId = randomUUID();
    const create = test.owner.post('/workspaces', { name: 'Second' }).set('x-request-id', requestId);
    const { id: object } = (await create.expect(201)).body;
    const by = { userId: owner.userId, workspaceId: object };
    expect(only(await eventsOf(test, requestId), 'workspace.created')).toMatchObject({ object, workspace_id: object });
    called.add('POST /workspaces');
    const workspace = `/workspaces/${object}`;
    const rename = test.owner.patch(workspace, { name: 'Third' });
    await leaves('PATCH /workspaces/:workspace_id', rename, { by, object });
    const deletion = test.owner.delete(`${workspace}?confirm=Third`);
    await leaves('DELETE /workspaces/:workspace_id', deletion, { by, object });
    const restore = test.owner.post(`${workspace}/restore`);
    await leaves('POST /workspaces/:workspace_id/restore', restore, { by, object });
  });

  it('has roles, and who gave them to whom', async () => {
    const role = { name: 'Reader', permissions: ['tables:read'], description: canary.description };
    const created = await leaves('POST /roles', test.owner.post('/roles', role), { status: 201 });
    const { id: roleId } = created.body;
    expect(only(created.events, 'role.created').object).toBe(roleId);
    const rename = test.owner.patch(`/roles/${roleId}`, { name: 'Looker' });
    await leaves('PATCH /roles/:role_id', rename, { object: roleId });

    const { id } = (await test.owner.post('/workspaces', { name: 'Team' }).expect(201)).body;
    const team = `/workspaces/${id}`;
    const by = { userId: owner.userId, workspaceId: id };
    const colleague = await addWorkspace(test);
    const { userId: object } = colleague;
    const add = test.owner.post(`${team}/members`, { user_id: object, role: 'analyst' });
    const added = await leaves('POST /workspaces/:workspace_id/members', add, { by, object, status: 201 });
    expect(only(added.events, 'member.added').workspace_id).toBe(id);
    const member = `${team}/members/${object}`;
    const promote = test.owner.patch(member, { role: 'admin' });
    const promoted = await leaves('PATCH /workspaces/:workspace_id/members/:user_id', promote, { by, object });
    expect(only(promoted.events, 'member.role_changed').detail).toBe('{"from":"analyst","to":"admin"}');
    const remove = test.owner.delete(member);
    await leaves('DELETE /workspaces/:workspace_id/members/:user_id', remove, { by, object, status: 204 });
    await test.owner.post(`${team}/members`, { user_id: object, role: 'analyst' }).expect(201);
    const transfer = test.owner.post(`${team}/transfer`, { user_id: object });
    await leaves('POST /workspaces/:workspace_id/transfer', transfer, { by });
    const leave = test.owner.post(`${team}/leave`);
    await leaves('POST /workspaces/:workspace_id/leave', leave, { by, object: owner.userId, status: 204 });
    const deletion = test.owner.delete(`/roles/${roleId}`);
    await leaves('DELETE /roles/:role_id', deletion, { object: roleId, status: 204 });
  });

  it('has invitations, and who accepted them', async () => {
    const path = `/workspaces/${test.workspaceId}/invitations`;
    const invite = (email: string) => test.owner.post(path, { email, role: 'viewer' });
    const route = 'POST /workspaces/:workspace_id/invitations';
    const { body: first } = await leaves(route, invite('first@example.com'), { status: 201 });
    const revoke = test.owner.delete(`${path}/${first.invitation_id}`);
    await leaves('DELETE /workspaces/:workspace_id/invitations/:invitation_id', revoke, {
      object: first.invitation_id,
      status: 204,
    });

    const { invitation_id: object, token } = (await invite('second@example.com').expect(201)).body;
    const requestId = randomUUID();
    const accept = { token, full_name: 'Second', password: canary.password };
    const { body } = await test.nobody.post('/invitations/accept', accept).set('x-request-id', requestId).expect(201);
    const { id } = (await new Client(test.address, body.access_token).get('/users/me').expect(200)).body;
    const accepted = only(await eventsOf(test, requestId), 'invitation.accepted');
    expect(accepted).toMatchObject({ object, user_id: id, workspace_id: test.workspaceId });
    called.add('POST /invitations/accept');
    secrets.push(token, first.token, body.access_token, body.refresh_token);
  });

  it('has looks at itself, and quotas', async () => {
    await leaves('GET /audit-events', test.owner.get('/audit-events?action=query.'));
    await leaves('GET /audit-events/export', test.owner.get('/audit-events/export?outcome=denied'));
    const quotas = test.owner.put(`/workspaces/${test.workspaceId}/quotas`, { concurrent_queries: 2 });
    await leaves('PUT /workspaces/:workspace_id/quotas', quotas, { object: test.workspaceId });
  });

  it('has conversations, and who asked in them, but not what', async () => {
    const begin = test.owner.post('/conversations', { title: canary.prompt });
    const { body, events } = await leaves('POST /conversations', begin, { status: 201 });
    const object = body.conversation_id;
    expect(only(events, 'conversation.created').object).toBe(object);
    const conversation = `/conversations/${object}`;
    const rename = test.owner.patch(conversation, { title: 'Hello' });
    await leaves('PATCH /conversations/:conversation_id', rename, { object });
    const question = { content: canary.prompt, wait_ms: 60_000 };
    const ask = test.owner.post(`${conversation}/messages`, question);
    const asked = await leaves('POST /conversations/:conversation_id/messages', ask);
    expect(only(asked.events, 'chat.asked').object).toBe(asked.body.run_id);
    const again = test.owner.post(`/messages/${asked.body.message.message_id}/regenerate`, { wait_ms: 60_000 });
    await leaves('POST /messages/:message_id/regenerate', again);
    await leaves('GET /conversations/:conversation_id/messages', test.owner.get(`${conversation}/messages`), {
      object,
    });
    const fork = await leaves(
      'POST /conversations/:conversation_id/fork',
      test.owner.post(`${conversation}/fork`, {}),
      {
        status: 201,
      },
    );
    expect(only(fork.events, 'conversation.forked').object).toBe(fork.body.conversation_id);
    await leaves('DELETE /conversations/:conversation_id', test.owner.delete(conversation), { object, status: 204 });
  });

  it('has prompt requests, but not what they ask', async () => {
    await publishCsv(test.owner, 'id,city\n1,Lisbon\n', { dataset: 'visits' });
    await askLater(test.owner, canary.prompt);
    const asked = await leaves('POST /prompts', test.owner.post('/prompts', { prompt: 'How many visits are there?' }), {
      status: 202,
    });
    const { request_id: requestId } = asked.body;
    expect(only(asked.events, 'prompt.asked').object).toBe(requestId);
    const result = await until(async () => {
      const { body } = await test.owner.get(`/prompts/${requestId}`).expect(200);
      return body.status === 'PROCESSED' && (body.result_url as string);
    });
    await leaves('GET /prompts/:request_id/result', test.owner.get(result.replace('/api/v1', '')));
  });

  it('has analyses of interviews, but not what was said in them', async () => {
    const interview = `Interviewer: ${canary.prompt}?\n\nP1: ${shortInterview} ${canary.description}`;
    const asked = await leaves(
      'POST /analysis/requests',
      test.owner
        .post('/analysis/requests')
        .field('title', canary.literal)
        .field('method', 'model')
        .attach('file', Buffer.from(interview), 'interview.txt'),
      { status: 202 },
    );
    const object = asked.body.request_id;
    const address = `/analysis/requests/${object}`;
    await analysisEnd(test.owner, object);
    const retry = test.owner.post(`${address}/retry`, { method: 'extractive' });
    await leaves('POST /analysis/requests/:request_id/retry', retry, { object, status: 202 });
    await analysisEnd(test.owner, object);
    const result = await leaves('GET /analysis/requests/:request_id/result', test.owner.get(`${address}/result`), {
      object,
    });
    expect(result.text).toContain('message');
    await leaves('GET /analysis/requests/:request_id/download', test.owner.get(`${address}/download?format=csv`), {
      object,
    });
    await leaves(
      'GET /analysis/requests/:request_id/interviews/:interview',
      test.owner.get(`${address}/interviews/1`),
      { object },
    );
    await leaves(
      'GET /analysis/requests/:request_id/comparison',
      test.owner.get(`${address}/comparison?with=${object}`),
      { object },
    );
    await leaves('DELETE /analysis/requests/:request_id', test.owner.delete(address), { object, status: 204 });
    const other = await sendInterview(test.owner);
    const cancel = test.owner.post(`/analysis/requests/${other}/cancel`);
    await leaves('POST /analysis/requests/:request_id/cancel', cancel, { object: other });
  });

  it('has chatbots with their versions', async () => {
    const bot = { name: 'Sales', system_prompt: canary.prompt };
    const { body } = await leaves('POST /chatbots', test.owner.post('/chatbots', bot), { status: 201 });
    const object = body.chatbot_id;
    const chatbot = `/chatbots/${object}`;
    await leaves('PATCH /chatbots/:chatbot_id', test.owner.patch(chatbot, { name: 'Shop' }), { object });
    const restore = test.owner.post(`${chatbot}/versions/1/restore`);
    await leaves('POST /chatbots/:chatbot_id/versions/:version/restore', restore, { object });
    await leaves('POST /chatbots/:chatbot_id/default', test.owner.post(`${chatbot}/default`), { object });
    const [shipped] = (await test.owner.get('/chatbots').expect(200)).body.items;
    await test.owner.post(`/chatbots/${shipped.chatbot_id}/default`).expect(200);
    await leaves('DELETE /chatbots/:chatbot_id', test.owner.delete(chatbot), { object, status: 204 });
  });

  it('has tools, and every call of one', async () => {
    const tool = {
      name: 'weather',
      description: canary.description,
      input_schema: { type: 'object', properties: { city: { type: 'string' } } },
      method: 'GET',
      url: `${outside.address}/?city={city}`,
      headers: { 'x-key': '{{secret}}' },
      secret: canary.password,
    };
    const object = 'weather';
    await leaves('POST /tools', test.owner.post('/tools', tool), { object, status: 201 });
    await leaves('PATCH /tools/:tool', test.owner.patch('/tools/weather', { timeout_ms: 5000 }), { object });
    const input = { city: canary.parameter };
    const { body } = await leaves('POST /tools/:tool/test', test.owner.post('/tools/weather/test', { input }), {
      object,
    });
    expect(body.content).toContain(canary.cell);
    await leaves('DELETE /tools/:tool', test.owner.delete('/tools/weather'), { object, status: 204 });
  });

  it('has sources, and every sync that was asked for', async () => {
    const source = { kind: 'gitlab', config: { url: 'https://localhost' }, secret: { token: canary.password } };
    await leaves('POST /sources/test', test.owner.post('/sources/test', source), { object: 'gitlab', status: 400 });
    const create = test.owner.post('/sources', { ...source, name: 'Shop' });
    const { body, events } = await leaves('POST /sources', create, { status: 201 });
    const { source_id: object } = body as { source_id: string };
    expect(only(events, 'source.created').object).toBe(object);
    const path = `/sources/${object}`;
    await leaves('PATCH /sources/:source_id', test.owner.patch(path, { name: 'Store' }), { object });
    await leaves('POST /sources/:source_id/test', test.owner.post(`${path}/test`), { object, status: 400 });
    await leaves('POST /sources/:source_id/sync', test.owner.post(`${path}/sync`, {}), { object, status: 202 });
    await leaves('POST /sources/:source_id/pause', test.owner.post(`${path}/pause`), { object });
    await leaves('POST /sources/:source_id/resume', test.owner.post(`${path}/resume`), { object });
    const remove = test.owner.delete(`${path}?confirm=Store`);
    await leaves('DELETE /sources/:source_id', remove, { object, status: 204 });
    await leaves('POST /sources/:source_id/restore', test.owner.post(`${path}/restore`), { object });
  });

  it('has looks at documents, but not what was searched for', async () => {
    const sourceId = await addSource(test.app, test.workspaceId);
    const text = `${canary.cell} ${canary.literal}`;
    await putDocuments(test.app, { workspaceId: test.workspaceId, sourceId }, [documentOf('m1', text)]);
    const { items } = (await leaves('GET /documents', test.owner.get(`/documents?source=${sourceId}`))).body;
    const { document_id: object } = items[0] as { document_id: string };
    const path = `/documents/${object}`;
    expect((await leaves('GET /documents/:document_id', test.owner.get(path), { object })).text).toContain(canary.cell);
    await indexed(test.app, test.workspaceId);
    const search = test.owner.get(`/search?q=${encodeURIComponent(canary.cell)}`);
    expect((await leaves('GET /search', search)).text).toContain(canary.cell);
  });

  it('has feedback, and questions that were verified', async () => {
    const sql = `select '${canary.literal}'`;
    const answer = { question: canary.prompt, answer: canary.cell, sql };
    const { messageId: object } = await addAnswer(test, test.owner, test.workspaceId, answer);
    const feedback = { rating: 'down', comment: canary.description, corrected_sql: sql };
    const rate = test.owner.post(`/messages/${object}/feedback`, feedback);
    await leaves('POST /messages/:message_id/feedback', rate, { object, status: 201 });
    expect((await leaves('GET /feedback', test.owner.get('/feedback'))).text).toContain(canary.cell);
    await leaves('GET /feedback/export', test.owner.get('/feedback/export'));
    const verify = test.owner.post(`/messages/${object}/verify`, {});
    const { verified_id: id } = (await leaves('POST /messages/:message_id/verify', verify, { status: 201 })).body;
    const remove = test.owner.delete(`/verified-questions/${id}`);
    await leaves('DELETE /verified-questions/:verified_id', remove, { object: id, status: 204 });
  });

  it('has what was denied', async () => {
    const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
    const refusal = async (call: Test, status: number) => {
      const requestId = randomUUID();
      await call.set('x-request-id', requestId).expect(status);
      return eventsOf(test, requestId);
    };
    const { email } = (await viewer.client.get('/users/me').expect(200)).body;
    for (const [who, userId] of [
      [email, viewer.userId],
      ['nobody-at-all@example.com', null],
    ]) {
      const wrong = test.nobody.post('/auth/login', { email: who, password: canary.password });
      const event = only(await refusal(wrong, 401), 'user.login');
      expect(event).toMatchObject({ outcome: 'denied', user_id: userId, workspace_id: null });
    }
    const upload = await refusal(viewer.client.delete('/datasets/orders'), 403);
    expect(upload).toEqual([
      expect.objectContaining({
        action: 'permission.denied',
        object: 'datasets:delete',
        outcome: 'denied',
        user_id: viewer.userId,
        workspace_id: test.workspaceId,
      }),
    ]);
    for (const sql of [
      `delete from orders where city = '${canary.refused}'`,
      `select * from read_csv('/etc/${canary.refused}')`,
      `select * from "${canary.refused}"`,
      `select 1; select '${canary.refused}'`,
    ]) {
      const event = only(await refusal(viewer.client.post('/queries', { sql }), 400), 'query.refused');
      expect(event).toMatchObject({ outcome: 'denied', user_id: viewer.userId, workspace_id: test.workspaceId });
    }
  });

  it('was tried with every route that leaves something', () => {
    const leaving = Object.entries(auditedRoutes).flatMap(([route, trace]) =>
      typeof trace === 'string' ? [] : [route],
    );
    expect(leaving.filter((route) => !called.has(route) && !elsewhere.has(route))).toEqual([]);
  });

  it('holds no data, no secret and nothing that people wrote', async () => {
    const text = JSON.stringify(await storedEvents(test)).toLowerCase();
    expect(secrets.length).toBeGreaterThan(12);
    expect(secrets.filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
  });

  it('has what was read in the moment before the service stopped', async () => {
    const requestId = randomUUID();
    await test.owner.get('/tables').set('x-request-id', requestId).expect(200);
    test = await test.restart();
    expect(only(await eventsOf(test, requestId), 'table.read').user_id).toBe(owner.userId);
  });
});
