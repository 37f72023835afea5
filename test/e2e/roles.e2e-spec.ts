import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allPermissions, type Permission, rolePermissions, roles } from '../../src/modules/access/permissions.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { type SampleCall, sampleRoutes } from '../support/sample-routes.js';

interface Role {
  id: string;
  name: string;
  description: string;
  permissions: Permission[];
  built_in: boolean;
  members: number;
}

interface Person {
  client: Client;
  userId: string;
}

describe('roles', () => {
  let test: TestApp;
  let workspaceId: string;
  let owner: Person;
  let samples: ReadonlyMap<Permission, SampleCall>;
  let number = 0;

  beforeAll(async () => {
    test = await startApp();
    const made = await addWorkspace(test);
    ({ workspaceId } = made);
    owner = within(made);
    samples = sampleRoutes(test);
  });

  afterAll(() => test.close());

  const within = ({ client, userId }: Person): Person => ({
    client: client.with({ 'x-workspace-id': workspaceId }),
    userId,
  });
  const join = async (role: 'owner' | 'admin' | 'analyst' | 'viewer') =>
    within(await addWorkspace(test, role, workspaceId));
  const newName = () => `Role ${(number += 1)}`;
  const create = async (permissions: readonly Permission[], by = owner) =>
    (await by.client.post('/roles', { name: newName(), permissions }).expect(201)).body as Role;
  const give = ({ userId }: Person, role: string, by = owner) =>
    by.client.patch(`/workspaces/${workspaceId}/members/${userId}`, { role });
  const show = async ({ id }: Role) => (await owner.client.get(`/roles/${id}`).expect(200)).body as Role;
  /** A member with a role of their own, which has these permissions. */
  const memberWith = async (permissions: readonly Permission[]) => {
    const member = await join('viewer');
    const role = await create(permissions);
    await give(member, role.name).expect(200);
    return { member, role };
  };
  /** The permissions whose sample route lets the member through. */
  const letThrough = async ({ client }: Person) => {
    const passed: Permission[] = [];
    for (const [permission, call] of samples) {
      const answer = await call(client, workspaceId);
      const { type, permission: needed } = answer.body as { type?: string; permission?: string };
      expect(answer.status).toBeLessThan(500);
      expect(type).not.toBe('/problems/route-not-found');
      const denied = answer.status === 403 && needed === permission;
      if (!denied) passed.push(permission);
    }
    return passed;
  };

  it('are explained permission by permission', async () => {
    const { body } = await (await addWorkspace(test, 'viewer')).client.get('/permissions').expect(200);
    expect(body.items.map(({ permission }: { permission: string }) => permission)).toEqual(allPermissions);
    for (const { permission, description, roles: having } of body.items) {
      expect(description).toMatch(/^[A-Z].+\.$/);
      expect(having).toEqual(roles.filter((role) => rolePermissions[role].has(permission)));
    }
    await test.nobody.get('/permissions').expect(401);
  });

  it('have a route for every permission', () => {
    expect([...samples.keys()]).toEqual(allPermissions);
  });

  it.each(roles)('let the %s through exactly where the table says', async (role) => {
    expect(await letThrough(await join(role))).toEqual(
      allPermissions.filter((each) => rolePermissions[role].has(each)),
    );
  });

  it('of a workspace let through exactly what they say, as soon as they say it', async () => {
    const { member, role } = await memberWith([]);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...allPermissions]), async (permissions) => {
        const { body } = await owner.client.patch(`/roles/${role.id}`, { permissions }).expect(200);
        const granted = new Set<Permission>([...permissions, 'workspace:read']);
        expect(body.permissions).toEqual(allPermissions.filter((permission) => granted.has(permission)));
        expect(await letThrough(member)).toEqual(body.permissions);
      }),
      { numRuns: 12 },
    );
  });

  it('can never give more than their creator has', async () => {
    const { member, role } = await memberWith([]);
    const editing: Permission[] = ['roles:write', 'members:read', 'members:write'];
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...allPermissions]),
        fc.subarray([...allPermissions], { minLength: 1 }),
        async (mine, wanted) => {
          const own = new Set<Permission>([...mine, ...editing, 'workspace:read']);
          await owner.client.patch(`/roles/${role.id}`, { permissions: [...own] }).expect(200);
          const { status, body } = await member.client.post('/roles', { name: newName(), permissions: wanted });
          const missing = wanted.filter((permission) => !own.has(permission));
          if (missing.length === 0) {
            expect(status).toBe(201);
            expect((body as Role).permissions.every((permission) => own.has(permission))).toBe(true);
            await owner.client.delete(`/roles/${body.id}`).expect(204);
          } else {
            expect(status).toBe(403);
            expect(new Set(body.permissions)).toEqual(new Set(missing));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('cannot be raised by those who have less, nor be given or deleted by them', async () => {
    const { member } = await memberWith(['roles:write', 'members:read', 'members:write', 'tables:read']);
    const strong = await create(['roles:write', 'audit:read']);
    const weak = await create(['tables:read'], member);
    const other = await join('viewer');
    const type = '/problems/role-exceeds-yours';
    expect((await member.client.patch(`/roles/${strong.id}`, { name: 'Mine' }).expect(403)).body.type).toBe(type);
    expect((await member.client.delete(`/roles/${strong.id}`).expect(403)).body.type).toBe(type);
    await member.client.patch(`/roles/${weak.id}`, { permissions: ['audit:read'] }).expect(403);
    expect((await member.client.delete(`/roles/${weak.id}?replace_with=owner`).expect(403)).body.type).toBe(type);
    // A viewer may do things that this member may not: neither outranks the other.
    expect((await give(other, weak.name, member).expect(403)).body.type).toBe('/problems/member-outranks-you');
    await give(other, weak.name).expect(200);
    await give(other, 'viewer', member).expect(403);
    await give(other, strong.name, member).expect(403);
  });

  it('are listed with the built-in ones first, and how many members have each', async () => {
    const { role } = await memberWith(['tables:read']);
    const { body } = await owner.client.get('/roles').expect(200);
    const listed = body.items as Role[];
    expect(body.next_cursor).toBeNull();
    expect(listed.slice(0, 4).map(({ name, built_in }) => [name, built_in])).toEqual(roles.map((name) => [name, true]));
    expect(listed[0]).toMatchObject({ id: '00000000-0000-4000-8000-000000000001', permissions: allPermissions });
    expect(listed.find(({ id }) => id === role.id)).toEqual({ ...role, members: 1 });
    expect(await show(listed[3]!)).toEqual(listed[3]);
  });

  it('are created, changed under their version, and deleted', async () => {
    const input = { name: newName(), description: 'Looks at tables.', permissions: ['tables:read'] };
    const created = await owner.client.post('/roles', input).expect(201);
    const { id } = created.body as Role;
    expect(created.headers).toMatchObject({ location: `/api/v1/roles/${id}`, etag: '"1"' });
    expect(created.body).toMatchObject({ ...input, permissions: ['tables:read', 'workspace:read'], built_in: false });
    const change = (body: object, tag: string) => owner.client.patch(`/roles/${id}`, body).set('if-match', tag);
    const changed = await change({ description: 'Looks.' }, '"1"').expect(200);
    expect(changed.body).toEqual({ ...created.body, description: 'Looks.' });
    await change({ description: 'Stares.' }, '"1"').expect(412);
    await owner.client.delete(`/roles/${id}`).set('if-match', '"1"').expect(412);
    await owner.client.delete(`/roles/${id}`).set('if-match', changed.headers.etag!).expect(204);
    await owner.client.get(`/roles/${id}`).expect(404);
  });

  it('have names that mean one role', async () => {
    const { name, id } = await create(['tables:read']);
    const post = (taken: string) => owner.client.post('/roles', { name: taken, permissions: [] });
    for (const taken of [name.toUpperCase(), name.toLowerCase(), 'Owner', 'ｖｉｅｗｅｒ', 'ADMIN']) {
      expect((await post(taken).expect(409)).body.type).toBe('/problems/role-name-taken');
    }
    for (const wrong of ['', ' x', 'a\nb', 'x'.repeat(61), '00000000-0000-4000-8000-000000000001', id]) {
      await post(wrong).expect((response) => expect([400, 409]).toContain(response.status));
    }
    const same = newName();
    const answers = await Promise.all([post(same), post(same.toUpperCase())]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('refuse permissions that there are not', async () => {
    for (const permissions of [['everything'], 'tables:read', ['tables:read', 'tables:read'], null, undefined]) {
      const { body } = await owner.client.post('/roles', { name: newName(), permissions }).expect(400);
      expect(body.errors[0].pointer).toBe('/permissions');
    }
  });

  it('that are built in stay as they are', async () => {
    for (const role of (await owner.client.get('/roles').expect(200)).body.items.slice(0, 4) as Role[]) {
      const { body } = await owner.client.patch(`/roles/${role.id}`, { permissions: [] }).expect(409);
      expect(body.type).toBe('/problems/role-built-in');
      await owner.client.delete(`/roles/${role.id}`).expect(409);
    }
  });

  it('that somebody has are replaced when they are deleted', async () => {
    const { member, role } = await memberWith(['audit:read']);
    const refused = await owner.client.delete(`/roles/${role.id}`).expect(409);
    expect(refused.body).toMatchObject({ type: '/problems/role-in-use', members: 1, invitations: 0 });
    for (const other of [role.id, role.name, 'boss']) {
      const { body } = await owner.client.delete(`/roles/${role.id}?replace_with=${other}`).expect(400);
      expect(body.errors[0].pointer).toBe('?replace_with');
    }
    await member.client.get('/uploads').expect(403);
    await owner.client.delete(`/roles/${role.id}?replace_with=viewer`).expect(204);
    await member.client.get('/uploads').expect(200);
    await member.client.get('/audit-events').expect(403);
  });

  it('that somebody is invited to are replaced as well', async () => {
    const role = await create(['tables:read']);
    const invitations = `/workspaces/${workspaceId}/invitations`;
    const invited = await owner.client.post(invitations, { email: 'eve@example.com', role: role.name }).expect(201);
    expect((await owner.client.delete(`/roles/${role.id}`).expect(409)).body.invitations).toBe(1);
    await owner.client.delete(`/roles/${role.id}?replace_with=analyst`).expect(204);
    const { items } = (await owner.client.get(invitations).expect(200)).body;
    const { invitation_id: id } = invited.body;
    expect(items.find((each: { invitation_id: string }) => each.invitation_id === id).role).toBe('analyst');
  });

  it('R1: of other workspaces look absent, and cannot be given', async () => {
    const stranger = await addWorkspace(test);
    const foreign = await create(['tables:read']);
    const detail = (body: { detail: string }) => body.detail.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');
    const absent = '11111111-2222-4333-8444-555555555555';
    for (const call of [
      (id: string) => stranger.client.get(`/roles/${id}`),
      (id: string) => stranger.client.patch(`/roles/${id}`, { name: 'x' }),
      (id: string) => stranger.client.delete(`/roles/${id}`),
    ]) {
      expect(detail((await call(foreign.id).expect(404)).body)).toBe(detail((await call(absent).expect(404)).body));
    }
    const members = `/workspaces/${stranger.workspaceId}/members`;
    await stranger.client.patch(`${members}/${stranger.userId}`, { role: foreign.id }).expect(400);
    await stranger.client.patch(`${members}/${stranger.userId}`, { role: foreign.name }).expect(400);
  });
});
