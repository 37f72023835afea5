import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';

const ownerPassword = 'correct horse battery staple';
const password = 'a password of one’s own';

interface User {
  id: string;
  email: string;
  username: string;
  is_active: boolean;
  workspaces: { id: string }[];
}

describe('users', () => {
  let test: TestApp;
  let number = 0;

  beforeAll(async () => {
    test = await startApp();
  });

  afterAll(() => test.close());

  const create = async (fields: object = {}, by = test.owner): Promise<User & { version: string }> => {
    number += 1;
    const input = { email: `user${number}@example.com`, full_name: `User ${number}`, password, ...fields };
    const { body, headers } = await by.post('/users', input).expect(201);
    return { ...(body as User), version: headers.etag as string };
  };
  const signIn = async (email: string, secret = password): Promise<Client> => {
    const { body } = await test.nobody.post('/auth/login', { email, password: secret }).expect(200);
    return new Client(test.address, (body as { access_token: string }).access_token);
  };
  const events = async (object: string): Promise<{ action: string; detail: unknown; user_id: string }[]> =>
    (await test.owner.get('/audit-events?limit=200').expect(200)).body.items.filter(
      (each: { object: string }) => each.object === object,
    );
  const neutral = (body: { detail: string }) => ({
    ...body,
    request_id: '',
    instance: '',
    detail: body.detail.replace(/[0-9a-f-]{36}/, 'id'),
  });
  const absentId = '11111111-2222-4333-8444-555555555555';

  describe('my profile', () => {
    it('is mine to change, with a username and a name in one normal form', async () => {
      const me = await create();
      const client = await signIn(me.email);
      const { body, headers } = await client
        .patch('/users/me', { full_name: '  Zoe\u0308 ', username: 'ＺＯＥ' })
        .expect(200);
      expect(body).toMatchObject({ full_name: 'Zoë', username: 'ZOE', email: me.email, is_administrator: false });
      expect(headers.etag).toBe('"2"');
      expect((await client.get('/users/me').expect(200)).headers.etag).toBe('"2"');
    });

    it('keeps its version when nothing differs', async () => {
      const me = await create({ full_name: 'Same' });
      const client = await signIn(me.email);
      const { headers } = await client.patch('/users/me', { full_name: 'Same', email: me.email }).expect(200);
      expect(headers.etag).toBe('"1"');
    });

    it('needs the current password for another e-mail address, and signs in with that one', async () => {
      const me = await create();
      const client = await signIn(me.email);
      const email = `new-${me.email}`;
      const missing = await client.patch('/users/me', { email }).expect(400);
      expect(missing.body.errors).toEqual([
        { pointer: '/current_password', detail: 'is required to change the e-mail address' },
      ]);
      await client.patch('/users/me', { email, current_password: 'not this one' }).expect(403);
      await client.patch('/users/me', { email, current_password: password }).expect(200);
      await test.nobody.post('/auth/login', { email: me.email, password }).expect(401);
      await signIn(email);
    });

    it('refuses addresses and usernames of others, in whatever spelling', async () => {
      const other = await create({ username: 'Straße' });
      const client = await signIn((await create()).email);
      const email = await client
        .patch('/users/me', { email: other.email.toUpperCase(), current_password: password })
        .expect(409);
      expect(email.body.type).toBe('/problems/email-taken');
      const username = await client.patch('/users/me', { username: 'STRASSE' }).expect(409);
      expect(username.body.type).toBe('/problems/username-taken');
    });

    it('says what is wrong with each field', async () => {
      const { body } = await test.owner
        .patch('/users/me', { username: 'аda', email: 'ada@', full_name: '\n', default_workspace_id: 'x' })
        .expect(400);
      expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
        '/default_workspace_id',
        '/full_name',
        '/username',
        '/email',
      ]);
      await test.owner.patch('/users/me', { is_administrator: true }).expect(400);
      await test.owner.patch('/users/me', { username: { $ne: '' } }).expect(400);
    });

    it('has one of my own workspaces as the default', async () => {
      const other = await addWorkspace(test);
      const foreign = await test.owner.patch('/users/me', { default_workspace_id: other.workspaceId }).expect(400);
      const absent = await test.owner.patch('/users/me', { default_workspace_id: absentId }).expect(400);
      expect(neutral(foreign.body)).toEqual(neutral(absent.body));
      const { body } = await test.owner.patch('/users/me', { default_workspace_id: test.workspaceId }).expect(200);
      expect(body.workspaces).toMatchObject([{ id: test.workspaceId, is_default: true }]);
    });

    it('is for people: an API token may not change it', async () => {
      const { body } = await test.owner.post('/api-tokens', { name: 'x', scopes: ['users:write'] }).expect(201);
      const program = new Client(test.address, (body as { token: string }).token);
      const refused = await program.patch('/users/me', { full_name: 'Program' }).expect(403);
      expect(refused.body.type).toBe('/problems/session-required');
    });

    it('R50: of 50 racing changes of one version exactly one wins', async () => {
      const me = await create();
      const client = (await signIn(me.email)).with({ 'if-match': me.version });
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, each) => client.patch('/users/me', { full_name: `Name ${each}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 412)]);
      const loser = answers.find(({ status }) => status === 412)!;
      expect(loser.body).toMatchObject({ type: '/problems/version-conflict', current_version: 2 });
      const winner = answers.find(({ status }) => status === 200)!;
      expect((await client.get('/users/me').expect(200)).body.full_name).toBe(winner.body.full_name);
    });
  });

  describe('administration', () => {
    it('creates accounts that can sign in, with a username made from the address', async () => {
      const first = await create({ email: 'Grace@example.com', role: 'analyst' });
      expect(first).toMatchObject({
        email: 'Grace@example.com',
        username: 'grace',
        is_active: true,
        is_administrator: false,
        workspaces: [{ id: test.workspaceId, role: 'analyst', is_default: true }],
      });
      expect((await create({ email: 'grace@example.org' })).username).toBe('grace2');
      const client = await signIn('grace@example.com');
      expect((await client.get('/users/me').expect(200)).body.id).toBe(first.id);
      const taken = await test.owner
        .post('/users', { email: 'GRACE@example.com', full_name: 'G', password })
        .expect(409);
      expect(taken.body).toMatchObject({ type: '/problems/email-taken', detail: expect.stringContaining('invited') });
    });

    it('finds users by parts of their names, whatever the case, page by page', async () => {
      await create({ email: 'zora1@example.com', full_name: 'Zora Öhler' });
      await create({ email: 'x-zora@example.com', full_name: '100%_sure' });
      await create({ email: 'other@example.com', username: 'Zora.Neale', full_name: 'Hurston' });
      const found = async (query: string) =>
        (await test.owner.get(`/users?${query}`).expect(200)).body.items.map(({ email }: User) => email);
      expect(await found('search=ZORA')).toEqual(['other@example.com', 'x-zora@example.com', 'zora1@example.com']);
      expect(await found(`search=${encodeURIComponent('Öhler')}`)).toEqual(['zora1@example.com']);
      expect(await found(`search=${encodeURIComponent('%_s')}`)).toEqual(['x-zora@example.com']);
      expect(await found('search=hurst&active=false')).toEqual([]);

      const emails: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = (await test.owner.get(`/users?limit=2${cursor && `&cursor=${cursor}`}`).expect(200)) as {
          body: { items: User[]; next_cursor: string | null };
        };
        emails.push(...page.body.items.map(({ email }) => email));
        cursor = page.body.next_cursor;
      }
      expect(emails).toContain('owner@example.com');
      expect(new Set(emails).size).toBe(emails.length);
      expect(emails.map((each) => each.toLowerCase())).toEqual(emails.map((each) => each.toLowerCase()).toSorted());
    });

    it('changes accounts, and records what became of what, but no password', async () => {
      const user = await create({ full_name: 'Before' });
      const session = await signIn(user.email);
      const secret = 'a canary of a password';
      const { body } = await test.owner
        .patch(`/users/${user.id}`, { full_name: 'After', username: 'after.all', password: secret })
        .expect(200);
      expect(body).toMatchObject({ full_name: 'After', username: 'after.all' });
      expect(JSON.stringify(body)).not.toMatch(/password|canary/);
      await session.get('/users/me').expect(401);
      await signIn(user.email, secret);

      const [changed] = await events(user.id);
      expect(changed).toMatchObject({
        action: 'user.changed',
        detail: {
          changes: {
            full_name: { from: 'Before', to: 'After' },
            username: { from: user.username, to: 'after.all' },
            password: 'set',
          },
        },
      });
      expect(JSON.stringify(await events(user.id))).not.toMatch(/canary|\$2[aby]\$/);
    });

    it('refuses passwords that everybody knows of the user', async () => {
      const user = await create();
      const { body } = await test.owner.patch(`/users/${user.id}`, { password: user.email.toUpperCase() }).expect(400);
      expect(body.errors[0].pointer).toBe('/password');
      const input = { email: 'own-name@example.com', full_name: 'x', password: 'own-name@example.com' };
      await test.owner.post('/users', input).expect(400);
    });

    it('R14: disabling ends sessions and API tokens, enabling lets the user in again', async () => {
      const user = await create({ role: 'analyst' });
      const client = await signIn(user.email);
      const { body } = await client.post('/api-tokens', { name: 'x', scopes: ['tables:read'] }).expect(201);
      const program = new Client(test.address, (body as { token: string }).token);
      await program.get('/tables').expect(200);
      await test.owner.patch(`/users/${user.id}`, { is_active: false }).expect(200);
      await client.get('/users/me').expect(401);
      await program.get('/tables').expect(401);
      await test.nobody.post('/auth/login', { email: user.email, password }).expect(401);

      await test.owner.patch(`/users/${user.id}`, { is_active: true }).expect(200);
      await client.get('/users/me').expect(401);
      await program.get('/tables').expect(200);
      await signIn(user.email);
    });

    it('deletes accounts with their sessions and tokens', async () => {
      const user = await create();
      const client = await signIn(user.email);
      const { body } = await client.post('/api-tokens', { name: 'x', scopes: ['tables:read'] }).expect(201);
      await test.owner.with({ 'if-match': '"7"' }).delete(`/users/${user.id}`).expect(412);
      await test.owner.delete(`/users/${user.id}`).expect(204);
      await client.get('/users/me').expect(401);
      await new Client(test.address, (body as { token: string }).token).get('/tables').expect(401);
      await test.owner.get(`/users/${user.id}`).expect(404);
      await test.owner.delete(`/users/${user.id}`).expect(404);
      expect((await events(user.id))[0]).toMatchObject({ action: 'user.deleted', detail: { email: user.email } });
      await create({ email: user.email });
    });

    it('R50: of 50 racing changes of one version exactly one wins', async () => {
      const user = await create();
      const client = test.owner.with({ 'if-match': user.version });
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, each) => client.patch(`/users/${user.id}`, { full_name: `Name ${each}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 412)]);
    });
  });

  describe('who may do what', () => {
    const member = async (role: 'owner' | 'admin' | 'analyst' | 'viewer') => addWorkspace(test, role, test.workspaceId);

    it('lets only owners and admins administer accounts', async () => {
      const user = await create();
      for (const role of ['analyst', 'viewer'] as const) {
        const { client } = await member(role);
        await client.get('/users').expect(403);
        await client.get(`/users/${user.id}`).expect(403);
        await client.patch(`/users/${user.id}`, { full_name: 'x' }).expect(403);
        await client.delete(`/users/${user.id}`).expect(403);
        await client.post('/users', { email: 'x@example.com', full_name: 'x', password }).expect(403);
      }
      await test.nobody.get('/users').expect(401);
      const admin = await member('admin');
      await admin.client.patch(`/users/${user.id}`, { full_name: 'Changed by an admin' }).expect(200);
    });

    it('R1: shows users of other workspaces as users that do not exist', async () => {
      const other = await addWorkspace(test);
      const mine = await create();
      const attempts = [
        () => ({ get: (id: string) => other.client.get(`/users/${id}`) }),
        () => ({ get: (id: string) => other.client.patch(`/users/${id}`, { is_active: false }) }),
        () => ({ get: (id: string) => other.client.delete(`/users/${id}`) }),
      ];
      for (const attempt of attempts) {
        const foreign = await attempt().get(mine.id).expect(404);
        const absent = await attempt().get(absentId).expect(404);
        expect(neutral(foreign.body)).toEqual(neutral(absent.body));
      }
      const { body } = await other.client.get('/users').expect(200);
      expect(body.items.map(({ id }: User) => id)).toEqual([other.userId]);
      const everybody = await other.client.get('/users?scope=service').expect(403);
      expect(everybody.body.type).toBe('/problems/administrator-required');
    });

    it('lets administrators of the service see and change everybody', async () => {
      const other = await addWorkspace(test);
      const { body } = await test.owner.get('/users?scope=service&limit=200').expect(200);
      expect(body.items.map(({ id }: User) => id)).toContain(other.userId);
      const seen = await test.owner.get(`/users/${other.userId}`).expect(200);
      expect(seen.body.workspaces).toMatchObject([{ id: other.workspaceId }]);
      await test.owner.patch(`/users/${other.userId}`, { full_name: 'Renamed' }).expect(200);

      const token = await test.owner
        .post('/api-tokens', { name: 'x', scopes: ['users:read', 'users:write'] })
        .expect(201);
      const program = new Client(test.address, (token.body as { token: string }).token);
      await program.get('/users?scope=service').expect(403);
      await program.get(`/users/${other.userId}`).expect(404);
    });

    it('keeps accounts that belong elsewhere, or may do more, from a workspace’s admins', async () => {
      const admin = await member('admin');
      const stronger = await member('owner');
      const shared = await create();
      const other = await addWorkspace(test);
      await test.app.adapters.database.transaction(async (transaction) => {
        const row = { workspace_id: other.workspaceId, user_id: shared.id, role: 'viewer', is_default: 0, version: 1 };
        const tables = transaction.tables<{ memberships: typeof row & { created_at: string } }>();
        await tables
          .insertInto('memberships')
          .values({ ...row, created_at: new Date().toISOString() })
          .execute();
      });
      const ownerOfService = (await test.owner.get('/users/me').expect(200)).body as User;
      for (const id of [shared.id, stronger.userId, ownerOfService.id]) {
        for (const change of [{ is_active: false }, { password: 'taken over by me' }, { full_name: 'x' }]) {
          const { body } = await admin.client.patch(`/users/${id}`, change).expect(403);
          expect(body).toMatchObject({
            type: '/problems/user-belongs-elsewhere',
            detail: expect.stringContaining('remove it from this workspace'),
          });
        }
        await admin.client.delete(`/users/${id}`).expect(403);
      }
      const seen = await admin.client.get(`/users/${shared.id}`).expect(200);
      expect(seen.body.workspaces.map(({ id }: { id: string }) => id)).toEqual([test.workspaceId]);
      await test.owner.patch(`/users/${shared.id}`, { is_active: false }).expect(200);
    });

    it('lets an API token do no more to users than its scopes could', async () => {
      const viewer = await create();
      const { body } = await test.owner.post('/api-tokens', { name: 'x', scopes: ['users:write'] }).expect(201);
      const program = new Client(test.address, (body as { token: string }).token);
      await program.patch(`/users/${viewer.id}`, { password: 'taken over by a token' }).expect(403);
      const input = { email: 'by-token@example.com', full_name: 'x', password, role: 'admin' };
      const refused = await program.post('/users', input).expect(403);
      expect(refused.body.type).toBe('/problems/role-exceeds-yours');
    });

    it('gives no role above one’s own, and none that does not exist', async () => {
      const admin = await member('admin');
      const input = { email: 'role@example.com', full_name: 'x', password };
      await admin.client.post('/users', { ...input, role: 'owner' }).expect(403);
      await admin.client.post('/users', { ...input, role: 'wizard' }).expect(400);
      await admin.client.post('/users', { ...input, role: 'admin' }).expect(201);
    });

    it('lets only administrators of the service make others so, and keeps one', async () => {
      const admin = await member('admin');
      const user = await create();
      const refused = await admin.client.patch(`/users/${user.id}`, { is_administrator: true }).expect(403);
      expect(refused.body.type).toBe('/problems/administrator-required');
      const me = (await test.owner.get('/users/me').expect(200)).body as User;
      const last = await test.owner.patch(`/users/${me.id}`, { is_administrator: false }).expect(409);
      expect(last.body.type).toBe('/problems/last-administrator');

      const promoted = await member('owner');
      await test.owner.patch(`/users/${promoted.userId}`, { is_administrator: true }).expect(200);
      await promoted.client.patch(`/users/${me.id}`, { full_name: 'Olive' }).expect(200);
      await test.owner.patch(`/users/${promoted.userId}`, { is_administrator: false }).expect(200);
    });

    it('keeps people from disabling, deleting and taking over their own accounts here', async () => {
      const admin = await member('admin');
      for (const change of [{ is_active: false }, { password: ownerPassword }, { email: 'mine@example.com' }]) {
        const { body } = await admin.client.patch(`/users/${admin.userId}`, change).expect(409);
        expect(body.type).toBe('/problems/own-account');
      }
      await admin.client.delete(`/users/${admin.userId}`).expect(409);
      await admin.client.patch(`/users/${admin.userId}`, { full_name: 'Still here' }).expect(200);
    });

    it('keeps the last owner of a workspace, and names the workspace', async () => {
      const other = await addWorkspace(test);
      for (const attempt of [
        test.owner.delete(`/users/${other.userId}`),
        test.owner.patch(`/users/${other.userId}`, { is_active: false }),
      ]) {
        const { body } = await attempt.expect(409);
        expect(body).toMatchObject({
          type: '/problems/last-owner',
          detail: expect.stringContaining('Another workspace'),
        });
      }
    });
  });
});
