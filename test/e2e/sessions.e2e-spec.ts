import { afterEach, describe, expect, it } from '@jest/globals';
import { SessionsService } from '../../src/modules/sessions/sessions.service.js';
import { SessionsSweep } from '../../src/modules/sessions/sessions-sweep.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { until } from '../support/until.js';

const email = 'owner@example.com';
const password = 'correct horse battery staple';
const dayMs = 86_400_000;

interface Tokens {
  access_token: string;
  refresh_token: string;
}

interface Listed {
  session_id: string;
  created_at: string;
  current: boolean;
}

interface Tables {
  sessions: { id: string; revoked_at: string | null };
  refresh_tokens: { session_id: string; used_at: string | null };
  audit_events: { action: string; outcome: string; object: string | null; detail: string | null };
  users: { email_key: string; is_active: number };
}

describe('sessions', () => {
  let test: TestApp;

  afterEach(() => test.close());

  const login = async (secret = password, headers: Record<string, string> = {}): Promise<Tokens> =>
    (await test.nobody.with(headers).post('/auth/login', { email, password: secret }).expect(200)).body;
  const refresh = (token: string) => test.nobody.post('/auth/refresh', { refresh_token: token });
  const as = ({ access_token: token }: Tokens) => new Client(test.address, token);
  const list = async (client: Client): Promise<Listed[]> =>
    (await client.get('/users/me/sessions').expect(200)).body.items;
  const tables = () => test.app.adapters.database.tables<Tables>();

  const expectDead = async (...ended: Tokens[]) => {
    for (const tokens of ended) {
      await as(tokens).get('/users/me').expect(401);
      await refresh(tokens.refresh_token).expect(401);
    }
  };
  const expectAlive = (tokens: Tokens) => as(tokens).get('/users/me').expect(200);

  it('are listed with where they began, newest first, and only one’s own', async () => {
    test = await startApp();
    await addWorkspace(test);
    const tokens = await login(password, { 'user-agent': 'Browser/1.0' });
    const { body } = await as(tokens).get('/users/me/sessions').expect(200);
    expect(body).toEqual({
      items: [
        {
          session_id: expect.stringMatching(/^ses_/),
          created_at: expect.any(String),
          last_used_at: expect.any(String),
          expires_at: expect.any(String),
          address: '127.0.0.1',
          user_agent: 'Browser/1.0',
          current: true,
        },
        expect.objectContaining({ current: false }),
      ],
      next_cursor: null,
    });
    expect(JSON.stringify(body)).not.toContain(tokens.refresh_token);

    const first = await as(tokens).get('/users/me/sessions?limit=1').expect(200);
    const second = await as(tokens).get(`/users/me/sessions?limit=1&cursor=${first.body.next_cursor}`).expect(200);
    expect([...first.body.items, ...second.body.items]).toEqual(body.items);
    expect(second.body.next_cursor).toBeNull();
  });

  it('R14: end one by one, and only by their owner', async () => {
    test = await startApp();
    const here = await login();
    const there = await login();
    const other = await addWorkspace(test);
    const [foreign] = await list(other.client);
    const [newest] = await list(as(there));

    const denied = await as(here).delete(`/users/me/sessions/${foreign!.session_id}`).expect(404);
    const unknown = await as(here).delete('/users/me/sessions/ses_unknown').expect(404);
    expect(denied.body.type).toBe('/problems/session-not-found');
    expect(unknown.body.type).toBe(denied.body.type);
    await other.client.get('/users/me').expect(200);

    await as(here).delete(`/users/me/sessions/${newest!.session_id}`).expect(204);
    await expectDead(there);
    await expectAlive(here);
    await as(here).delete(`/users/me/sessions/${newest!.session_id}`).expect(404);
    expect((await list(as(here))).map(({ session_id: id }) => id)).not.toContain(newest!.session_id);
  });

  it('R14: end everywhere at once, here too unless asked otherwise', async () => {
    test = await startApp();
    const [here, there, elsewhere] = [await login(), await login(), await login()];
    await as(here).delete('/users/me/sessions?keep_current=true').expect(204);
    await expectAlive(here);
    await expectDead(there, elsewhere);
    expect(await list(as(here))).toEqual([expect.objectContaining({ current: true })]);
    await as(here).delete('/users/me/sessions?keep_current=perhaps').expect(400);
    await as(here).delete('/users/me/sessions').expect(204);
    await expectDead(here);
  });

  it('R14: a changed password ends all other sessions, and the old one opens nothing any more', async () => {
    test = await startApp();
    const [here, there] = [await login(), await login()];
    const changed = 'an even better battery staple';
    await as(here).post('/users/me/password', { current_password: password, new_password: changed }).expect(204);
    await expectAlive(here);
    await refresh(here.refresh_token).expect(200);
    await expectDead(there);
    await test.nobody.post('/auth/login', { email, password }).expect(401);
    await login(changed);
    const event = await tables()
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', 'user.password_changed')
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ outcome: 'allowed' });
    expect(JSON.parse(event.detail!)).toEqual({ sessions_ended: 2 });
  });

  it('R14: a disabled user is out, also with the right password and with a session that nobody ended', async () => {
    test = await startApp();
    const [ended, forgotten] = [await login(), await login()];
    const { body: me } = await as(ended).get('/users/me').expect(200);
    const [, kept] = await list(as(ended));
    await test.app.adapters.database.transaction(async (transaction) => {
      await transaction.tables<Tables>().updateTable('users').set({ is_active: 0 }).execute();
      await test.app.nest.get(SessionsService).endAllOf(transaction, me.id, kept!.session_id);
    });
    await expectDead(ended, forgotten);
    await test.nobody.post('/auth/login', { email, password }).expect(401);
  });

  it('R14: a password that is changed while a sign-in checks it opens nothing', async () => {
    test = await startApp({ settings: { BCRYPT_COST: '9' } });
    const here = await login();
    const logins = Array.from({ length: 8 }, () => test.nobody.post('/auth/login', { email, password }));
    const change = { current_password: password, new_password: 'an even better battery staple' };
    const [, ...answers] = await Promise.all([as(here).post('/users/me/password', change).expect(204), ...logins]);
    for (const { status, body } of answers) {
      if (status === 200) await expectDead(body as Tokens);
      else expect(status).toBe(401);
    }
    expect(await list(as(here))).toHaveLength(1);
  });

  it('refuses a new password that is no better than the old one, and says why', async () => {
    test = await startApp();
    const change = (body: object) => test.owner.post('/users/me/password', { current_password: password, ...body });
    for (const [secret, detail] of [
      [password, 'must differ from the current password'],
      ['Owner@Example.com', 'must not be the e-mail address or the user name'],
      ['short', 'must have at least 8 characters'],
      ['ä'.repeat(37), 'must have at most 72 bytes in UTF-8'],
    ] as const) {
      const { body } = await change({ new_password: secret }).expect(400);
      expect(body.errors).toEqual([{ pointer: '/new_password', detail }]);
    }
    const wrong = await test.owner
      .post('/users/me/password', { current_password: 'not this one', new_password: 'long enough password' })
      .expect(403);
    expect(wrong.body.type).toBe('/problems/wrong-password');
    await login();
  });

  it('are no business of API tokens', async () => {
    test = await startApp();
    const { body } = await test.owner.post('/api-tokens', { name: 'program', scopes: ['tables:read'] }).expect(201);
    const program = new Client(test.address, body.token);
    for (const call of [
      program.get('/users/me/sessions'),
      program.delete('/users/me/sessions'),
      program.delete('/users/me/sessions/ses_1'),
      program.post('/users/me/password', { current_password: password, new_password: 'long enough password' }),
      program.post('/auth/logout'),
    ]) {
      expect((await call.expect(403)).body.type).toBe('/problems/session-required');
    }
  });

  it('R10: a token that comes back after the grace ends its whole session, and no other', async () => {
    const clock = new ShiftedClock();
    test = await startApp({ adapters: (adapters) => ({ ...adapters, clock }) });
    const other = await login();
    const first = await login();
    const second = (await refresh(first.refresh_token).expect(200)).body as Tokens;
    clock.advance(9000);
    expect((await refresh(first.refresh_token).expect(200)).body.refresh_token).toBe(second.refresh_token);
    clock.advance(2000);
    await refresh(first.refresh_token).expect(401);
    await expectDead(first, second);
    await expectAlive(other);
    const replays = await tables()
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', 'session.refresh_replayed')
      .execute();
    expect(replays).toMatchObject([{ outcome: 'denied', object: expect.stringMatching(/^ses_/) }]);
  });

  it('R10: every token of a long family dies with it', async () => {
    const clock = new ShiftedClock();
    test = await startApp({ adapters: (adapters) => ({ ...adapters, clock }) });
    const family = [await login()];
    for (let age = 0; age < 5; age += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(family.at(-1)!.refresh_token)));
      expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
      family.push(answers[0]!.body as Tokens);
      clock.advance(60_000);
    }
    await refresh(family[1]!.refresh_token).expect(401);
    await expectDead(...family);
  });

  it('end when they are not used, and go on while they are', async () => {
    const clock = new ShiftedClock();
    test = await startApp({ adapters: (adapters) => ({ ...adapters, clock }), settings: { REFRESH_TOKEN_DAYS: '2' } });
    const idle = await login();
    let used = await login();
    for (let day = 0; day < 3; day += 1) {
      clock.advance(dayMs - 1000);
      used = (await refresh(used.refresh_token).expect(200)).body as Tokens;
    }
    await expectDead(idle);
    await expectAlive(used);
  });

  it('are swept away a week after their end, and used tokens once they could not be live themselves', async () => {
    const clock = new ShiftedClock();
    test = await startApp({ adapters: (adapters) => ({ ...adapters, clock }), settings: { REFRESH_TOKEN_DAYS: '2' } });
    const ended = await login();
    let kept = await login();
    const [keptSession, endedSession] = await list(as(kept));
    await as(ended).post('/auth/logout').expect(204);
    for (let day = 0; day < 10; day += 1) {
      clock.advance(dayMs - 1000);
      kept = (await refresh(kept.refresh_token).expect(200)).body as Tokens;
    }
    await test.app.adapters.jobQueue.enqueue({ kind: SessionsSweep.kind, workspaceId: 'system', payload: {} });
    const stored = () => tables().selectFrom('sessions').select('id').execute();
    await until(async () => (await stored()).every(({ id }) => id !== endedSession!.session_id));
    expect(await stored()).toEqual([{ id: keptSession!.session_id }]);
    const tokens = await tables().selectFrom('refresh_tokens').selectAll().execute();
    expect(tokens.every(({ session_id: id }) => id === keptSession!.session_id)).toBe(true);
    expect(tokens.length).toBeLessThanOrEqual(4);
    await expectAlive(kept);
  });
});
