import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Provenance } from '../../src/modules/answers/domain/provenance.js';
import { startApp, type TestApp } from '../support/app.js';
import { answerOf, ChatClient, type Frame } from '../support/chat-client.js';
import { calling, speaking, withModel } from '../support/models/say.js';
import type { FakeAnswer } from '../support/models/script.js';
import { ScriptedLanguageModel } from '../support/models/scripted-language-model.js';
import { publishCsv } from '../support/publishing.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

const orders = ['city,status,amount', 'Lisbon,paid,10.50', 'Porto,paid,20.25', 'Lisbon,open,30.00'].join('\n');
const sql = "SELECT count(*) AS total, sum(amount) AS amount FROM orders WHERE city = 'Lisbon'";
const question = 'How many orders came from Lisbon?';

const toolsOf = (frames: readonly Frame[]) =>
  frames
    .filter(({ type }) => type === 'tool.finished')
    .map(({ name, output }) => `${name as string}: ${output as string}`);

describe('answers with a language model', () => {
  const model = new ScriptedLanguageModel({ prices: new Map([['scripted-1', { input: 1, output: 2 }]]) });
  let test: TestApp;
  let clients: ChatClient[] = [];
  beforeAll(async () => {
    const settings = {
      QUERIES_PER_TURN: '3',
      REPAIRS_PER_TURN: '2',
      TOOL_CALLS_PER_TURN: '8',
      QUERY_ASK_BYTES: '1000000',
    };
    test = await startApp({ ...withModel(model), settings });
    await publishCsv(test.owner, orders, { dataset: 'orders' });
  });
  afterAll(() => test.close());
  afterEach(() => {
    for (const client of clients) client.close();
    clients = [];
  });
  const connect = async (app = test) => {
    const client = await ChatClient.open(app.address, app.owner.token);
    clients.push(client);
    return client;
  };
  const ask = async (...answers: readonly FakeAnswer[]) => {
    model.answerWith(...answers);
    return (await connect()).turn(question);
  };

  it('fills the cells of results into the words of the model', async () => {
    const frames = await ask(
      calling('describe_table', { table: 'orders' }),
      calling('run_sql', { sql }),
      speaking('Lisbon has {{r0.c0}} orders, worth {{q1.r0.amount}} in total.'),
    );
    const answer = answerOf(frames);
    expect(answer).toMatchObject({ content: 'Lisbon has 2 orders, worth 40.50 in total.', status: 'completed' });
    const { cells, queries, model: by } = answer.provenance as Provenance;
    expect(cells.map(({ text, row, column, value }) => [text, row, column, value])).toEqual([
      ['2', 0, 'total', '2'],
      ['40.50', 0, 'amount', '40.50'],
    ]);
    expect(queries.map((query) => query.sql)).toEqual([sql]);
    expect(by).toEqual({ provider: 'scripted', model_id: 'scripted-1' });
    const said = frames.map(({ type, text }) => (type === 'text.delta' ? text : '')).join('');
    expect(said).toBe(answer.content);
    expect(frames.filter(({ type }) => type === 'usage')).toHaveLength(3);
    expect(frames.find(({ type }) => type === 'usage')).toMatchObject({
      input_tokens: 100,
      output_tokens: 20,
      cost_usd: 0.00014,
    });
  });

  it('begins every request with the same bytes', async () => {
    const from = model.requests.length;
    await ask(calling('run_sql', { sql }), speaking('{{r0.c0}}'));
    await ask(speaking('I do not know.'));
    const prefixes = model.requests.slice(from).map(({ system, tools }) => JSON.stringify([system[0], tools]));
    expect(prefixes).toHaveLength(3);
    expect(new Set(prefixes).size).toBe(1);
    expect(model.requests.at(-1)!.system[0]).toMatchObject({ cacheBoundary: true });
  });

  it('has a number that comes from nowhere written again, once, and then speaks for itself', async () => {
    const corrected = await ask(
      calling('run_sql', { sql }),
      speaking('There are 41 orders.'),
      speaking('There are {{r0.c0}} orders.'),
    );
    expect(answerOf(corrected).content).toBe('There are 2 orders.');
    const stubborn = await ask(
      calling('run_sql', { sql }),
      speaking('There are 41 orders.'),
      speaking('There are forty-one orders.'),
    );
    expect(answerOf(stubborn).content).toBe('The total is 2 and amount is 40.50.');
    const withoutData = await ask(speaking('There are 41.'), speaking('There are ٤١.'));
    expect(answerOf(withoutData).content).toMatch(/^I could not back an answer with data/);
  });

  it('R56: gives malformed input and invented columns back, with the nearest names', async () => {
    const frames = await ask(
      calling('run_sql', '{"sql": "SELECT'),
      calling('run_sql', { query: 'SELECT 1' }),
      calling('run_sql', { sql: 'SELECT sum(amuont) FROM orders' }),
      calling('drop_table', { table: 'orders' }),
      calling('run_sql', { sql }),
      speaking('{{r0.c0}} orders.'),
    );
    const [malformed, wrong, invented, unknown, good] = toolsOf(frames);
    expect(malformed).toMatch(/no JSON object/);
    expect(wrong).toMatch(/sql/);
    expect(invented).toMatch(/amuont.*amount/s);
    expect(unknown).toMatch(/There is no such tool/);
    expect(good).toMatch(/"row_count":1/);
    expect(answerOf(frames).content).toBe('2 orders.');
  });

  it('R56: stops repairing, and says honestly that it has no answer', async () => {
    const frames = await ask(calling('run_sql', { sql: 'SELECT nothing_such FROM orders' }));
    expect(frames.filter(({ type }) => type === 'query.planned')).toHaveLength(3);
    expect(answerOf(frames).content).toMatch(/could not back an answer with data/);
  });

  it('R55: ends a loop of tool calls, with what was found', async () => {
    const frames = await ask(calling('run_sql', { sql }));
    expect(frames.filter(({ type }) => type === 'query.finished')).toHaveLength(3);
    expect(frames.filter(({ type }) => type === 'tool.started').length).toBeLessThanOrEqual(9);
    expect(answerOf(frames)).toMatchObject({ content: 'The total is 2 and amount is 40.50.', status: 'completed' });
  });

  it('R55: ends a flood of tokens', async () => {
    const flood = { parts: [{ text: Array.from({ length: 20_000 }, () => 'lorem ipsum dolor ') }] };
    const before = model.abandonedCount;
    const answer = answerOf(await ask(flood));
    expect(answer).toMatchObject({ status: 'failed', content: expect.stringMatching(/^lorem ipsum/) });
    expect(answer.content).toMatch(/tokens for one answer/);
    expect((answer.content as string).length).toBeLessThan(100_000);
    expect(model.openCount).toBe(0);
    expect(model.abandonedCount).toBeGreaterThan(before);
  });

  it('R51: answers without the model when it is throttled, and says so', async () => {
    const answer = answerOf(await ask({ refusal: 'throttled' }));
    expect(answer).toMatchObject({
      status: 'completed',
      content: expect.stringMatching(/^There are 2 orders from Lisbon\./),
    });
    expect(answer.content).toMatch(/Assumed: the language model did not answer/);
  });

  it('R51: keeps and marks what was said, wherever the stream breaks', async () => {
    const spoken = speaking('Lisbon is a city by the sea .');
    for (let at = 0; at <= 7; at += 1) {
      const answer = answerOf(await ask({ ...spoken, fault: { at, kind: 'reset' } }));
      if (at === 0) expect(answer.content).toMatch(/^There are 2 orders from Lisbon\./);
      else {
        expect(answer.status).toBe('failed');
        expect(answer.content).toMatch(
          new RegExp(`^${'Lisbon is a city by the sea .'.split(' ').slice(0, at).join(' ')}`),
        );
        expect(answer.content).toMatch(/broke off before its end/);
      }
    }
  });

  it('asks the user, waits across a restart, and goes on with what it had found', async () => {
    const frames = await ask(
      calling('run_sql', { sql }),
      calling('ask_user', { question: 'Which amounts?', options: ['All amounts', 'Paid amounts'] }),
    );
    const interrupt = frames.find(({ type }) => type === 'interrupt')!;
    expect(interrupt).toMatchObject({
      kind: 'clarify',
      question: 'Which amounts?',
      options: [{ label: 'All amounts' }, {}],
    });
    for (const client of clients.splice(0)) client.close();
    test = await test.restart();
    model.answerWith(speaking('All in all {{q1.r0.amount}}.'));
    const run = `/runs/${interrupt.run_id!}`;
    await test.owner.post(`${run}/respond`, { interrupt_id: interrupt.interrupt_id, value: 'All amounts' }).expect(202);
    const client = await connect();
    client.send({ type: 'subscribe', run_id: interrupt.run_id, after: 0 });
    await client.frame(({ type }) => type === 'run.finished');
    expect(answerOf(client.received)).toMatchObject({ content: 'All in all 40.50.', status: 'completed' });
    expect(JSON.stringify(model.requests.at(-1)!.messages)).toContain('The user answered: All amounts');
  });

  it('stops the model when the user cancels', async () => {
    model.answerWith({ ...speaking(Array.from({ length: 4000 }, () => 'word').join(' ')), pause: 20 });
    const client = await connect();
    client.send({ type: 'chat', content: question });
    const { run_id: runId } = await client.frame(({ type }) => type === 'text.delta');
    const begun = Date.now();
    client.send({ type: 'cancel', run_id: runId });
    expect(await client.frame(({ type }) => type === 'run.finished')).toMatchObject({ outcome: 'cancelled' });
    expect(Date.now() - begun).toBeLessThan(soonMs);
    expect(answerOf(client.received)).toMatchObject({
      status: 'cancelled',
      content: expect.stringMatching(/^word/),
    });
    await until(async () => model.openCount === 0);
  });
});
