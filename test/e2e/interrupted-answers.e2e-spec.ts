import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerView } from '../../src/modules/chat/chat.dto.js';
import type { Message } from '../../src/modules/conversations/conversation.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { answerOf, ChatClient } from '../support/chat-client.js';
import { calling, speaking, withModel } from '../support/models/say.js';
import { ScriptedLanguageModel } from '../support/models/scripted-language-model.js';
import { exampleFile, publishCsv } from '../support/publishing.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

const slow =
  'SELECT count(*) AS n FROM weather a, weather b, weather c WHERE a.wind + b.wind > c.wind + c.precipitation';
const question = 'Which constellations were there?';

describe('answers that do not come to their end', () => {
  let test: TestApp;
  let client: ChatClient;
  beforeAll(async () => {
    test = await startApp({ settings: { SHUTDOWN_GRACE_SECONDS: '1' } });
    await publishCsv(test.owner, exampleFile('seattle-weather.csv'), { dataset: 'weather' });
    const conversation = await begin();
    const asked = { content: 'How many days?', wait_ms: 60_000 };
    const { body } = await test.owner.post(`/conversations/${conversation}/messages`, asked);
    const { message } = body as AnswerView;
    await test.owner.post(`/messages/${message!.message_id}/verify`, { question, sql: slow }).expect(201);
  });
  afterAll(() => test.close());
  afterEach(() => client.close());
  const begin = async () =>
    ((await test.owner.post('/conversations', {}).expect(201)).body as { conversation_id: string }).conversation_id;
  /** Asks what takes for ever, and waits until its query runs. */
  const askSlowly = async () => {
    client = await ChatClient.open(test.address, test.owner.token);
    client.send({ type: 'chat', content: question });
    const started = await client.frame(({ type }) => type === 'query.started');
    return { runId: started.run_id!, queryId: started.query_id as string, conversationId: started.conversation_id! };
  };
  const stateOf = async (queryId: string) =>
    ((await test.owner.get(`/queries/${queryId}`).expect(200)).body as { state: string }).state;
  const lastMessage = async (conversationId: string) => {
    const { body } = await test.owner.get(`/conversations/${conversationId}/messages`).expect(200);
    return (body as { items: Message[] }).items.at(-1)!;
  };

  it('stops the query within a second when the user cancels', async () => {
    const { runId, queryId, conversationId } = await askSlowly();
    const begun = Date.now();
    client.send({ type: 'cancel', run_id: runId });
    expect(await client.frame(({ type }) => type === 'run.finished')).toMatchObject({ outcome: 'cancelled' });
    await until(async () => (await stateOf(queryId)) === 'cancelled');
    expect(Date.now() - begun).toBeLessThan(soonMs);
    const message = await lastMessage(conversationId);
    expect(message).toMatchObject({
      role: 'assistant',
      status: 'cancelled',
      content: expect.stringMatching(/Ask again/),
    });
  });

  it('R60: ends the answer as one that can be asked again when the service stops in the middle', async () => {
    const { runId, conversationId } = await askSlowly();
    test = await test.restart();
    const { body } = await test.owner.get(`/runs/${runId}`).expect(200);
    expect(body).toMatchObject({
      state: 'failed',
      problem: { type: expect.stringMatching(/run-interrupted/), status: 503 },
    });
    expect(await lastMessage(conversationId)).toMatchObject({
      status: 'failed',
      content: expect.stringMatching(/Ask again/),
    });
    client = await ChatClient.open(test.address, test.owner.token);
    const frames = await client.turn('How many days?', { conversation_id: conversationId });
    expect(answerOf(frames).status).toBe('completed');
  });
});

describe('answers that cost more than may be spent unasked', () => {
  const model = new ScriptedLanguageModel();
  let test: TestApp;
  let client: ChatClient;
  let builtin: string;
  beforeAll(async () => {
    test = await startApp({ ...withModel(model), settings: { QUERY_ASK_BYTES: '1' } });
    await publishCsv(test.owner, 'city\nLisbon\nPorto\nLisbon\n', { dataset: 'orders' });
    const made = await test.owner.post('/chatbots', { name: 'Plain', model: { provider: 'builtin' } }).expect(201);
    builtin = (made.body as { chatbot_id: string }).chatbot_id;
  });
  afterAll(() => test.close());
  afterEach(() => client.close());
  /** Asks, is asked, and answers that. */
  const askAndRespond = async (value: string, more: object = {}) => {
    client = await ChatClient.open(test.address, test.owner.token);
    const asked = (await client.turn('How many orders came from Lisbon?', more)).find(
      ({ type }) => type === 'interrupt',
    )!;
    expect(asked).toMatchObject({ kind: 'approve', options: [{ value: 'approve' }, { value: 'decline' }] });
    expect(client.received.some(({ type }) => type === 'query.started')).toBe(false);
    const from = client.received.length;
    client.send({ type: 'respond', interrupt_id: asked.interrupt_id, value });
    await client.frame(({ type }) => type === 'run.finished', { from });
    return answerOf(client.received.slice(from)).content;
  };

  it('runs the query when its user agrees, and only then', async () => {
    expect(await askAndRespond('approve', { chatbot_id: builtin })).toBe('There are 2 orders from Lisbon.');
    client.close();
    expect(await askAndRespond('decline', { chatbot_id: builtin })).toMatch(/^I did not run the query/);
  });

  it('reads the question again where the tables have changed meanwhile, and asks again', async () => {
    await publishCsv(test.owner, 'walk,length\nAlfama,3\nBaixa,5\n', { dataset: 'walks' });
    client = await ChatClient.open(test.address, test.owner.token);
    const interruptFrom = (from: number) => client.frame(({ type }) => type === 'interrupt', { from });
    client.send({ type: 'chat', content: 'average length of walks', chatbot_id: builtin });
    const first = await interruptFrom(0);
    await publishCsv(test.owner, 'walk,length_km\nAlfama,4\nBaixa,6\n', { dataset: 'walks', mode: 'replace' });
    let from = client.received.length;
    client.send({ type: 'respond', interrupt_id: first.interrupt_id!, value: 'approve' });
    const second = await interruptFrom(from);
    expect(second).toMatchObject({ kind: 'approve' });
    expect(client.received.slice(from).find(({ type }) => type === 'check')).toMatchObject({
      name: 'repair',
      ok: false,
    });
    from = client.received.length;
    client.send({ type: 'respond', interrupt_id: second.interrupt_id!, value: 'approve' });
    await client.frame(({ type }) => type === 'run.finished', { from });
    expect(answerOf(client.received.slice(from)).content).toMatch(/average length km is 5\./);
  });

  it('lets a model go on with what its user decided', async () => {
    const sql = "SELECT count(*) AS n FROM orders WHERE city = 'Lisbon'";
    model.answerWith(calling('run_sql', { sql }), speaking('{{r0.n}} came.'));
    expect(await askAndRespond('approve')).toBe('2 came.');
    client.close();
    model.answerWith(calling('run_sql', { sql }), speaking('Then I cannot tell.'));
    expect(await askAndRespond('decline')).toBe('Then I cannot tell.');
    expect(JSON.stringify(model.requests.at(-1)!.messages)).toContain('does not want this query to be run');
  });
});
