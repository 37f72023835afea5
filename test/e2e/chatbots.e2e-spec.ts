import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChatbotsService } from '../../src/modules/chatbots/chatbots.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { addWorkspace, type Member } from '../support/other-workspace.js';
import { addTable } from '../support/tables.js';

interface Shown {
  chatbot_id: string;
  name: string;
  version: number;
  is_default: boolean;
}

describe('chatbots', () => {
  let test: TestApp;
  let other: Member;

  beforeAll(async () => {
    test = await startApp();
    other = await addWorkspace(test);
    await addTable(test, { table: 'orders', rows: 'select 1::bigint as id', columns: { id: 'bigint' } });
  });

  afterAll(() => test.close());

  const list = async (client = test.owner): Promise<Shown[]> => (await client.get('/chatbots').expect(200)).body.items;
  const create = async (input: object = {}) =>
    (await test.owner.post('/chatbots', { name: 'Sales', ...input }).expect(201)).body;
  const resolve = (workspaceId: string, id?: string) =>
    test.app.nest.get(ChatbotsService, { strict: false }).resolve({ workspaceId }, id);

  it('come one with each workspace, without anybody making it', async () => {
    const [own] = await list();
    const [others] = await list(other.client);
    expect(own).toMatchObject({ name: 'Tabletalk', version: 1, is_default: true, tables: null, warnings: [] });
    expect(others!.chatbot_id).not.toBe(own!.chatbot_id);
    const got = await test.owner.get(`/chatbots/${own!.chatbot_id}`).expect(200).expect('etag', '"1"');
    expect(got.body).toEqual(own);
    expect((await resolve(test.workspaceId)).id).toBe(own!.chatbot_id);
    await other.client.get(`/chatbots/${own!.chatbot_id}`).expect(404);
  });

  it('that came with the workspace can be changed and restored, but not deleted', async () => {
    const { client, workspaceId } = await addWorkspace(test);
    const [shipped] = await list(client);
    const path = `/chatbots/${shipped!.chatbot_id}`;
    const changed = await client.with({ 'if-match': '"1"' }).patch(path, { system_prompt: 'Be brief.' }).expect(200);
    expect(changed.body).toMatchObject({ version: 2, system_prompt: 'Be brief.', is_default: true, name: 'Tabletalk' });
    expect(await list(client)).toHaveLength(1);
    expect(await resolve(workspaceId)).toMatchObject({ version: 2, system_prompt: 'Be brief.' });
    const { items } = (await client.get(`${path}/versions`).expect(200)).body;
    expect(items).toMatchObject([{ version: 2 }, { version: 1, system_prompt: '', user_id: null, created_at: null }]);
    const restored = await client.post(`${path}/versions/1/restore`).expect(200);
    expect(restored.body).toMatchObject({ version: 3, system_prompt: '' });
    expect((await client.delete(path).expect(409)).body.type).toBe('/problems/chatbot-needed');
  });

  it('are made, changed and deleted, and every version is kept', async () => {
    const created = await test.owner
      .post('/chatbots', {
        name: 'Sales',
        system_prompt: 'Amounts are in euros.',
        model: { provider: 'openai-compatible', model_id: 'qwen3:8b', temperature: 0.2 },
        tools: [],
        tables: ['orders'],
      })
      .expect(201);
    const { chatbot_id: id } = created.body;
    expect(created.headers).toMatchObject({ location: `/api/v1/chatbots/${id}`, etag: '"1"' });
    expect((await list()).map(({ chatbot_id }) => chatbot_id).indexOf(id)).toBeGreaterThan(0);
    await test.owner.patch(`/chatbots/${id}`, { tables: null }).expect(200);
    const { body } = await test.owner.patch(`/chatbots/${id}`, { name: 'Shop' }).expect(200);
    expect(body).toMatchObject({
      ...created.body,
      version: 3,
      name: 'Shop',
      tables: null,
      updated_at: body.updated_at,
    });
    const first = (await test.owner.get(`/chatbots/${id}/versions?limit=2`).expect(200)).body;
    const next = await test.owner.get(`/chatbots/${id}/versions?limit=2&cursor=${first.next_cursor}`).expect(200);
    expect([...first.items, ...next.body.items]).toMatchObject([
      { version: 3, name: 'Shop', tables: null },
      { version: 2, name: 'Sales', tables: null },
      { version: 1, name: 'Sales', tables: ['orders'] },
    ]);
    const restored = await test.owner.post(`/chatbots/${id}/versions/1/restore`).expect(200);
    expect(restored.body).toMatchObject({ version: 4, name: 'Sales', tables: ['orders'] });
    for (const version of ['9', '0', 'x'])
      await test.owner.post(`/chatbots/${id}/versions/${version}/restore`).expect(404);
    await test.owner.delete(`/chatbots/${id}`).expect(204);
    await test.owner.get(`/chatbots/${id}`).expect(404);
    await expect(resolve(test.workspaceId, id)).rejects.toMatchObject({ kind: { slug: 'chatbot-not-found' } });
  });

  it('are listed in pages, none twice', async () => {
    for (const name of ['one', 'two', 'three']) await create({ name });
    const all = (await list()).map(({ chatbot_id }) => chatbot_id);
    const paged: string[] = [];
    for (let cursor = ''; cursor !== 'end';) {
      const { body } = await test.owner.get(`/chatbots?limit=1${cursor && `&cursor=${cursor}`}`).expect(200);
      paged.push(...body.items.map(({ chatbot_id }: Shown) => chatbot_id));
      cursor = body.next_cursor ?? 'end';
    }
    expect(paged).toEqual(all);
  });

  it('have one default, which stays until another one is', async () => {
    const [shipped] = await list();
    const { chatbot_id: id } = await create();
    await test.owner.post(`/chatbots/${id}/default`).expect(200);
    expect((await resolve(test.workspaceId)).id).toBe(id);
    expect((await list()).filter(({ is_default }) => is_default).map(({ chatbot_id }) => chatbot_id)).toEqual([id]);
    expect((await test.owner.delete(`/chatbots/${id}`).expect(409)).body.type).toBe('/problems/chatbot-needed');
    await test.owner.delete(`/chatbots/${shipped!.chatbot_id}`).expect(409);
    expect((await test.owner.post(`/chatbots/${shipped!.chatbot_id}/default`).expect(200)).body.is_default).toBe(true);
    expect((await resolve(test.workspaceId)).id).toBe(shipped!.chatbot_id);
    await test.owner.delete(`/chatbots/${id}`).expect(204);
  });

  it('R50: of many changes based on the same version exactly one wins, also of the first changes', async () => {
    const { client } = await addWorkspace(test);
    const [shipped] = await list(client);
    const path = `/chatbots/${shipped!.chatbot_id}`;
    for (const version of [1, 2]) {
      const based = client.with({ 'if-match': `"${version}"` });
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, index) => based.patch(path, { name: `name ${index}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    }
  });

  it('name tools and tables that there are; what goes later is a warning', async () => {
    const refused = await test.owner
      .post('/chatbots', { name: 'x', tools: ['no_such_tool'], tables: ['orders', 'ordrs'] })
      .expect(400);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/tools/0', '/tables/1']);
    await addTable(test, { table: 'passing', rows: 'select 1::bigint as id', columns: { id: 'bigint' } });
    const { chatbot_id: id } = await create({ tables: ['passing'] });
    await test.app.adapters.catalog.delete(test.workspaceId, 'passing');
    const { body } = await test.owner.patch(`/chatbots/${id}`, { tables: ['passing', 'orders'] }).expect(200);
    expect(body.warnings).toEqual(['The table passing is not there any more.']);
  });

  it.each([
    [{ system_prompt: 'x'.repeat(20_001) }, '/system_prompt'],
    [{ model: { provider: 'oracle' } }, '/model/provider'],
    [{ model: { temperature: 3 } }, '/model/temperature'],
    [{ name: ' ' }, '/name'],
    [{ tools: ['a b'] }, '/tools'],
    [{ tables: 'orders' }, '/tables'],
  ])('refuses %j', async (input, pointer) => {
    const { body } = await test.owner.post('/chatbots', { name: 'x', ...input }).expect(400);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it('R1: belong to one workspace, and are changed by who may', async () => {
    const { chatbot_id: id } = await create();
    await other.client.get(`/chatbots/${id}`).expect(404);
    await other.client.patch(`/chatbots/${id}`, { name: 'Mine' }).expect(404);
    await other.client.post(`/chatbots/${id}/default`).expect(404);
    await other.client.delete(`/chatbots/${id}`).expect(404);
    await expect(resolve(other.workspaceId, id)).rejects.toMatchObject({ kind: { slug: 'chatbot-not-found' } });
    await expect(resolve(test.workspaceId, randomUUID())).rejects.toThrow('no chatbot');
    const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
    await viewer.client.get(`/chatbots/${id}`).expect(200);
    await viewer.client.patch(`/chatbots/${id}`, { name: 'Mine' }).expect(403);
  });
});
