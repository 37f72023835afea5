import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '../../src/modules/conversations/conversation.dto.js';
import type { AnswerView } from '../../src/modules/chat/chat.dto.js';
import type { Provenance } from '../../src/modules/answers/domain/provenance.js';
import { ApiDocument } from '../support/api-document.js';
import { startApp, type TestApp } from '../support/app.js';
import { answerOf, ChatClient, type Frame } from '../support/chat-client.js';
import { exampleFile, publishCsv } from '../support/publishing.js';

const orders = [
  'order_no,city,status,amount,ordered',
  '1,Lisbon,paid,10.50,2024-01-02',
  '2,Porto,paid,20.25,2024-01-03',
  '3,Lisbon,open,30.00,2024-02-02',
  '4,Faro,open,99999999999999.99,2024-02-03',
].join('\n');

const typesOf = (frames: readonly Frame[]) => frames.map(({ type }) => type);

describe('answers without a language model', () => {
  let test: TestApp;
  let clients: ChatClient[] = [];
  beforeAll(async () => {
    test = await startApp();
    await publishCsv(test.owner, orders, { dataset: 'orders' });
    await publishCsv(test.owner, exampleFile('seattle-weather.csv'), { dataset: 'weather' });
    await publishCsv(test.owner, 'trip,distance\nSintra,28.5\nCascais,31.0\n', { dataset: 'trips' });
    await publishCsv(test.owner, 'walk,distance\nAlfama,3.5\nBaixa,2.0\n', { dataset: 'walks' });
  });
  afterAll(() => test.close());
  afterEach(() => {
    for (const client of clients) client.close();
    clients = [];
  });
  const connect = async () => {
    const client = await ChatClient.open(test.address, test.owner.token);
    clients.push(client);
    return client;
  };
  const ask = async (content: string) => answerOf(await (await connect()).turn(content));
  /** Over plain requests. */
  const post = async (conversationId: string, content: string) => {
    const answer = await test.owner.post(`/conversations/${conversationId}/messages`, { content, wait_ms: 60_000 });
    expect(answer.status).toBe(200);
    return answer.body as AnswerView;
  };
  const begin = async () =>
    ((await test.owner.post('/conversations', {}).expect(201)).body as { conversation_id: string }).conversation_id;

  it('answers a client that knows nothing but chat and assistant', async () => {
    const answer = await new Promise<Frame>((resolve, reject) => {
      const socket = new WebSocket(`${test.address.replace('http', 'ws')}/ws?token=${test.owner.token}`);
      const question = { type: 'chat', content: 'How many orders came from Lisbon?' };
      socket.addEventListener('open', () => socket.send(JSON.stringify(question)));
      socket.addEventListener('error', () => reject(new Error('The socket failed.')));
      socket.addEventListener('message', ({ data }) => {
        const frame = JSON.parse(String(data)) as Frame;
        if (frame.type !== 'assistant') return;
        socket.close();
        resolve(frame);
      });
    });
    expect(answer).toMatchObject({ content: 'There are 2 orders from Lisbon.', status: 'completed' });
  });

  it('shows each step, each query and each check, and numbers them without gaps', async () => {
    const client = await connect();
    const frames = (await client.turn('total amount by city')).filter(({ seq }) => seq !== undefined);
    expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, index) => index + 1));
    const query = typesOf(frames).filter((type) => type.startsWith('query.'));
    expect(query).toEqual(['query.planned', 'query.estimated', 'query.started', 'query.finished']);
    const steps = frames.filter(({ type }) => type === 'step.started').map(({ name }) => name);
    expect(steps).toEqual(['verified_match', 'plan', 'check', 'dry_run', 'execute', 'check_result', 'summarise']);
    expect(frames.find(({ type }) => type === 'check')).toMatchObject({ name: 'result', ok: true });
    expect(frames.find(({ type }) => type === 'chart')).toMatchObject({
      spec: { mark: 'bar', encoding: { x: { field: 'city' }, y: { type: 'quantitative' } } },
    });
    expect(JSON.stringify(frames.find(({ type }) => type === 'chart'))).not.toContain('Lisbon');
    const said = frames.map(({ type, text }) => (type === 'text.delta' ? text : '')).join('');
    expect(said).toBe(answerOf(frames).content);
  });

  it('takes every number from a cell of the query that it names', async () => {
    const { content, provenance, query_id: queryId } = await ask('What is the maximum and the minimum amount?');
    const { cells, queries, model, assumptions, checks, plan } = provenance as Provenance;
    const rows = await test.owner.get(`/queries/${queryId as string}/results`).expect(200);
    const { columns, rows: values } = rows.body as { columns: { name: string }[]; rows: unknown[][] };
    expect(cells.length).toBeGreaterThan(0);
    for (const { text, row, column, value, query_id } of cells) {
      expect(query_id).toBe(queryId);
      expect(value).toEqual(values[row!]![columns.findIndex(({ name }) => name === column)]);
      expect(content).toContain(text);
    }
    // Exact to the last digit, which a double would not be.
    expect(content).toContain('99,999,999,999,999.99');
    expect(queries).toMatchObject([{ query_id: queryId, row_count: 1, truncated: false, engine: 'duckdb' }]);
    expect(queries[0]!.tables).toEqual([{ table: 'orders', version: 1, columns: ['amount'] }]);
    expect({ model, assumptions: Array.isArray(assumptions), checks: checks.length, plan: plan?.tables }).toEqual({
      model: { provider: 'builtin' },
      assumptions: true,
      checks: 1,
      plan: ['orders'],
    });
  });

  it('carries what the API document says', async () => {
    const client = await connect();
    const { conversation_id: id } = answerOf(await client.turn('number of orders by city'));
    const page = await test.owner.get(`/conversations/${id as string}/messages`).expect(200);
    const [, answer] = (page.body as { items: Message[] }).items;
    expect(answer).toMatchObject({ chart: expect.anything(), provenance: { cells: expect.anything() } });
    const document = ApiDocument.of(test);
    expect(document.faultsOf({ $ref: '#/components/schemas/Message' }, answer)).toEqual([]);
  });

  it('offers follow-ups that it can answer', async () => {
    const client = await connect();
    const { follow_ups: next } = answerOf(await client.turn('How many orders came from Lisbon?'));
    expect((next as string[]).length).toBeGreaterThanOrEqual(2);
    for (const question of next as string[]) {
      const frames = await (await connect()).turn(question);
      expect(typesOf(frames)).toContain('query.finished');
    }
  });

  it('understands a question that changes the one before', async () => {
    const client = await connect();
    await client.turn('How many orders came from Lisbon?');
    expect(answerOf(await client.turn('and from Porto?')).content).toMatch(/^There is 1 order from Porto\./);
  });

  it('draws what is asked for, and draws the answer before anew', async () => {
    const client = await connect();
    const asked = answerOf(await client.turn('number of orders by city as a pie chart'));
    expect(asked).toMatchObject({ chart: { mark: 'arc', encoding: { x: { field: 'city' } } } });
    const again = answerOf(await client.turn('show it as bars'));
    expect(again).toMatchObject({ content: asked.content, chart: { mark: 'bar', encoding: { x: { field: 'city' } } } });
  });

  it('asks when it is torn, and goes on with the answer: over the socket, and by plain reply', async () => {
    const client = await connect();
    const frames = await client.turn('average distance');
    const asked = frames.find(({ type }) => type === 'interrupt')!;
    expect(asked).toMatchObject({ kind: 'clarify', options: [expect.anything(), expect.anything()] });
    const [first] = asked.options as { value: string }[];
    const from = client.received.length;
    client.send({ type: 'respond', interrupt_id: asked.interrupt_id, value: first!.value });
    await client.frame(({ type }) => type === 'run.finished', { from });
    expect(answerOf(client.received.slice(from))).toMatchObject({ status: 'completed', query_id: expect.any(String) });

    const conversation = await begin();
    const torn = await post(conversation, 'average distance');
    expect(torn).toMatchObject({ state: 'suspended', interrupt: { kind: 'clarify' }, message: null });
    const answered = await post(conversation, '1');
    expect(answered).toMatchObject({ run_id: torn.run_id, state: 'completed', message: { status: 'completed' } });
  });

  it('says what it did not understand, and what could be asked', async () => {
    const { content, provenance } = await ask('How many unicorns did we sell to Atlantis?');
    expect(content).toMatch(/unicorns/);
    expect(content).toMatch(/You could ask:\n- /);
    expect(provenance).toBeUndefined();
  });

  it('changes nothing, and says so', async () => {
    const { content } = await ask('Delete all orders');
    expect(content).toMatch(/only read/);
    await test.owner.get('/tables/orders').expect(200);
  });

  it('tells what there is without a query', async () => {
    const frames = await (await connect()).turn('What tables are there?');
    expect(answerOf(frames).content).toMatch(/orders.*weather/s);
    expect(typesOf(frames).filter((type) => type.startsWith('query.'))).toEqual([]);
    expect((await ask('What columns does orders have?')).content).toMatch(/amount.*decimal/);
    expect((await ask('Hello!')).content).toMatch(/^Hello!/);
  });

  it('gives no number where there is no data', async () => {
    const { content } = await ask('What is the average amount of orders from Lisbon in 2019?');
    expect(content).toMatch(/^No orders from Lisbon in 2019 match: no data means no numbers\./);
  });

  it('keeps the answer in the conversation, with all that it carries', async () => {
    const conversation = await begin();
    const { message } = await post(conversation, 'number of orders by city');
    const { body } = await test.owner.get(`/conversations/${conversation}/messages`).expect(200);
    const { items } = body as { items: Message[] };
    expect(items.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(items[1]).toEqual(message);
    expect(items[1]).toMatchObject({ chart: { mark: 'bar' }, query_id: expect.any(String), status: 'completed' });
  });

  it('answers a verified question with its own SQL', async () => {
    const conversation = await begin();
    const { message } = await post(conversation, 'How many orders are there?');
    const sql = "SELECT count(*) AS lisbon_orders FROM orders WHERE city = 'Lisbon'";
    await test.owner
      .post(`/messages/${message!.message_id}/verify`, { question: 'How many loyal orders are there?', sql })
      .expect(201);
    const { content, provenance } = await ask('how many loyal orders are there');
    expect(content).toMatch(/^The lisbon orders is 2\.\n\nAssumed: .*verified question/);
    expect((provenance as Provenance).queries[0]!.sql).toBe(sql);
  });

  it('gives an answer anew as it was asked, whatever was asked since', async () => {
    const conversation = await begin();
    const first = await post(conversation, 'total amount by city');
    await post(conversation, 'only those from Lisbon');
    const again = await test.owner
      .post(`/messages/${first.message!.message_id}/regenerate`, { wait_ms: 60_000 })
      .expect(200);
    expect((again.body as AnswerView).message!.content).toBe(first.message!.content);
  });

  it('runs nothing for somebody who may not run queries, and says so', async () => {
    const made = await test.owner.post('/api-tokens', { name: 'chat only', scopes: ['chat:use'] }).expect(201);
    const client = await ChatClient.open(test.address, (made.body as { token: string }).token);
    clients.push(client);
    const frames = await client.turn('How many orders are there?');
    expect(typesOf(frames).filter((type) => type.startsWith('query.'))).toEqual([]);
    expect(answerOf(frames)).toMatchObject({ status: 'failed', content: expect.stringMatching(/queries:run/) });
    const other = answerOf(await client.turn('What tables are there?'));
    expect(other).toMatchObject({ status: 'failed', content: expect.stringMatching(/tables:read/) });
  });

  it('looks only into the tables that the chatbot may see', async () => {
    const made = await test.owner.post('/chatbots', { name: 'Weather only', tables: ['weather'] }).expect(201);
    const client = await connect();
    const answer = answerOf(
      await client.turn('How many orders are there?', { chatbot_id: (made.body as { chatbot_id: string }).chatbot_id }),
    );
    expect(answer.provenance).toBeUndefined();
    expect(answer.content).toMatch(/may not see orders/);
  });
});
