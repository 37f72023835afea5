import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEvent, AuditEventPage } from '../../src/modules/audit/audit-event.dto.js';
import type { AuditTables } from '../../src/modules/audit/audit.tables.js';
import { newId } from '../../src/platform/ids.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { storedEvents } from '../support/audit.js';
import { addWorkspace } from '../support/other-workspace.js';

const start = Date.parse('2024-03-01T00:00:00Z');

describe('audit events', () => {
  let test: TestApp;
  let ownerId: string;
  let other: { client: Client; workspaceId: string; userId: string };

  beforeAll(async () => {
    test = await startApp();
    ownerId = (await test.owner.get('/users/me').expect(200)).body.id;
    other = await addWorkspace(test);
  });

  afterAll(() => test.close());

  const list = async (query: string, client = test.owner) =>
    (await client.get(`/audit-events?${query}`).expect(200)).body as AuditEventPage;
  const listAll = async (query: string): Promise<AuditEvent[]> => {
    const items: AuditEvent[] = [];
    let page = await list(`limit=150&${query}`);
    items.push(...page.items);
    while (page.next_cursor !== null) {
      page = await list(`limit=150&${query}&cursor=${page.next_cursor}`);
      items.push(...page.items);
    }
    return items;
  };
  const exported = async (query: string): Promise<string> =>
    (await test.owner.get(`/audit-events/export?${query}`).buffer(true).expect(200)).text;
  const actionsOf = (items: readonly AuditEvent[]) => items.map(({ action }) => action);

  /** Events of March 2024, one a second, as if they had been recorded then. */
  const backdate = async (count: number, event: Partial<AuditTables['audit_events']> = {}) => {
    const tables = test.app.adapters.database.tables<AuditTables>();
    const rows = Array.from({ length: count }, (_, index) => ({
      event_id: newId('evt', start + index * 1000),
      at: new Date(start + index * 1000).toISOString(),
      workspace_id: test.workspaceId,
      user_id: ownerId,
      action: 'old.event',
      action_group: 'old.',
      object: String(index),
      address: '192.0.2.1',
      outcome: 'allowed',
      request_id: null,
      detail: null,
      ...event,
    }));
    for (let from = 0; from < count; from += 50) {
      await tables
        .insertInto('audit_events')
        .values(rows.slice(from, from + 50))
        .execute();
    }
  };

  it('are shown whole, newest first', async () => {
    const { body: token } = await test.owner
      .post('/api-tokens', { name: 'x', scopes: ['tables:read'] })
      .set('x-request-id', 'made-it')
      .expect(201);
    await test.owner.delete(`/api-tokens/${token.id}`).expect(204);
    const { items } = await list('action=api_token.');
    expect(actionsOf(items)).toEqual(['api_token.revoked', 'api_token.created']);
    expect(items[1]).toEqual({
      event_id: expect.stringMatching(/^evt_/),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
      workspace_id: test.workspaceId,
      user_id: ownerId,
      user_email: 'owner@example.com',
      action: 'api_token.created',
      object: token.id,
      outcome: 'allowed',
      address: expect.stringMatching(/127\.0\.0\.1$/),
      request_id: 'made-it',
      detail: null,
    });
    expect((await list(`object=${token.id}&action=api_token.created`)).items).toEqual([items[1]]);
  });

  it('are found by user, outcome and time', async () => {
    const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
    await viewer.client.get('/audit-events').expect(403);
    const denied = await list(`user_id=${viewer.userId}&outcome=denied`);
    expect(denied.items.map(({ action, object }) => [action, object])).toEqual([['permission.denied', 'audit:read']]);
    expect((await list(`user_id=${viewer.userId}&outcome=failed`)).items).toEqual([]);
    await backdate(10);
    const within = await list('from=2024-03-01T00:00:02Z&to=2024-03-01T01:00:05%2B01:00');
    expect(within.items.map(({ object }) => object)).toEqual(['4', '3', '2']);
  });

  it('say what is wrong with a filter', async () => {
    const faults = async (query: string) =>
      (await test.owner.get(`/audit-events?${query}`).expect(400)).body.errors.map(
        ({ pointer }: { pointer: string }) => pointer,
      );
    expect(await faults('action=query')).toEqual(['?action']);
    expect(await faults('action=query.%25')).toEqual(['?action']);
    expect(await faults('outcome=maybe')).toEqual(['?outcome']);
    for (const time of [
      'yesterday',
      '2024-03-01',
      '2024-02-30T00:00:00Z',
      '2024-03-01T00:00:60Z',
      '2024-03-01T00:00:00',
    ])
      expect([time, await faults(`from=${time}`)]).toEqual([time, expect.arrayContaining(['?from'])]);
    expect(await faults('scope=everything')).toEqual(['?scope']);
    expect(await faults('since=2024')).toEqual(['?since']);
  });

  it('keep the id of a user who is gone', async () => {
    await backdate(1, { user_id: 'somebody-gone', action: 'old.gone' });
    expect((await list('action=old.gone')).items).toEqual([
      expect.objectContaining({ user_id: 'somebody-gone', user_email: null }),
    ]);
  });

  it('R1: never show those of another workspace', async () => {
    await other.client.post('/api-tokens', { name: 'x', scopes: ['tables:read'] }).expect(201);
    const { items: theirs } = await list('action=api_token.created', other.client);
    expect(theirs).toHaveLength(1);
    for (const query of ['', `user_id=${other.userId}`, `object=${theirs[0]!.object}`]) {
      const items = await listAll(query);
      expect(items.filter(({ workspace_id }) => workspace_id !== test.workspaceId)).toEqual([]);
      expect(await exported(`format=jsonl&${query}`)).not.toContain(other.workspaceId);
    }
    const { next_cursor: cursor } = await list('limit=1', other.client);
    await test.owner.get(`/audit-events?limit=1&cursor=${cursor}`).expect(400);
  });

  it('show everything to administrators of the service, and to nobody else', async () => {
    const { items } = await list('scope=service&action=session.started&limit=200');
    expect(items.filter(({ workspace_id }) => workspace_id !== null)).toEqual([]);
    expect(items.map(({ user_id }) => user_id)).toEqual(expect.arrayContaining([ownerId, other.userId]));
    const everywhere = await list('scope=service&action=api_token.created');
    expect(everywhere.items.map(({ workspace_id }) => workspace_id)).toContain(other.workspaceId);

    const { body: token } = await test.owner.post('/api-tokens', { name: 'x', scopes: ['audit:read'] }).expect(201);
    const program = new Client(test.address, token.token);
    await program.get('/audit-events').expect(200);
    for (const client of [other.client, program]) {
      for (const path of ['/audit-events?scope=service', '/audit-events/export?scope=service']) {
        const { body } = await client.get(path).expect(403);
        expect(body.type).toBe('/problems/administrator-required');
      }
    }
    const { items: denied } = await list('object=scope%3Dservice', other.client);
    expect(denied.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'permission.denied denied',
      'permission.denied denied',
    ]);
  });

  it('are exported as they are listed, however many there are', async () => {
    await backdate(1301, { action: 'many.events', action_group: 'many.' });
    const listed = await listAll('action=many.');
    expect(listed).toHaveLength(1301);
    const lines = (await exported('action=many.&format=jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as AuditEvent)).toEqual(listed);
    const csv = (await exported('action=many.')).trimEnd().split('\r\n');
    expect(csv[0]).toBe('event_id,at,workspace_id,user_id,user_email,action,object,outcome,address,request_id,detail');
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(listed.map(({ event_id }) => event_id));
  });

  it('are exported under a file name, and without formulas', async () => {
    await backdate(1, { action: 'odd.event', object: '=1+1', detail: '{"a":"b"}' });
    const answer = await test.owner.get('/audit-events/export?action=odd.event').buffer(true).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="audit-events.csv"',
      'cache-control': 'private, no-store',
    });
    expect(answer.text.split('\r\n')[1]).toMatch(/,odd\.event,'=1\+1,allowed,192\.0\.2\.1,,"\{""a"":""b""\}"$/);
    const none = await exported('action=no.event&format=jsonl');
    expect(none).toBe('');
  });

  it('tell who has looked at them, and with which filters', async () => {
    await list('outcome=denied&limit=3');
    await exported('format=jsonl&action=query.run');
    const own = (await storedEvents(test)).filter(({ action }) => action.startsWith('audit.')).slice(-2);
    expect(own.map(({ action, user_id, detail }) => [action, user_id, JSON.parse(detail!)])).toEqual([
      ['audit.read', ownerId, { scope: 'workspace', outcome: 'denied' }],
      ['audit.exported', ownerId, { format: 'jsonl', scope: 'workspace', action: 'query.run' }],
    ]);
  });
});
