import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VerifiedQuestions } from '../../src/modules/feedback/verified-questions.service.js';
import { addAnswer, type NewAnswer } from '../support/answers.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { storedEvents } from '../support/audit.js';
import { addWorkspace, type Member } from '../support/other-workspace.js';
import { addTable } from '../support/tables.js';
import { until } from '../support/until.js';

const lisbon: NewAnswer = {
  question: 'And from Lisbon?',
  understood: 'How many orders came from Lisbon?',
  answer: 'There were 2 orders from Lisbon.',
  sql: "select count(*) from orders where city = 'Lisbon'",
  tables: ['orders'],
};
const corrected = "select count(*) from orders where city = 'Lisbon' and amount > 0";

interface Given {
  feedback_id: string;
  message_id: string;
  rating: string;
}

describe('feedback', () => {
  let test: TestApp;
  let other: Member;
  let analyst: Member;

  beforeAll(async () => {
    test = await startApp({ settings: { WORKSPACE_GRACE_DAYS: '0' } });
    other = await addWorkspace(test);
    analyst = await addWorkspace(test, 'analyst', test.workspaceId);
    await addTable(test, {
      table: 'orders',
      rows: `select * from (values ('Lisbon', 10::bigint), ('Lisbon', 30)) t(city, amount)`,
      columns: { city: 'varchar', amount: 'bigint' },
    });
  });

  afterAll(() => test.close());

  const answered = (input: Partial<NewAnswer> = {}, client = analyst.client, workspaceId = test.workspaceId) =>
    addAnswer(test, client, workspaceId, { ...lisbon, ...input });
  const rate = (messageId: string, input: object, client = analyst.client) =>
    client.post(`/messages/${messageId}/feedback`, input);
  const list = async (query = '', client: Client = test.owner): Promise<Given[]> =>
    (await client.get(`/feedback${query}`).expect(200)).body.items;
  const match = (question: string, workspaceId = test.workspaceId) =>
    test.app.nest.get(VerifiedQuestions, { strict: false }).match(workspaceId, question);

  it('is kept with the message and shown to admins, with all that it is about', async () => {
    const { conversationId, messageId } = await answered();
    const input = { rating: 'down', reason: 'wrong filter', comment: 'No refunds.', corrected_sql: corrected };
    const { body } = await rate(messageId, input).expect(201);
    expect(body).toMatchObject({ ...input, message_id: messageId });
    const messages = (await analyst.client.get(`/conversations/${conversationId}/messages`).expect(200)).body.items;
    expect(messages[1].feedback).toMatchObject({ ...input, feedback_id: body.feedback_id });
    expect((await list())[0]).toEqual({
      ...body,
      user_id: analyst.userId,
      conversation_id: conversationId,
      question: lisbon.understood,
      answer: lisbon.answer,
      sql: lisbon.sql,
      tables: ['orders'],
    });
  });

  it('replaces what the same person thought before', async () => {
    const { messageId } = await answered();
    const first = (await rate(messageId, { rating: 'down', comment: 'No.' }).expect(201)).body;
    const second = (await rate(messageId, { rating: 'up' }).expect(201)).body;
    expect(second).toMatchObject({ feedback_id: first.feedback_id, created_at: first.created_at, comment: null });
    const mine = (items: Given[]) => items.filter(({ message_id }) => message_id === messageId);
    expect(mine(await list())).toMatchObject([{ rating: 'up' }]);
    expect(mine(await list('?rating=down'))).toEqual([]);
    expect(mine(await list('?rating=up'))).toHaveLength(1);
    await Promise.all(Array.from({ length: 4 }, (_, index) => rate(messageId, { rating: index % 2 ? 'up' : 'down' })));
    expect(mine(await list())).toHaveLength(1);
    expect([...mine(await list('?rating=up')), ...mine(await list('?rating=down'))]).toHaveLength(1);
  });

  it('is listed by rating and time, in pages', async () => {
    const { messageId } = await answered();
    const { created_at: at } = (await rate(messageId, { rating: 'down' }).expect(201)).body;
    const all = await list('?rating=down');
    const first = (await test.owner.get('/feedback?rating=down&limit=1').expect(200)).body;
    const second = await test.owner.get(`/feedback?rating=down&limit=200&cursor=${first.next_cursor}`).expect(200);
    expect([...first.items, ...second.body.items]).toEqual(all);
    expect((await list(`?from=${at}`)).map(({ message_id }) => message_id)).toContain(messageId);
    expect((await list(`?to=${at}`)).map(({ message_id }) => message_id)).not.toContain(messageId);
    expect(await list('?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z')).toEqual([]);
    await test.owner.get('/feedback?rating=maybe').expect(400);
  });

  it('takes corrected SQL only when it could be run', async () => {
    const { messageId } = await answered();
    const { body } = await rate(messageId, { rating: 'down', corrected_sql: 'select count(*) from ordrs' }).expect(400);
    expect(body).toMatchObject({ type: '/problems/sql-rejected', kind: 'unknown_table' });
    expect(body.hint).toContain('orders');
    expect((await list()).map(({ message_id }) => message_id)).not.toContain(messageId);
  });

  it('R1: is about answers in one’s own conversations, and read by admins of the workspace', async () => {
    const { messageId, questionId } = await answered();
    expect((await rate(questionId, { rating: 'up' }).expect(409)).body.type).toBe('/problems/not-an-answer');
    await rate(messageId, { rating: 'up' }, test.owner).expect(404);
    await rate(messageId, { rating: 'up' }, other.client).expect(404);
    await rate('msg_none', { rating: 'up' }).expect(404);
    await rate(messageId, { rating: 'maybe' }).expect(400);
    await rate(messageId, { rating: 'up' }).expect(201);
    await analyst.client.get('/feedback').expect(403);
    expect(await list('', other.client)).toEqual([]);
  });

  it('is exported as lines, as a table, and as cases for evaluations', async () => {
    const { client, workspaceId } = await addWorkspace(test);
    await addTable(
      test,
      { table: 'orders', rows: 'select 1::bigint as amount', columns: { amount: 'bigint' } },
      workspaceId,
    );
    const right = await answered({ understood: 'One?', sql: 'select 1' }, client, workspaceId);
    const wrong = await answered({ understood: 'Two?', sql: 'select 2' }, client, workspaceId);
    const bad = await answered({ understood: 'Three?', answer: '=HYPERLINK("x")' }, client, workspaceId);
    await rate(right.messageId, { rating: 'up' }, client).expect(201);
    await rate(wrong.messageId, { rating: 'down', corrected_sql: 'select amount from orders' }, client).expect(201);
    await rate(bad.messageId, { rating: 'down' }, client).expect(201);
    const exported = (format: string) => client.get(`/feedback/export?format=${format}`).buffer(true).expect(200);
    const lines = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    expect(lines((await exported('cases')).text)).toEqual([
      { question: 'Two?', gold_sql: 'select amount from orders', tables: ['orders'] },
      { question: 'One?', gold_sql: 'select 1', tables: ['orders'] },
    ]);
    const jsonl = await exported('jsonl').expect('content-disposition', /feedback\.jsonl/);
    expect(lines(jsonl.text)).toEqual(await list('', client));
    const { text: csv } = await exported('csv');
    expect(csv.split('\r\n')).toHaveLength(5);
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    const up = await client.get('/feedback/export?format=jsonl&rating=up').buffer(true).expect(200);
    expect(lines(up.text)).toHaveLength(1);
  });

  it('keeps verified questions, which are found again however they are asked', async () => {
    const { messageId } = await answered();
    const { body } = await analyst.client.post(`/messages/${messageId}/verify`, {}).expect(201);
    expect(body).toMatchObject({ question: lisbon.understood, sql: lisbon.sql, parameters: [], tables: ['orders'] });
    for (const question of ['how many orders came from LISBON', 'Please tell me how many orders came from Lisbon?'])
      expect(await match(question)).toEqual(body);
    expect(await match('How many orders came from Porto?')).toBeUndefined();
    expect(await match(lisbon.understood!, other.workspaceId)).toBeUndefined();
    await rate(messageId, { rating: 'down', corrected_sql: corrected }).expect(201);
    const again = (await analyst.client.post(`/messages/${messageId}/verify`, {}).expect(201)).body;
    expect(again).toMatchObject({ verified_id: body.verified_id, sql: corrected });
    const bound = {
      question: 'Orders of a city?',
      sql: 'select count(*) from orders where city = ?',
      parameters: ['Lisbon'],
    };
    const own = (await analyst.client.post(`/messages/${messageId}/verify`, bound).expect(201)).body;
    expect(own).toMatchObject(bound);
    const listed = (await test.owner.get('/verified-questions').expect(200)).body.items;
    expect(listed).toEqual([own, again]);
    await analyst.client.delete(`/verified-questions/${again.verified_id}`).expect(204);
    await analyst.client.delete(`/verified-questions/${again.verified_id}`).expect(404);
    expect(await match(lisbon.understood!)).toBeUndefined();
  });

  it('verifies only what can be run, by those who may', async () => {
    const { messageId, questionId } = await answered();
    const verify = (input: object, client = analyst.client) => client.post(`/messages/${messageId}/verify`, input);
    expect((await verify({ sql: 'delete from orders' }).expect(400)).body.type).toBe('/problems/sql-rejected');
    expect((await verify({ sql: 'select ?' }).expect(400)).body.errors).toMatchObject([{ pointer: '/parameters' }]);
    await analyst.client.post(`/messages/${questionId}/verify`, {}).expect(409);
    await verify({}, test.owner).expect(404);
    await verify({}, other.client).expect(404);
    const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
    await verify({}, viewer.client).expect(403);
    const small = await addAnswer(test, analyst.client, test.workspaceId, { question: 'Hello', answer: 'Hello.' });
    const nothing = await analyst.client.post(`/messages/${small.messageId}/verify`, {}).expect(409);
    expect(nothing.body.type).toBe('/problems/nothing-to-verify');
    const { verified_id: id } = (await verify({}).expect(201)).body;
    await other.client.delete(`/verified-questions/${id}`).expect(404);
    expect((await other.client.get('/verified-questions').expect(200)).body.items).toEqual([]);
  });

  it('leaves who rated, read and verified in the audit log, and nothing of what was said', async () => {
    const events = (await storedEvents(test)).filter(({ action }) =>
      /^(answer|feedback|question|verified)/.test(action),
    );
    expect([...new Set(events.map(({ action }) => action))].sort()).toEqual([
      'answer.rated',
      'feedback.exported',
      'feedback.read',
      'question.verified',
      'verified_question.deleted',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Lisbon|select|refunds/);
  });

  it('goes with its workspace', async () => {
    const { client, workspaceId } = await addWorkspace(test);
    const { messageId } = await answered({ sql: 'select 1', tables: [] }, client, workspaceId);
    await rate(messageId, { rating: 'up' }, client).expect(201);
    await client.post(`/messages/${messageId}/verify`, {}).expect(201);
    const { itemStore } = test.app.adapters;
    const left = async () =>
      Promise.all(
        ['feedback', 'verified_questions'].map(async (name) => {
          const table = {
            name,
            partitionKey: 'workspace_id',
            sortKey: name === 'feedback' ? 'feedback_id' : 'verified_id',
          };
          return (await itemStore.query(table as never, { partition: workspaceId, limit: 10 })).items.length;
        }),
      );
    expect(await left()).toEqual([1, 1]);
    await client.delete(`/workspaces/${workspaceId}?confirm=Another%20workspace`).expect(200);
    await test.app.adapters.jobQueue.enqueue({ kind: 'workspaces.purge', workspaceId: 'system', payload: null });
    await until(async () => (await left()).join() === '0,0');
  });
});
