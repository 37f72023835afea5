import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Provenance } from '../../src/modules/answers/domain/provenance.js';
import { startApp, type TestApp } from '../support/app.js';
import { answerOf, ChatClient, type Frame } from '../support/chat-client.js';
import { calling, speaking, withModel } from '../support/models/say.js';
import type { FakeAnswer } from '../support/models/script.js';
import { ScriptedLanguageModel } from '../support/models/scripted-language-model.js';
import { publishCsv } from '../support/publishing.js';

const orders = [
  'order_no,customer,city,bill_city,amount',
  '1,Ada,Lisbon,Lisbon,10.50',
  '2,Bea,Porto,Braga,20.25',
  '3,Ada,Lisbon,Porto,30.00',
  '4,Lea,Faro,Faro,5.00',
].join('\n');
const customers = ['customer,segment', 'Ada,retail', 'Bea,retail', 'Lea,whole'].join('\n');

const stepsOf = (frames: readonly Frame[]) =>
  frames.filter(({ type }) => type === 'step.started').map(({ name }) => name);
const typesOf = (frames: readonly Frame[]) => frames.map(({ type }) => type);
const checksOf = (frames: readonly Frame[], name: string) =>
  frames.filter((frame) => frame.type === 'check' && frame.name === name);
const provenanceOf = (frames: readonly Frame[]) => answerOf(frames).provenance as Provenance;
const outputsOf = (frames: readonly Frame[]) =>
  frames.filter(({ type }) => type === 'tool.finished').map(({ output }) => output as string);

