import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { TestSmtpServer } from '../support/smtp-server.js';

const password = 'a password of one’s own';
/** Of the users that `addWorkspace` makes. */
const otherPassword = 'another correct horse';

interface Created {
  invitation_id: string;
  email: string;
  token: string;
  link: string;
  mail: string;
}

describe('invitations', () => {
  const log: string[] = [];
  const secrets: string[] = [password, otherPassword];
  let test: TestApp;
  let path: string;
  let number = 0;

  beforeAll(async () => {
    const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
    test = await startApp({ logger, settings: { TRUSTED_PROXY_HOPS: '1' } });
    path = `/workspaces/${test.workspaceId}/invitations`;
  });

  afterAll(() => test.close());

  const next = () => (number += 1);
  const newEmail = () => `guest${next()}@example.com`;
  /** Somebody without an account, at an address of their own. */
  const guest = () => test.nobody.with({ 'x-forwarded-for': `10.0.${Math.floor(next() / 250)}.${(number % 250) + 1}` });
  const invite = async (fields: object = {}, by = test.owner, to = path): Promise<Created> => {
    const { body } = await by.post(to, { email: newEmail(), role: 'analyst', ...fields }).expect(201);
    secrets.push((body as Created).token);
    return body as Created;
  };
  const accept = (token: string, fields: object = {}, by = guest()) =>
    by.post('/invitations/accept', { token, password, ...fields });
  const lookUp = (token: string) => guest().post('/invitations/look-up', { token });
  const member = (role: 'owner' | 'admin' | 'analyst' | 'viewer') => addWorkspace(test, role, test.workspaceId);
  const signedIn = ({ body }: { body: unknown }) =>
    new Client(test.address, (body as { access_token: string }).access_token);
  const listed = async (query = ''): Promise<{ invitation_id: string; status: string }[]> =>
    (await test.owner.get(`${path}?limit=200${query}`).expect(200)).body.items;
  const statusOf = async ({ invitation_id }: Created) =>
    (await listed()).find((each) => each.invitation_id === invitation_id)?.status;
  const expectGone = async (token: string, reason: string) => {
    for (const answer of [await lookUp(token).expect(410), await accept(token).expect(410)]) {
      expect(answer.body).toMatchObject({
        type: '/problems/invitation-gone',
        reason,
        detail: expect.stringContaining('Ask for a new one'),
      });
    }
  };
  const emailOf = async (client: Client) => (await client.get('/users/me').expect(200)).body.email as string;

  it('brings somebody without an account in, once', async () => {
    const invited = await invite({ email: 'Grace@example.com', role: 'analyst', expires_in_days: 3 });
    expect(invited).toMatchObject({
      email: 'Grace@example.com',
      role: 'analyst',
      status: 'pending',
      mail: 'not_configured',
      link: `${test.address}/invitation#token=${invited.token}`,
    });
    expect((await lookUp(invited.token).expect(200)).body).toEqual({
      workspace_id: test.workspaceId,
      workspace_name: 'My workspace',
      email: 'Grace@example.com',
      role: 'analyst',
      expires_at: expect.any(String),
      has_account: false,
    });
    const answer = await accept(invited.token, { full_name: 'Grace Hopper', username: 'amazing.grace' }).expect(201);
    expect(answer.body).toMatchObject({ token_type: 'bearer', refresh_token: expect.any(String) });
    const { body } = await signedIn(answer).get('/users/me').expect(200);
    expect(body).toMatchObject({
      email: 'Grace@example.com',
      username: 'amazing.grace',
      full_name: 'Grace Hopper',
      is_administrator: false,
      workspaces: [{ id: test.workspaceId, role: 'analyst', is_default: true }],
    });
    await guest().post('/auth/login', { email: 'grace@example.com', password }).expect(200);
    await expectGone(invited.token, 'accepted');
    expect(await statusOf(invited)).toBe('accepted');
  });

  it('brings somebody with an account in, by their own password', async () => {
    const other = await addWorkspace(test);
    const email = await emailOf(other.client);
    const invited = await invite({ email: email.toUpperCase(), role: 'viewer' });
    expect((await lookUp(invited.token).expect(200)).body.has_account).toBe(true);
    const wrong = await accept(invited.token, { password: 'not this one' }).expect(401);
    expect(wrong.body.type).toBe('/problems/invalid-credentials');
    expect(await statusOf(invited)).toBe('pending');
    const client = signedIn(await accept(invited.token, { password: otherPassword }).expect(201));
    const { body } = await client.get('/users/me').expect(200);
    expect(body).toMatchObject({
      id: other.userId,
      workspaces: [
        { id: other.workspaceId, role: 'owner', is_default: true },
        { id: test.workspaceId, role: 'viewer', is_default: false },
      ],
    });
  });

  it('pauses whoever guesses passwords by way of an invitation, as signing in does', async () => {
    const invited = await invite({ email: await emailOf((await addWorkspace(test)).client) });
    const guesser = guest();
    for (let each = 0; each < 10; each += 1)
      await accept(invited.token, { password: `guess ${each}` }, guesser).expect(401);
    const { body } = await accept(invited.token, { password: otherPassword }, guesser).expect(429);
    expect(body.type).toBe('/problems/sign-ins-paused');
  });

  it('refuses disabled accounts', async () => {
    const other = await addWorkspace(test);
    const invited = await invite({ email: await emailOf(other.client) });
    await test.app.adapters.database
      .tables<{ users: { id: string; is_active: number } }>()
      .updateTable('users')
      .set({ is_active: 0 })
      .where('id', '=', other.userId)
      .execute();
    await accept(invited.token, { password: otherPassword }).expect(401);
    expect(await statusOf(invited)).toBe('pending');
  });

  it('of 20 racing acceptances exactly one makes an account', async () => {
    const { token, email } = await invite();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, each) => accept(token, { username: `racer${each}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 410)]);
    const { body } = await test.owner.get(`/users?search=${email}`).expect(200);
    expect(body.items).toHaveLength(1);
  });

  it('says what is wrong with a new account, and keeps the invitation for another try', async () => {
    const { token, email } = await invite();
    const short = await accept(token, { password: 'short' }).expect(400);
    expect(short.body.errors).toEqual([{ pointer: '/password', detail: 'must have at least 8 characters' }]);
    await accept(token, { password: email }).expect(400);
    const fields = await accept(token, { full_name: '', username: 'root' }).expect(400);
    expect(fields.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/full_name', '/username']);
    const taken = await accept(token, { username: 'OWNER' }).expect(409);
    expect(taken.body.type).toBe('/problems/username-taken');
    await accept(token, { workspace_id: test.workspaceId }).expect(400);
    await accept(token).expect(201);
  });

  it('ends by being revoked, replaced, or with time', async () => {
    const revoked = await invite();
    await test.owner.delete(`${path}/${revoked.invitation_id}`).expect(204);
    await test.owner.delete(`${path}/${revoked.invitation_id}`).expect(404);
    await expectGone(revoked.token, 'revoked');

    const replaced = await invite();
    const newer = await invite({ email: replaced.email.toUpperCase(), role: 'viewer' });
    await expectGone(replaced.token, 'revoked');
    await accept(newer.token).expect(201);

    const expired = await invite();
    await test.app.adapters.database
      .tables<{ invitations: { id: string; expires_at: string } }>()
      .updateTable('invitations')
      .set({ expires_at: new Date(Date.now() - 1000).toISOString() })
      .where('id', '=', expired.invitation_id)
      .execute();
    await expectGone(expired.token, 'expired');
    const statuses = await Promise.all([revoked, replaced, newer, expired].map(statusOf));
    expect(statuses).toEqual(['revoked', 'revoked', 'accepted', 'expired']);
    for (const status of ['pending', 'accepted', 'revoked', 'expired']) {
      const found = await listed(`&status=${status}`);
      expect(new Set(found.map((each) => each.status))).toEqual(new Set([status]));
    }
  });

  it('knows no other tokens', async () => {
    const { token } = await invite();
    for (const wrong of ['', 'tti_x', token.slice(0, -1), `${token}x`, token.toUpperCase()]) {
      const { body } = await lookUp(wrong).expect(404);
      expect(body.type).toBe('/problems/invitation-unknown');
      await accept(wrong).expect(404);
    }
    await lookUp({ $ne: '' } as never).expect(400);
  });

  it('refuses who is a member already, when inviting and when accepting', async () => {
    const { body } = await test.owner.post(path, { email: 'owner@EXAMPLE.com', role: 'viewer' }).expect(409);
    expect(body).toMatchObject({ type: '/problems/already-member', detail: expect.stringContaining('owner') });
    const other = await addWorkspace(test);
    const email = await emailOf(other.client);
    const invited = await invite({ email });
    await test.owner.post(`/workspaces/${test.workspaceId}/members`, { email, role: 'viewer' }).expect(201);
    await accept(invited.token, { password: otherPassword }).expect(409);
  });

  it('gives no more than the inviter has, and takes nothing back that was above them', async () => {
    const admin = await member('admin');
    const exceeds = await admin.client.post(path, { email: newEmail(), role: 'owner' }).expect(403);
    expect(exceeds.body.type).toBe('/problems/role-exceeds-yours');
    await admin.client.post(path, { email: newEmail(), role: 'wizard' }).expect(400);
    await invite({ role: 'admin' }, admin.client);

    const above = await invite({ role: 'owner' });
    await admin.client.delete(`${path}/${above.invitation_id}`).expect(403);
    await admin.client.post(path, { email: above.email, role: 'viewer' }).expect(403);
    expect(await statusOf(above)).toBe('pending');

    const { body } = await test.owner.post('/api-tokens', { name: 'x', scopes: ['members:write'] }).expect(201);
    secrets.push((body as { token: string }).token);
    const program = new Client(test.address, (body as { token: string }).token);
    await program.post(path, { email: newEmail(), role: 'viewer' }).expect(403);
  });

  it('is withdrawn when its sender may no longer invite', async () => {
    const admin = await member('admin');
    const invited = await invite({ role: 'admin' }, admin.client);
    await test.owner.patch(`/workspaces/${test.workspaceId}/members/${admin.userId}`, { role: 'analyst' }).expect(200);
    await expectGone(invited.token, 'withdrawn');
  });

  it('is for those who manage members, in their own workspace only', async () => {
    const { invitation_id: id } = await invite();
    for (const role of ['analyst', 'viewer'] as const) {
      const { client } = await member(role);
      await client.post(path, { email: newEmail(), role: 'viewer' }).expect(403);
      await client.delete(`${path}/${id}`).expect(403);
      await client.get(path).expect(200);
    }
    await guest().get(path).expect(401);

    const other = await addWorkspace(test);
    const neutral = (body: { detail: string }) => ({
      ...body,
      request_id: '',
      instance: '',
      detail: body.detail.replace(/[0-9a-f-]{36}/, 'id').replace(/inv_\w+/, 'inv'),
    });
    const absentPath = path.replace(test.workspaceId, '11111111-2222-4333-8444-555555555555');
    for (const attempt of [
      (at: string) => other.client.get(at),
      (at: string) => other.client.post(at, { email: newEmail(), role: 'viewer' }),
      (at: string) => other.client.delete(`${at}/${id}`),
    ]) {
      const foreign = await attempt(path).expect(404);
      const absent = await attempt(absentPath).expect(404);
      expect(neutral(foreign.body)).toEqual(neutral(absent.body));
    }
    const own = `/workspaces/${other.workspaceId}/invitations`;
    const foreign = await other.client.delete(`${own}/${id}`).expect(404);
    const absent = await other.client.delete(`${own}/inv_00000000000000000000000000`).expect(404);
    expect(neutral(foreign.body)).toEqual(neutral(absent.body));
    expect((await other.client.get(own).expect(200)).body).toEqual({ items: [], next_cursor: null });
  });

  it('repeats the answer under the same Idempotency-Key', async () => {
    const once = test.owner.with({ 'idempotency-key': 'invite-1' });
    const input = { email: newEmail(), role: 'viewer' };
    const first = await once.post(path, input).expect(201);
    const again = await once.post(path, input).expect(201);
    secrets.push(first.body.token);
    expect(again.body).toEqual(first.body);
    await lookUp(first.body.token).expect(200);
  });

  it('leads pages of the list through every invitation, newest first', async () => {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = (await test.owner.get(`${path}?limit=3${cursor && `&cursor=${cursor}`}`).expect(200)) as {
        body: { items: Created[]; next_cursor: string | null };
      };
      ids.push(...page.body.items.map(({ invitation_id }) => invitation_id));
      cursor = page.body.next_cursor;
    }
    expect(ids).toEqual((await listed()).map(({ invitation_id }) => invitation_id));
    expect(ids).toEqual(ids.toSorted().toReversed());
  });

  it('limits calls about invitations by address', async () => {
    const one = guest();
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => one.post('/invitations/look-up', { token: 'tti_guess' })),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    await lookUp('tti_guess').expect(404);
  });

  it('makes links from the address that the request reached, whatever its Host header says', async () => {
    const { link } = await invite({}, test.owner.with({ host: 'evil.example.com' }));
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invitation#/);
  });

  it('records who invited, revoked and accepted, and keeps every secret out of answers, records and logs', async () => {
    const { body } = await test.owner.get('/audit-events?limit=200').expect(200);
    const actions = new Set((body.items as { action: string }[]).map(({ action }) => action));
    for (const action of ['invitation.created', 'invitation.revoked', 'invitation.accepted']) {
      expect(actions).toContain(action);
    }
    const database = test.app.adapters.database.tables<Record<'invitations' | 'idempotency_keys', object>>();
    const places = {
      audit: body,
      list: await listed(),
      stored: await database.selectFrom('invitations').selectAll().execute(),
      replayable: await database.selectFrom('idempotency_keys').selectAll().execute(),
      log,
    };
    for (const [place, content] of Object.entries(places)) {
      const text = JSON.stringify(content);
      expect(text.length).toBeGreaterThan(100);
      for (const secret of secrets) expect(`${place}: ${text.includes(secret)}`).toBe(`${place}: false`);
    }
  });
});

describe('invitations by mail', () => {
  const start = (server: TestSmtpServer) =>
    startApp({
      settings: {
        SMTP_URL: `smtp://127.0.0.1:${server.port}`,
        MAIL_FROM: 'tabletalk@example.com',
        PUBLIC_URL: 'https://tabletalk.example.com/',
      },
    });

  it('reach whom they are for, and an invitation stands when its mail does not', async () => {
    const server = await TestSmtpServer.start({
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('bounce') ? new Error('No such user') : null),
    });
    const test = await start(server);
    const path = `/workspaces/${test.workspaceId}/invitations`;
    try {
      const sent = await test.owner.post(path, { email: 'ada@example.com', role: 'viewer' }).expect(201);
      expect(sent.body.mail).toBe('sent');
      expect(sent.body.link).toBe(`https://tabletalk.example.com/invitation#token=${sent.body.token}`);
      expect(server.received).toHaveLength(1);
      const [{ to, raw }] = server.received as [(typeof server.received)[number]];
      expect(to).toEqual(['ada@example.com']);
      expect(raw.replace(/=\r\n/g, '').replace(/=3D/g, '=')).toContain(sent.body.link);

      const bounced = await test.owner.post(path, { email: 'bounce@example.com', role: 'viewer' }).expect(201);
      expect(bounced.body).toMatchObject({ mail: 'failed', status: 'pending' });
      await test.nobody.post('/invitations/look-up', { token: bounced.body.token }).expect(200);
    } finally {
      await test.close();
      await server.close();
    }
  });
});
