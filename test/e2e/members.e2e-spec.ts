import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/modules/access/permissions.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';

interface Person {
  client: Client;
  userId: string;
  email: string;
}

interface Shown {
  user_id: string;
  role: string;
}

describe('members', () => {
  let test: TestApp;
  /** A workspace of its own for each test, with one member of each role. */
  let workspaceId: string;
  let people: Record<Role, Person>;

  beforeAll(async () => {
    test = await startApp();
  });

  beforeEach(async () => {
    const owner = await addWorkspace(test);
    ({ workspaceId } = owner);
    const join = (role: Role) => addWorkspace(test, role, workspaceId);
    people = { owner, admin: await join('admin'), analyst: await join('analyst'), viewer: await join('viewer') };
  });

  afterAll(() => test.close());

  const path = (user?: { userId: string }) =>
    `/workspaces/${workspaceId}/members${user === undefined ? '' : `/${user.userId}`}`;
  const setRole = ({ client }: Person, user: Person, role: string) => client.patch(path(user), { role });
  const list = async ({ client }: Person, query = '') =>
    (await client.get(`${path()}${query}`).expect(200)).body.items as Shown[];
  const roleOf = async (user: Person) => (await people.admin.client.get(path(user)).expect(200)).body.role as string;
  const inWorkspace = (person: Person) => person.client.with({ 'x-workspace-id': workspaceId });

  it('are listed in pages, searched and filtered by role', async () => {
    const { owner, analyst, viewer } = people;
    expect((await list(viewer)).map(({ role }) => role)).toEqual(['admin', 'analyst', 'owner', 'viewer']);
    const first = (await owner.client.get(`${path()}?limit=3`).expect(200)).body;
    const second = (await owner.client.get(`${path()}?limit=3&cursor=${first.next_cursor}`).expect(200)).body;
    expect([...first.items, ...second.items]).toEqual(await list(owner));

    const { body } = await owner.client.get(path(analyst)).expect(200);
    expect(body).toEqual({
      user_id: analyst.userId,
      email: analyst.email,
      username: analyst.userId,
      full_name: 'A analyst',
      is_active: true,
      role: 'analyst',
      joined_at: expect.any(String),
    });
    expect(await list(owner, `?search=${analyst.email.toUpperCase()}`)).toEqual([body]);
    expect(await list(owner, '?search=a%20ANALYST')).toEqual([body]);
    expect(await list(owner, '?search=%25')).toEqual([]);
    expect(await list(owner, '?role=Analyst')).toEqual([body]);
    expect((await owner.client.get(`${path()}?role=boss`).expect(400)).body.errors[0].pointer).toBe('?role');
  });

  it('R1: of other workspaces look absent', async () => {
    const stranger = await addWorkspace(test);
    const absent = { userId: '11111111-2222-4333-8444-555555555555' };
    const detail = (body: { detail: string }) => body.detail.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');
    for (const call of [
      (user: { userId: string }) => people.owner.client.get(path(user)),
      (user: { userId: string }) => people.owner.client.patch(path(user), { role: 'viewer' }),
      (user: { userId: string }) => people.owner.client.delete(path(user)),
      (user: { userId: string }) =>
        people.owner.client.post(`/workspaces/${workspaceId}/transfer`, { user_id: user.userId }),
    ]) {
      expect(detail((await call(stranger).expect(404)).body)).toBe(detail((await call(absent).expect(404)).body));
    }
    await stranger.client.get(path()).expect(404);
    await stranger.client.post(`/workspaces/${workspaceId}/leave`).expect(404);
  });

  it('R7: get another role, which takes effect at once', async () => {
    const { owner, viewer } = people;
    const saved = { name: 'One', sql: 'select 1' };
    await inWorkspace(viewer).post('/saved-queries', saved).expect(403);
    const changed = await setRole(owner, viewer, 'analyst').set('if-match', '"1"').expect(200);
    expect(changed.body.role).toBe('analyst');
    expect(changed.headers.etag).toBe('"2"');
    await inWorkspace(viewer).post('/saved-queries', saved).expect(201);
    const stale = await setRole(owner, viewer, 'viewer').set('if-match', '"1"').expect(412);
    expect(stale.body.current_version).toBe(2);
    await setRole(owner, viewer, 'viewer').expect(200);
    await inWorkspace(viewer).post('/saved-queries', saved).expect(403);
    expect((await setRole(owner, viewer, 'boss').expect(400)).body.errors[0].pointer).toBe('/role');
  });

  it('are changed and removed only by those who may do as much, and get no more than those have', async () => {
    const { owner, admin, analyst, viewer } = people;
    expect((await setRole(admin, owner, 'viewer').expect(403)).body.type).toBe('/problems/member-outranks-you');
    expect((await admin.client.delete(path(owner)).expect(403)).body.type).toBe('/problems/member-outranks-you');
    for (const user of [admin, viewer]) {
      const { body } = await setRole(admin, user, 'owner').expect(403);
      expect(body).toMatchObject({ type: '/problems/role-exceeds-yours', permissions: ['workspace:delete'] });
    }
    await setRole(analyst, viewer, 'viewer').expect(403);
    await viewer.client.delete(path(viewer)).expect(403);
    await setRole(admin, admin, 'viewer').expect(200);
    expect((await list(viewer)).map(({ role }) => role)).toEqual(['viewer', 'analyst', 'owner', 'viewer']);
  });

  it('a token gives no more than its scopes', async () => {
    const scopes = ['members:write', 'members:read', 'workspace:read'];
    const { body } = await inWorkspace(people.owner).post('/api-tokens', { name: 'x', scopes }).expect(201);
    const program = { ...people.owner, client: new Client(test.address, body.token) };
    await setRole(program, people.viewer, 'analyst').expect(403);
    expect((await program.client.post(`/workspaces/${workspaceId}/leave`).expect(403)).body.type).toBe(
      '/problems/session-required',
    );
  });

  it('leave, or are removed, and their tokens with them', async () => {
    const { owner, analyst, viewer } = people;
    const tokenOf = async (person: Person) => {
      const { body } = await inWorkspace(person)
        .post('/api-tokens', { name: 'x', scopes: ['tables:read'] })
        .expect(201);
      return body as { id: string; token: string };
    };
    for (const person of [analyst, viewer]) {
      const { id, token } = await tokenOf(person);
      const program = new Client(test.address, token);
      await program.get('/tables').expect(200);
      if (person === viewer) await viewer.client.post(`/workspaces/${workspaceId}/leave`).expect(204);
      else await owner.client.delete(path(person)).set('if-match', '"1"').expect(204);
      await program.get('/tables').expect(401);
      await inWorkspace(person).get('/tables').expect(404);
      const listed = (await inWorkspace(owner).get('/api-tokens?owner=all').expect(200)).body.items;
      expect(listed.find((each: { id: string }) => each.id === id).revoked_at).not.toBeNull();
    }
    expect((await list(owner)).map(({ role }) => role)).toEqual(['admin', 'owner']);
    await owner.client.delete(path(viewer)).expect(404);
  });

  it('always include an owner who can sign in', async () => {
    const { owner, admin } = people;
    for (const call of [
      () => setRole(owner, owner, 'admin'),
      () => owner.client.delete(path(owner)),
      () => owner.client.post(`/workspaces/${workspaceId}/leave`),
    ]) {
      const { body } = await call().expect(409);
      expect(body).toMatchObject({
        type: '/problems/last-owner',
        detail: expect.stringContaining('Another workspace'),
      });
    }
    await setRole(owner, admin, 'owner').expect(200);
    await owner.client.post(`/workspaces/${workspaceId}/leave`).expect(204);
    await setRole(admin, admin, 'viewer').expect(409);
  });

  it.each<[string, (by: Person, whom: Person) => Promise<unknown>]>([
    ['demote each other', async (by, whom) => setRole(by, whom, 'viewer')],
    ['remove each other', async (by, whom) => by.client.delete(path(whom))],
    ['demote themselves', async (by) => setRole(by, by, 'viewer')],
    ['leave', async (by) => by.client.post(`/workspaces/${workspaceId}/leave`)],
  ])('keep one owner when both %s at the same time', async (_, end) => {
    const { owner, admin } = people;
    const second = await addWorkspace(test, 'owner', workspaceId);
    await Promise.all([end(owner, second), end(second, owner)]);
    expect(await list(admin, '?role=owner')).toHaveLength(1);
  });

  it('are not changed under rights that are being taken away', async () => {
    const { owner } = people;
    const second = await addWorkspace(test, 'owner', workspaceId);
    const third = await addWorkspace(test, 'owner', workspaceId);
    const answers = await Promise.all([setRole(owner, second, 'viewer'), setRole(second, owner, 'viewer')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await list(third, '?role=owner')).toHaveLength(2);
  });

  it('become owners by a transfer, whole or not at all', async () => {
    const { owner, admin, analyst } = people;
    const transfer = ({ client }: Person, userId: string) =>
      client.post(`/workspaces/${workspaceId}/transfer`, { user_id: userId });
    await transfer(admin, analyst.userId).expect(403);
    expect((await transfer(owner, owner.userId).expect(400)).body.errors[0].pointer).toBe('/user_id');
    const answers = await Promise.all([transfer(owner, analyst.userId), transfer(owner, admin.userId)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await roleOf(owner)).toBe('admin');
    expect(await list(owner, '?role=owner')).toHaveLength(1);
  });

  it('are added without invitation by administrators of the service alone', async () => {
    const stranger = await addWorkspace(test);
    const { id } = (await test.owner.post('/workspaces', { name: 'Mine' }).expect(201)).body;
    const add = (client: Client, body: object, workspace = id) => client.post(`/workspaces/${workspace}/members`, body);
    const refused = await add(people.owner.client, { email: stranger.email, role: 'viewer' }, workspaceId).expect(403);
    expect(refused.body.type).toBe('/problems/administrator-required');
    await add(test.owner, { email: stranger.email, role: 'viewer' }, workspaceId).expect(404);

    const added = await add(test.owner, { email: stranger.email.toUpperCase(), role: 'viewer' }).expect(201);
    expect(added.body).toMatchObject({ user_id: stranger.userId, role: 'viewer' });
    expect(added.headers.location).toBe(`/api/v1/workspaces/${id}/members/${stranger.userId}`);
    await stranger.client.get(`/workspaces/${id}`).expect(200);
    expect((await add(test.owner, { user_id: stranger.userId, role: 'admin' }).expect(409)).body.type).toBe(
      '/problems/already-member',
    );
    const pointers = async (body: object) =>
      (await add(test.owner, body).expect(400)).body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(await pointers({ role: 'viewer' })).toEqual(['']);
    expect(await pointers({ email: 'nobody@example.com', role: 'viewer' })).toEqual(['/email']);
    expect(await pointers({ user_id: people.viewer.userId, role: 'boss' })).toEqual(['/role']);
  });

  it('leave a trail of who gave and took which role', async () => {
    const { owner, viewer } = people;
    await setRole(owner, viewer, 'analyst').expect(200);
    await owner.client.delete(path(viewer)).expect(204);
    const { body } = await inWorkspace(owner).get(`/audit-events`).expect(200);
    const events = (body.items as { action: string; object: string; user_id: string; detail: object }[]).filter(
      ({ object }) => object === viewer.userId,
    );
    expect(events).toMatchObject([
      { action: 'member.removed', user_id: owner.userId, detail: { role: 'analyst' } },
      { action: 'member.role_changed', user_id: owner.userId, detail: { from: 'viewer', to: 'analyst' } },
    ]);
  });

  describe('API tokens', () => {
    it('of everybody are listed and revoked by those who may change members', async () => {
      const { admin, analyst, viewer } = people;
      const input = { name: 'Grafana', scopes: ['tables:read'] };
      const { body: token } = await inWorkspace(viewer).post('/api-tokens', input).expect(201);
      expect(token).toMatchObject({ user_id: viewer.userId, user_email: viewer.email });
      const denied = await inWorkspace(analyst).get('/api-tokens?owner=all').expect(403);
      expect(denied.body.permission).toBe('members:write');
      await inWorkspace(analyst).delete(`/api-tokens/${token.id}`).expect(404);
      expect((await inWorkspace(admin).get('/api-tokens').expect(200)).body.items).toEqual([]);
      const all = (await inWorkspace(admin).get('/api-tokens?owner=all').expect(200)).body.items;
      expect(all).toMatchObject([{ id: token.id, user_email: viewer.email }]);
      await new Client(test.address, token.token).get('/tables').expect(200);
      await inWorkspace(admin).delete(`/api-tokens/${token.id}`).expect(204);
      await new Client(test.address, token.token).get('/tables').expect(401);
      await inWorkspace(admin).delete(`/api-tokens/${token.id}`).expect(404);
    });

    it('R1: of other workspaces look absent to them', async () => {
      const stranger = await addWorkspace(test);
      const { body } = await stranger.client.post('/api-tokens', { name: 'x', scopes: ['tables:read'] }).expect(201);
      await inWorkspace(people.owner).delete(`/api-tokens/${body.id}`).expect(404);
      expect((await inWorkspace(people.owner).get('/api-tokens?owner=all').expect(200)).body.items).toEqual([]);
    });
  });
});