describe('checked answers', () => {
  const model = new ScriptedLanguageModel({ prices: new Map([['scripted-1', { input: 1, output: 2 }]]) });
  let test: TestApp;
  let plain: string;
  let clients: ChatClient[] = [];
  beforeAll(async () => {
    test = await startApp(withModel(model));
    await publishCsv(test.owner, orders, { dataset: 'orders' });
    await publishCsv(test.owner, customers, { dataset: 'customers' });
    const made = await test.owner.post('/chatbots', { name: 'Plain', model: { provider: 'builtin' } }).expect(201);
    plain = (made.body as { chatbot_id: string }).chatbot_id;
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
  const ask = async (content: string, ...answers: readonly FakeAnswer[]) => {
    model.answerWith(...answers);
    return (await connect()).turn(content);
  };
  const askPlainly = async (content: string) => (await connect()).turn(content, { chatbot_id: plain });
  /** Answers what the run asks, and returns what follows. */
  const respond = async (frames: readonly Frame[], value: string) => {
    const interrupt_id = frames.find(({ type }) => type === 'interrupt')!.interrupt_id!;
    const client = clients.at(-1)!;
    const from = client.received.length;
    client.send({ type: 'respond', interrupt_id, value });
    await client.frame(({ type }) => type === 'run.finished', { from });
    return client.received.slice(from);
  };
  const verify = async (question: string, sql: string) => {
    const { message_id } = answerOf(await askPlainly('How many orders are there?'));
    await test.owner.post(`/messages/${message_id as string}/verify`, { question, sql }).expect(201);
  };

  describe('the dry run', () => {
    it('comes after the price and before the query, and is stored with the run', async () => {
      const frames = await askPlainly('total amount by city');
      const names = frames.map(({ type, name }) => (type === 'step.started' ? (name as string) : type));
      const order = ['query.estimated', 'dry_run', 'execute', 'query.started', 'query.finished'];
      expect(names.filter((name) => order.includes(name))).toEqual(order);
      const { run_id } = frames.find(({ seq }) => seq === 1)!;
      const replayed = await test.owner.get(`/runs/${run_id!}/events?after=0`).expect(200);
      expect(replayed.text).toMatch(/"step.started".*"dry_run"[^]*"step.finished".*"dry_run"/);
    });

    it('R56: sends back to the model what does not fit together, and nothing is run', async () => {
      const frames = await ask(
        'What is the total amount of orders?',
        calling('run_sql', { sql: 'SELECT abs(city) AS n FROM orders' }),
        calling('run_sql', { sql: 'SELECT sum(amount) AS n FROM orders' }),
        speaking('{{r0.n}}'),
      );
      expect(typesOf(frames).filter((type) => type === 'query.started')).toHaveLength(1);
      expect(outputsOf(frames)[0]).toMatch(/"accepted":false.*type_mismatch/s);
      expect(checksOf(frames, 'repair')).toMatchObject([
        { ok: false, detail: expect.stringMatching(/abs does not work/) },
      ]);
      expect(answerOf(frames).content).toBe('65.75');
      expect(provenanceOf(frames).checks.map(({ name }) => name)).toEqual(['repair', 'result']);
    });

    it('R56: tells the columns that there are, instead of letting the model guess', async () => {
      const frames = await ask(
        'How much was ordered?',
        calling('check_sql', { sql: 'SELECT sum(total_price) FROM orders' }),
        calling('check_sql', { sql: 'SELECT abs(city) FROM orders' }),
        calling('check_sql', { sql: 'SELECT sum(amount) FROM orders' }),
        speaking('I cannot say.'),
      );
      const [invented, unfit, good] = outputsOf(frames);
      expect(invented).toContain('"there_is":{"orders":["order_no","customer","city","bill_city","amount"]}');
      expect(unfit).toMatch(/"accepted":false/);
      expect(good).toMatch(/"accepted":true/);
      expect(typesOf(frames)).not.toContain('query.started');
    });

    it('lets a verified statement that does not fit the tables any more be answered anew', async () => {
      await verify('How many orders came in?', 'SELECT abs(city) AS n FROM orders');
      const frames = await askPlainly('How many orders came in?');
      expect(checksOf(frames, 'verified_match')).toMatchObject([{ ok: false }]);
      expect(typesOf(frames).filter((type) => type === 'query.started').length).toBeLessThanOrEqual(1);
    });
  });

  describe('verified questions', () => {
    it.each(['builtin', 'model'])('run their own statement, whoever would have answered: %s', async (path) => {
      const sql = "SELECT count(*) AS loyal FROM orders WHERE customer = 'Ada'";
      await verify('How many loyal orders are there?', sql);
      const before = model.requestCount;
      const question = 'how many loyal orders are there';
      const frames = path === 'builtin' ? await askPlainly(question) : await ask(question, speaking('Never said.'));
      expect(model.requestCount).toBe(before);
      expect(answerOf(frames).content).toMatch(/^The loyal is 2\.\n\nAssumed: .*verified question/);
      const { verified, model: by, queries } = provenanceOf(frames);
      expect([verified?.question, by, queries[0]?.sql]).toEqual([
        'How many loyal orders are there?',
        { provider: 'verified' },
        sql,
      ]);
      expect(stepsOf(frames)).toEqual(['verified_match', 'check', 'dry_run', 'execute', 'check_result']);
    });
  });

  describe('values', () => {
    it.each(['builtin', 'model'])('that are stored in two columns are asked about: %s', async (path) => {
      const question = 'How many came from Lisbon?';
      const sql = "SELECT count(*) AS n FROM orders WHERE bill_city = 'Lisbon'";
      const before = model.requestCount;
      const frames =
        path === 'builtin'
          ? await askPlainly(question)
          : await ask(question, calling('run_sql', { sql }), speaking('{{r0.n}}.'));
      expect(model.requestCount).toBe(before);
      const { kind, options } = frames.find(({ type }) => type === 'interrupt')!;
      expect(kind).toBe('clarify');
      const billed = (options as { value: string; label: string }[]).find(({ label }) => /bill.city/.test(label))!;
      const after = await respond(frames, billed.value);
      expect(answerOf(after)).toMatchObject({ status: 'completed', content: expect.stringMatching(/\b1\b/) });
      if (path === 'model')
        expect(JSON.stringify(model.requests.at(-1)!.messages)).toContain('mean: bill_city of orders');
    });

    it('that are nearly what was written, several of them, are asked about', async () => {
      const frames = await askPlainly('How many orders have the customer Cea?');
      const { options } = frames.find(({ type }) => type === 'interrupt')!;
      expect((options as { label: string }[]).map(({ label }) => label).sort()).toEqual(['Bea', 'Lea']);
      const [first] = options as { value: string }[];
      expect(answerOf(await respond(frames, first!.value)).content).toMatch(/^There is 1 order/);
    });

    it('that the question names are told to the model as they are stored', async () => {
      await ask('Which city has ada ordered from?', speaking('I do not know.'));
      const said = JSON.stringify(model.requests.at(-1)!.messages);
      expect(said).toMatch(/\\"ada\\": .*\\"Ada\\" in orders.customer/);
    });

    it('that are stored under another spelling are looked for once more', async () => {
      const frames = await ask(
        'How many orders came from the place?',
        calling('run_sql', { sql: "SELECT count(*) AS n FROM orders WHERE city = 'Lisbonn'" }),
        speaking('{{r0.n}} came.'),
      );
      expect(answerOf(frames).content).toMatch(
        /^2 came\.\n\nAssumed: "Lisbonn" is stored nowhere, so I looked for "Lisbon"/,
      );
      expect(outputsOf(frames)[0]).toMatch(/run_instead/);
      expect(provenanceOf(frames).queries.map(({ row_count }) => row_count)).toEqual([1, 1]);
      expect(stepsOf(frames).filter((name) => name === 'dry_run')).toHaveLength(2);
    });

    it('that are stored nowhere give no number', async () => {
      const frames = await ask(
        'How many orders came from the place?',
        calling('run_sql', { sql: "SELECT city FROM orders WHERE city = 'Atlantis'" }),
        speaking('None.'),
      );
      expect(outputsOf(frames)[0]).toMatch(/texts_not_stored/);
      expect(checksOf(frames, 'empty_result')).toHaveLength(1);
    });
  });

  describe('statements of high risk', () => {
    const joined = (segment: string) =>
      `SELECT sum(o.amount) AS total FROM orders o JOIN customers c ON o.customer = c.customer WHERE c.segment = '${segment}'`;
    const question = 'What did those of the kind that buys little spend?';
    const written = (sql: string) => speaking(JSON.stringify({ sql, assumptions: [] }));

    it('are compared with others, and their agreement is the confidence', async () => {
      const other =
        "SELECT sum(amount) FROM orders WHERE customer IN (SELECT customer FROM customers WHERE segment = 'retail')";
      const frames = await ask(
        question,
        calling('run_sql', { sql: joined('retail') }),
        written(other),
        written('SELECT nothing_such FROM orders'),
        speaking('They spent {{r0.total}}.'),
      );
      expect(answerOf(frames).content).toBe('They spent 60.75.');
      const { confidence, queries, cost } = provenanceOf(frames);
      expect(confidence).toEqual({
        agreement: 1,
        risk: expect.arrayContaining(['It joins tables.']),
        others: [
          { by: 'model', sql: other, query_id: expect.stringMatching(/^qry_/), agrees: true },
          { by: 'model', sql: expect.any(String), not_run: expect.stringMatching(/nothing_such/), agrees: null },
        ],
      });
      expect(queries.map(({ sql }) => sql)).toEqual([joined('retail')]);
      expect(cost).toMatchObject({ queries: 2, model: { input_tokens: 400, output_tokens: 80 } });
      expect(stepsOf(frames)).toContain('compare');
      expect(checksOf(frames, 'agreement')).toMatchObject([{ ok: true }]);
    });

    it('that stand alone are doubted, and the model is told', async () => {
      const frames = await ask(
        question,
        calling('run_sql', { sql: joined('whole') }),
        written(joined('retail')),
        written(`${joined('retail')} LIMIT 5`),
        speaking('They spent {{r0.total}}.'),
      );
      expect(answerOf(frames).content).toMatch(/^They spent 5\.00\.\n\nI am not sure of this/);
      expect(provenanceOf(frames).confidence).toMatchObject({ agreement: 0.33 });
      expect(checksOf(frames, 'agreement')).toMatchObject([{ ok: false }]);
      expect(outputsOf(frames)[0]).toContain('others_found_something_else');
    });

    it('that the model corrects are sure again', async () => {
      const frames = await ask(
        question,
        calling('run_sql', { sql: joined('whole') }),
        written(joined('retail')),
        written(joined('retail')),
        calling('run_sql', { sql: joined('retail') }),
        speaking('They spent {{r0.total}}.'),
      );
      expect(answerOf(frames).content).toBe('They spent 60.75.');
      expect(provenanceOf(frames).confidence).toMatchObject({ agreement: 1 });
      expect(typesOf(frames).filter((type) => type === 'query.started').length).toBeLessThanOrEqual(5);
    });

    it('are not compared where one table and one measure answer', async () => {
      const before = model.requestCount;
      const frames = await ask(
        'How many orders are there?',
        calling('run_sql', { sql: 'SELECT count(*) AS n FROM orders' }),
        speaking('{{r0.n}}.'),
      );
      expect(model.requestCount - before).toBe(2);
      expect(provenanceOf(frames).confidence).toBeUndefined();
    });
  });

  describe('the provenance', () => {
    it('holds everything that an answer can be judged by, and run again with', async () => {
      const { provenance } = answerOf(await askPlainly('total amount by city'));
      const { queries, policies, cost, ...rest } = provenance as Provenance;
      expect(policies).toEqual({
        role: 'owner',
        credential: 'session',
        chatbot_tables: null,
        readable_tables: 2,
        read_only: true,
        max_rows: 1_000_000,
        ask_above_bytes: 100e9,
        refuse_above_bytes: 1e12,
        max_queries: 5,
        max_repairs: 3,
      });
      const [query] = queries;
      expect(query).toEqual({
        query_id: expect.stringMatching(/^qry_/),
        sql: expect.stringMatching(/^SELECT/),
        parameters: [],
        tables: [{ table: 'orders', version: 1, columns: expect.arrayContaining(['city', 'amount']) }],
        bytes_scanned: expect.any(Number),
        cost_usd: 0,
        row_count: 3,
        truncated: false,
        engine: 'duckdb',
        duration_ms: expect.any(Number),
      });
      expect(cost).toEqual({ queries: 1, bytes_scanned: query!.bytes_scanned, queries_usd: 0 });
      expect(rest).toMatchObject({
        question: 'total amount by city',
        understood: expect.any(String),
        plan: { tables: ['orders'] },
        assumptions: [],
        model: { provider: 'builtin' },
        chatbot: { id: plain, version: 1 },
        checks: [{ name: 'result', ok: true }],
        cells: [],
      });
      const { sql, parameters } = query!;
      const again = await test.owner.post('/queries', { sql, parameters, wait_ms: 30_000 }).expect(200);
      expect(again.body).toMatchObject({ state: 'succeeded', row_count: 3 });
    });

    it('names the tables that the chatbot may see', async () => {
      const made = await test.owner
        .post('/chatbots', { name: 'Narrow', model: { provider: 'builtin' }, tables: ['orders'] })
        .expect(201);
      const { chatbot_id } = made.body as { chatbot_id: string };
      const frames = await (await connect()).turn('How many orders are there?', { chatbot_id });
      expect(provenanceOf(frames).policies).toMatchObject({ chatbot_tables: ['orders'], readable_tables: 1 });
    });
  });

  describe('what a model used', () => {
    it('R51: is estimated where the answer breaks off, and counts', async () => {
      const frames = await ask('Who?', {
        ...speaking('Lisbon is a city by the sea .'),
        fault: { at: 3, kind: 'reset' },
      });
      expect(answerOf(frames).status).toBe('failed');
      const usage = frames.find(({ type }) => type === 'usage');
      expect(usage).toMatchObject({ estimated: true, output_tokens: 3 });
      expect(usage!.input_tokens as number).toBeGreaterThan(500);
      expect(usage!.cost_usd).toBeCloseTo(((usage!.input_tokens as number) + 2 * 3) / 1e6, 9);
    });

    it('is estimated where the provider does not tell, and is nothing where it refused', async () => {
      const { parts } = speaking('I do not know.');
      const told = (await ask('Who?', { parts })).filter(({ type }) => type === 'usage');
      expect(told).toMatchObject([{ estimated: true, output_tokens: 4 }]);
      const refused = await ask('How many orders are there?', { refusal: 'invalid' });
      expect(typesOf(refused)).not.toContain('usage');
    });
  });
});

describe('answers within a small budget', () => {
  const model = new ScriptedLanguageModel();
  let test: TestApp;
  beforeAll(async () => {
    const settings = { TOKENS_PER_USER_PER_DAY: '1', QUERIES_PER_TURN: '1' };
    test = await startApp({ ...withModel(model), settings });
    await publishCsv(test.owner, orders, { dataset: 'orders' });
  });
  afterAll(() => test.close());

  it('counts broken answers, so that they end with the budget', async () => {
    const client = await ChatClient.open(test.address, test.owner.token);
    model.answerWith({ ...speaking('Lisbon is a city .'), fault: { at: 2, kind: 'reset' } });
    await client.turn('Who?');
    const before = model.requestCount;
    const answer = answerOf(await client.turn('How many orders are there?'));
    expect(model.requestCount).toBe(before);
    expect(answer.content).toMatch(/^There are 4 orders\..*tokens for one user in a day/s);
    client.close();
  });
});
