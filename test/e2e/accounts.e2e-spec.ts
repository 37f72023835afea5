import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { KeyRing } from '../../src/platform/security/key-ring.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

const credentials = { email: 'owner@example.com', password: 'correct horse battery staple' };

interface Tokens {
  access_token: string;
  refresh_token: string;
}

describe('accounts', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  });

  afterAll(() => test.close());

  const login = async () => (await test.nobody.post('/auth/login', credentials).expect(200)).body as Tokens;
  const refresh = (refreshToken: string) => test.nobody.post('/auth/refresh', { refresh_token: refreshToken });

  it('tells who I am', async () => {
    const { body } = await test.owner.get('/users/me').expect(200);
    expect(body).toMatchObject({
      email: 'owner@example.com',
      is_active: true,
      workspaces: [{ id: test.workspaceId, role: 'owner' }],
    });
    expect(JSON.stringify(body)).not.toContain('password');
  });

  it('answers requests without credentials with a problem that says what to do', async () => {
    const response = await test.nobody.get('/users/me').set('x-request-id', 'my-request').expect(401);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(response.headers['x-request-id']).toBe('my-request');
    expect(response.body).toMatchObject({
      type: '/problems/not-authenticated',
      status: 401,
      instance: '/api/v1/users/me',
      request_id: 'my-request',
    });
    await request(test.address)
      .get(response.body.type)
      .expect(200)
      .expect('content-type', /text\/html/);
  });

  it('ignores the case of e-mail addresses and refuses wrong passwords and unknown users alike', async () => {
    await test.nobody.post('/auth/login', { ...credentials, email: 'Owner@EXAMPLE.com' }).expect(200);
    const wrong = await test.nobody.post('/auth/login', { ...credentials, password: 'not this one' }).expect(401);
    const unknown = await test.nobody.post('/auth/login', { ...credentials, email: 'nobody@example.com' }).expect(401);
    expect({ ...wrong.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' });
  });

  it('R11: never cuts a password', async () => {
    const long = `${credentials.password}${'x'.repeat(80)}`;
    await test.nobody.post('/auth/login', { ...credentials, password: long }).expect(401);
    await test.nobody.post('/auth/login', { ...credentials, password: `${credentials.password}\0` }).expect(401);
  });

  it('R16: refuses unknown fields, wrong types and prototype tricks', async () => {
    const extra = await test.nobody.post('/auth/login', { ...credentials, role: 'owner' }).expect(400);
    expect(extra.body.errors).toEqual([{ pointer: '/role', detail: 'is not a known field' }]);
    for (const email of [{ $ne: '' }, ['owner@example.com'], 1, null, true]) {
      const { body } = await test.nobody.post('/auth/login', { ...credentials, email }).expect(400);
      expect(body.errors[0].pointer).toBe('/email');
    }
    const polluted = '{"email":"a@b.example","password":"x","__proto__":{"is_active":1}}';
    await request(test.address)
      .post('/api/v1/auth/login')
      .set('content-type', 'application/json')
      .send(polluted)
      .expect(400);
    await request(test.address)
      .post('/api/v1/auth/login')
      .set('content-type', 'application/json')
      .send('{"email":')
      .expect(400);
    await request(test.address)
      .post('/api/v1/auth/login')
      .set('content-type', 'application/json')
      .send('[1]')
      .expect(400);
    await request(test.address).post('/api/v1/auth/login').set('content-type', 'text/plain').send('hello').expect(415);
    await request(test.address)
      .post('/api/v1/auth/login')
      .send({ email: 'x'.repeat(2_000_000) })
      .expect(413);
  });

  it('R9: accepts only its own tokens, of its own algorithm, issuer, audience and type', async () => {
    const { access_token: good } = await login();
    const [header, payload] = good
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object) as [object, object];
    const key = test.app.nest.get(KeyRing).key('access-token');
    const now = Math.floor(Date.now() / 1000);
    const token = (changedHeader: object, changedPayload: object, secret: Buffer | string = key) => {
      const parts = [
        { ...header, ...changedHeader },
        { ...payload, ...changedPayload },
      ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
      return `${parts.join('.')}.${createHmac('sha256', secret).update(parts.join('.')).digest('base64url')}`;
    };
    const me = (bearer: string) => new Client(test.address, bearer).get('/users/me');
    await me(token({}, {})).expect(200);

    const [head, body, signature] = good.split('.') as [string, string, string];
    const none = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url');
    const forged = [
      `${none}.${body}.`,
      `${head}.${body}.`,
      `${head}.${body}.${signature.slice(0, -2)}AA`,
      token({ alg: 'RS256' }, {}),
      token({ alg: 'HS512' }, {}),
      token({ typ: 'JWT' }, {}),
      token({ kid: '../../etc/passwd' }, {}),
      token({ jwk: { kty: 'oct', k: 'AAAA' } }, {}, Buffer.from('AAAA', 'base64')),
      token({ jku: 'http://127.0.0.1/keys' }, {}, 'secret'),
      token({ crit: ['x'], x: 1 }, {}),
      token({}, { iss: 'somebody' }),
      token({}, { aud: 'another-api' }),
      token({}, { exp: now - 1 }),
      token({}, { nbf: now + 3600 }),
      token({}, { exp: undefined }),
      token({}, { sub: undefined }),
      token({}, { sid: 'ses_unknown' }),
      token({}, { sub: '00000000-0000-0000-0000-000000000000' }),
      token({}, {}, 'another key'),
      'tt_unknown',
      'not a token',
    ];
    for (const each of forged) await me(each).expect(401);
  });

  it('rotates refresh tokens, and an honest retry gets the same successor', async () => {
    const first = await login();
    const second = (await refresh(first.refresh_token).expect(200)).body as Tokens;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const retried = (await refresh(first.refresh_token).expect(200)).body as Tokens;
    expect(retried.refresh_token).toBe(second.refresh_token);
    await new Client(test.address, second.access_token).get('/users/me').expect(200);
  });

  it('R10: 50 parallel refreshes give one successor, and a replayed token ends the session', async () => {
    const first = await login();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(first.refresh_token)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    const successors = new Set(answers.map(({ body }) => (body as Tokens).refresh_token));
    expect(successors.size).toBe(1);

    const [successor] = successors;
    const third = (await refresh(successor!).expect(200)).body as Tokens;
    await refresh(first.refresh_token).expect(401);
    await refresh(third.refresh_token).expect(401);
    await new Client(test.address, third.access_token).get('/users/me').expect(401);
  });

  it('R14: logging out ends access and refresh tokens', async () => {
    const { access_token: access, refresh_token: token } = await login();
    const client = new Client(test.address, access);
    await client.get('/users/me').expect(200);
    await client.post('/auth/logout').expect(204);
    await client.get('/users/me').expect(401);
    await refresh(token).expect(401);
  });

  it('gives programs scoped tokens that can be revoked', async () => {
    const created = await test.owner
      .post('/api-tokens', { name: 'Grafana', scopes: ['tables:read'], expires_at: '2999-01-01T00:00:00Z' })
      .expect(201);
    const program = new Client(test.address, created.body.token);
    expect((await program.get('/users/me').expect(200)).body.workspaces).toHaveLength(1);
    const denied = await program.post('/api-tokens', { name: 'more', scopes: ['tables:read'] }).expect(403);
    expect(denied.body).toMatchObject({ type: '/problems/permission-denied', permission: 'api_tokens:write' });

    const { body: list } = await test.owner.get('/api-tokens').expect(200);
    expect(list.items[0]).toMatchObject({ name: 'Grafana', prefix: created.body.token.slice(0, 9) });
    expect(JSON.stringify(list)).not.toContain(created.body.token);

    await test.owner.delete(`/api-tokens/${created.body.id}`).expect(204);
    await test.owner.delete(`/api-tokens/${created.body.id}`).expect(404);
    await until(async () => (await program.get('/users/me')).status === 401, soonMs);
  });

  it('says which scopes and dates of a token are wrong', async () => {
    const { body } = await test.owner
      .post('/api-tokens', { name: '', scopes: ['everything'], expires_at: 'soon' })
      .expect(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/name', '/scopes', '/expires_at']);
    await test.owner
      .post('/api-tokens', { name: 'old', scopes: ['tables:read'], expires_at: '2000-01-01T00:00:00Z' })
      .expect(400);
  });

  it('pages lists with signed cursors', async () => {
    for (const name of ['a', 'b', 'c'])
      await test.owner.post('/api-tokens', { name, scopes: ['tables:read'] }).expect(201);
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = (await test.owner.get(`/api-tokens?limit=2${cursor && `&cursor=${cursor}`}`).expect(200)) as {
        body: { items: { name: string }[]; next_cursor: string | null };
      };
      names.push(...page.body.items.map(({ name }) => name));
      cursor = page.body.next_cursor;
    }
    expect(names.slice(0, 3)).toEqual(['c', 'b', 'a']);
    expect(new Set(names).size).toBe(names.length);
    const { body } = await test.owner.get('/api-tokens?limit=1000').expect(400);
    expect(body.errors[0].pointer).toBe('?limit');
    await test.owner.get('/api-tokens?cursor=abc.def').expect(400);
  });

  it('repeats the answer under the same Idempotency-Key and refuses another body', async () => {
    const once = test.owner.with({ 'idempotency-key': 'retry-1' });
    const first = await once.post('/api-tokens', { name: 'once', scopes: ['tables:read'] }).expect(201);
    const again = await once.post('/api-tokens', { scopes: ['tables:read'], name: 'once' }).expect(201);
    expect(again.body).toEqual(first.body);
    await once.post('/api-tokens', { name: 'twice', scopes: ['tables:read'] }).expect(422);
    const stored = await test.app.adapters.database
      .tables<{ idempotency_keys: { body: string } }>()
      .selectFrom('idempotency_keys')
      .select('body')
      .execute();
    expect(JSON.stringify(stored)).not.toContain(first.body.token);
    await test.owner
      .with({ 'idempotency-key': 'ü' })
      .post('/api-tokens', { name: 'x', scopes: ['tables:read'] })
      .expect(400);
  });

  it('R1: a workspace that I do not belong to looks like one that does not exist', async () => {
    const other = await addWorkspace(test);
    const foreign = await test.owner.with({ 'x-workspace-id': other.workspaceId }).get('/api-tokens').expect(404);
    const absent = await test.owner
      .with({ 'x-workspace-id': '11111111-2222-3333-4444-555555555555' })
      .get('/api-tokens')
      .expect(404);
    const neutral = (body: { detail: string }) => ({
      ...body,
      request_id: '',
      detail: body.detail.replace(/[0-9a-f-]{36}/, 'id'),
    });
    expect(neutral(foreign.body)).toEqual(neutral(absent.body));
  });

  it('gives a member only what the role allows', async () => {
    const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
    await viewer.client.post('/api-tokens', { name: 'x', scopes: ['uploads:write'] }).expect(400);
    await viewer.client.post('/api-tokens', { name: 'x', scopes: ['tables:read'] }).expect(201);
  });
});

describe('the first setup', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  });

  afterAll(() => test.close());

  it('is refused once an owner exists', async () => {
    const { body } = await test.nobody
      .post('/auth/setup', {
        token: 'setup-x',
        email: 'eve@example.com',
        password: 'long enough password',
        full_name: 'Eve',
      })
      .expect(409);
    expect(body.type).toBe('/problems/already-set-up');
  });
});
