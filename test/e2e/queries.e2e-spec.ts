import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tableFromIPC } from 'apache-arrow';
import { QueryJournal } from '../../src/modules/queries/query-journal.js';
import { QueriesRepository } from '../../src/modules/queries/queries.repository.js';
import { ResultExpiry } from '../../src/modules/queries/result-expiry.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { addTable } from '../support/tables.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

/** Runs for longer than any test waits, in many small steps. */
const endless = 'select count(*) from numbers a, numbers b, numbers c, numbers d where a.n + b.n + c.n + d.n < 0';

interface QueryBody {
  query_id: string;
  state: string;
  rows: unknown[][];
  next_cursor: string | null;
  [member: string]: unknown;
}

describe('queries', () => {
  let test: TestApp;
  let other: { client: Client; workspaceId: string };

  beforeAll(async () => {
    test = await startApp({
      settings: { QUERY_WORKERS: '2', QUERIES_PER_WORKSPACE: '5' },
    });
    other = await addWorkspace(test);
    await addTable(test, {
      table: 'numbers',
      rows: 'select i::bigint as n, i % 7 as remainder from range(5000) t(i)',
      columns: { n: 'bigint', remainder: 'bigint' },
      version: 3,
    });
    await addTable(
      test,
      { table: 'secrets', rows: "select 'canary-4711' as word", columns: { word: 'varchar' } },
      other.workspaceId,
    );
  });

  afterAll(() => test.close());

  const run = async (body: object, client = test.owner): Promise<QueryBody> =>
    (await client.post('/queries', { wait_ms: 30_000, ...body }).expect(200)).body as QueryBody;
  const start = async (sql: string): Promise<string> =>
    ((await test.owner.post('/queries', { sql, wait_ms: 0 }).expect(202)).body as QueryBody).query_id;
  const state = async (queryId: string) =>
    ((await test.owner.get(`/queries/${queryId}`).expect(200)).body as QueryBody).state;

  it('answers with the first page, what was read, and the versions of the tables', async () => {
    const query = await run({
      sql: 'select remainder, count(*) as n from numbers group by remainder order by remainder limit 2',
    });
    expect(query).toMatchObject({
      state: 'succeeded',
      columns: [
        { name: 'remainder', type: 'bigint' },
        { name: 'n', type: 'bigint' },
      ],
      rows: [
        ['0', '715'],
        ['1', '715'],
      ],
      next_cursor: null,
      row_count: 2,
      truncated: false,
      engine: 'duckdb',
      data_versions: { numbers: 3 },
    });
    expect(query.bytes_scanned).toBeGreaterThan(0);
    expect(query.duration_ms).toBeGreaterThan(0);
    const { rows: _, next_cursor: __, ...withoutRows } = query;
    expect((await test.owner.get(`/queries/${query.query_id}`).expect(200)).body).toEqual(withoutRows);
  });

  it('returns every type exactly', async () => {
    const { columns, rows } = await run({
      sql: `select cast('9007199254740993' as bigint) as a, cast('1234567890123456789012345678.0123456789' as decimal(38,10)) as b,
              timestamp '2024-02-29 23:59:58.123' as c, date '1969-12-31' as d, cast(null as varchar) as e,
              array[1, null, 3] as f, 'a"b\\\u2028é' as g, true as h, 0.1e0 as i,
              map(array['k'], array[9007199254740993]) as j`,
    });
    expect((columns as { type: string }[]).map(({ type }) => type.replaceAll(/\(3\)|\(6\)/g, ''))).toEqual([
      'bigint',
      'decimal(38,10)',
      'timestamp',
      'date',
      'varchar',
      'array(integer)',
      'varchar',
      'boolean',
      'double',
      'map(varchar,bigint)',
    ]);
    const row = rows[0]!;
    expect(row.slice(0, 2)).toEqual(['9007199254740993', '1234567890123456789012345678.0123456789']);
    expect(row[2]).toMatch(/^2024-02-29T23:59:58\.123/);
    expect(row.slice(3, 9)).toEqual(['1969-12-31', null, [1, null, 3], 'a"b\\\u2028é', true, 0.1]);
    expect(JSON.stringify(row[9])).toContain('"9007199254740993"');
  });

  it('binds parameters and refuses a wrong number of them', async () => {
    const attack = "' or 1=1 --";
    const { rows } = await run({ sql: 'select ?, ? + 1', parameters: [attack, 41] });
    expect(rows[0]![0]).toBe(attack);
    expect(Number(rows[0]![1])).toBe(42);
    const { body } = await test.owner.post('/queries', { sql: 'select ?', parameters: [] }).expect(400);
    expect(body).toMatchObject({
      type: '/problems/sql-rejected',
      kind: 'parameters',
      errors: [{ pointer: '/parameters' }],
    });
    for (const parameters of [[{}], [[1]], 'x', { 0: 1 }]) {
      const refused = await test.owner.post('/queries', { sql: 'select ?', parameters }).expect(400);
      expect(refused.body.errors[0].pointer).toBe('/parameters');
    }
  });

  it('R35: pages give each row once, in order, from one snapshot', async () => {
    const query = await run({ sql: 'select n from numbers order by n desc' });
    const seen = query.rows.map(([n]) => Number(n));
    expect(seen).toHaveLength(1000);
    await addTable(test, {
      table: 'numbers',
      rows: 'select i as n, 0 as remainder from range(5) t(i)',
      columns: { n: 'bigint', remainder: 'bigint' },
      version: 4,
    });
    let cursor = query.next_cursor;
    for (let page = 1; cursor !== null; page += 1) {
      const { body } = await test.owner
        .get(`/queries/${query.query_id}/results?limit=${page * 700}&cursor=${cursor}`)
        .expect(200);
      seen.push(...(body as QueryBody).rows.map(([n]) => Number(n)));
      cursor = (body as QueryBody).next_cursor;
    }
    await addTable(test, {
      table: 'numbers',
      rows: 'select i::bigint as n, i % 7 as remainder from range(5000) t(i)',
      columns: { n: 'bigint', remainder: 'bigint' },
      version: 5,
    });
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, index) => 4999 - index));
  });

  it('begins a page at any row, and goes on from there', async () => {
    const { query_id } = await run({ sql: 'select n from numbers order by n' });
    const page = async (search: string) =>
      (await test.owner.get(`/queries/${query_id}/results?${search}`).expect(200)).body as QueryBody;
    const middle = await page('offset=2500&limit=2');
    expect(middle.rows).toEqual([['2500'], ['2501']]);
    expect((await page(`limit=1&offset=7&cursor=${middle.next_cursor}`)).rows).toEqual([['2502']]);
    expect(await page('offset=4999')).toMatchObject({ rows: [['4999']], next_cursor: null });
    expect(await page('offset=5000')).toMatchObject({ rows: [], next_cursor: null });
    await test.owner.get(`/queries/${query_id}/results?offset=-1`).expect(400);
  });

  it('R35: refuses a cursor with any byte changed, and one of another query or list', async () => {
    const query = await run({ sql: 'select n from numbers' });
    const twin = await run({ sql: 'select n from numbers' });
    const cursor = query.next_cursor!;
    const results = `/queries/${query.query_id}/results?cursor=`;
    await test.owner.get(results + cursor).expect(200);
    for (let index = 0; index < cursor.length; index += 1) {
      const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
      const { body } = await test.owner.get(results + changed).expect(400);
      expect(body.errors[0].pointer).toBe('?cursor');
    }
    await test.owner.get(`/queries/${twin.query_id}/results?cursor=${cursor}`).expect(400);
    await test.owner.get(`/queries?cursor=${cursor}`).expect(400);
    await test.owner.get(`/queries/${query.query_id}/results?limit=10001`).expect(400);
  });

  it('R32: cancels a running query within a second, again and again', async () => {
    const queryId = await start(endless);
    await until(async () => (await state(queryId)) === 'running');
    await test.owner.get(`/queries/${queryId}/results`).expect(409);
    const begun = performance.now();
    const { body } = await test.owner.post(`/queries/${queryId}/cancel`).expect(200);
    expect(performance.now() - begun).toBeLessThan(soonMs);
    expect(body).toMatchObject({ state: 'cancelled', error: { kind: 'cancelled' } });
    expect((await test.owner.post(`/queries/${queryId}/cancel`).expect(200)).body).toEqual(body);
    await test.owner.get(`/queries/${queryId}/results`).expect(409);
  });

  it('R8: queues beyond the slots, refuses beyond the limit, and serves another workspace meanwhile', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5].map(() => start(endless)));
    try {
      const states = await Promise.all(ids.map(state));
      expect(states.sort()).toEqual(['queued', 'queued', 'queued', 'running', 'running']);
      const refused = await test.owner.post('/queries', { sql: 'select 1' }).expect(429);
      expect(refused.body.type).toBe('/problems/too-many-queries');
      expect(refused.headers['retry-after']).toBe('1');
      expect((await run({ sql: 'select word from secrets' }, other.client)).rows).toEqual([['canary-4711']]);
      expect((await Promise.all(ids.map(state))).sort()).toEqual(states);
    } finally {
      await Promise.all(ids.map((id) => test.owner.post(`/queries/${id}/cancel`)));
    }
    expect(new Set(await Promise.all(ids.map(state)))).toEqual(new Set(['cancelled']));
  });

  it('goes on when the client that waits goes away', async () => {
    const sql = 'select count(*) from numbers a, numbers b where a.n < b.n';
    const leaving = test.owner.post('/queries', { sql, wait_ms: 30_000 });
    const aborted = leaving.then(
      () => 'answered',
      () => 'aborted',
    );
    const queryId = await until(async () => {
      const { body } = await test.owner.get(`/queries?search=${encodeURIComponent('a.n < B.n')}`).expect(200);
      return (body.items as QueryBody[])[0]?.query_id;
    });
    leaving.abort();
    await Promise.race([aborted, new Promise((resolve) => setTimeout(resolve, 100))]);
    await until(async () => !['queued', 'running'].includes(await state(queryId)));
    expect(await state(queryId)).toBe('succeeded');
  });

  it('streams its changes of state, and to whoever comes late how it ended', async () => {
    const queryId = await start(endless);
    const following = test.owner.get(`/queries/${queryId}/events`).buffer(true);
    const text = following.then(({ text }) => text);
    await until(async () => (await state(queryId)) === 'running');
    await test.owner.post(`/queries/${queryId}/cancel`).expect(200);
    const events = [...(await text).matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.*)\n/g)].map(([, id, event, data]) => ({
      id: Number(id),
      event,
      data: JSON.parse(data!) as QueryBody,
    }));
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(events.findLast(({ event }) => event === 'state')!.data.state).toBe('cancelled');
    const late = await test.owner
      .get(`/queries/${queryId}/events`)
      .expect(200)
      .expect('content-type', /text\/event-stream/);
    expect(late.text).toContain('"state":"cancelled"');
    await test.owner.get('/queries/qry_unknown/events').expect(404);
  });

  it.each([
    ['delete from numbers', 'not_read_only'],
    ['drop table numbers', 'not_read_only'],
    ['select 1; select 2', 'not_allowed'],
    ["copy (select 1) to '/tmp/x'", 'not_read_only'],
    ["attach '/etc/passwd' as x", 'not_read_only'],
    ["select * from read_csv('/etc/passwd')", 'not_allowed'],
    ["select * from '/etc/passwd'", 'unknown_table'],
    ['select * from secrets', 'unknown_table'],
    ['select * from "SECRETS"', 'unknown_table'],
    ['select * from duckdb_settings()', 'not_allowed'],
    ['select * from information_schema.tables', 'unknown_table'],
    ["select getenv('HOME')", 'not_allowed'],
    ['set memory_limit = 1', 'not_read_only'],
    ['with numbers as (select * from secrets) select * from numbers', 'unknown_table'],
  ])('R30: refuses %s before an engine sees it', async (sql, kind) => {
    const { body } = await test.owner.post('/queries', { sql }).expect(400);
    expect(body).toMatchObject({ type: '/problems/sql-rejected', errors: [{ pointer: '/sql' }] });
    expect(['not_read_only', 'not_allowed', 'unknown_table', 'syntax', kind]).toContain(body.kind);
    expect(JSON.stringify(body)).not.toMatch(/canary|root:|duckdb\.query|node_modules/i);
    const { body: history } = await test.owner.get(`/queries?search=${encodeURIComponent(sql)}`).expect(200);
    expect(history.items).toEqual([]);
  });

  it('names the nearest table', async () => {
    const { body } = await test.owner.post('/queries', { sql: 'select *\nfrom numbrs' }).expect(400);
    expect(body).toMatchObject({ kind: 'unknown_table', line: 2, column: 6 });
    expect(body.hint).toContain('numbers');
  });

  it('R34: counts the bytes of a statement in UTF-8', async () => {
    const sql = (bytes: number) => {
      const text = `select '${'é'.repeat(1000)}${'…'.repeat(1000)}`;
      return `${text}${'x'.repeat(bytes - Buffer.byteLength(text) - 1)}'`;
    };
    expect((await test.owner.post('/queries', { sql: sql(262_145) }).expect(400)).body.errors).toEqual([
      { pointer: '/sql', detail: 'has 262145 bytes in UTF-8, and at most 262144 are accepted' },
    ]);
    const accepted = await test.owner.post('/queries', { sql: sql(262_144), wait_ms: 30_000 });
    expect(accepted.status).toBe(200);
  });

  it('tells what failed at run time as the state of the query', async () => {
    const query = await run({ sql: "select cast(concat('a', cast(max(n) as varchar)) as bigint) from numbers" });
    expect(query).toMatchObject({ state: 'failed', row_count: null, columns: [], error: { kind: 'data' } });
    expect(query.rows).toBeUndefined();
    await test.owner.get(`/queries/${query.query_id}/download`).expect(409);
  });

  it('estimates, and refuses what would read more than is allowed', async () => {
    const sql = 'select n from numbers';
    const { body } = await test.owner.post('/queries/estimate', { sql }).expect(200);
    expect(body).toMatchObject({
      tables: [{ table: 'numbers', bytes: body.bytes_scanned }],
      decision: 'allow',
      reasons: [],
    });
    const refused = await test.owner.post('/queries', { sql, max_bytes_scanned: body.bytes_scanned - 1 }).expect(400);
    expect(refused.body).toMatchObject({
      type: '/problems/too-many-bytes',
      bytes_scanned: body.bytes_scanned,
      limit: body.bytes_scanned - 1,
    });
    await test.owner.post('/queries', { sql, max_bytes_scanned: body.bytes_scanned, wait_ms: 30_000 }).expect(200);
  });

  it('cuts a result at max_rows and says so', async () => {
    expect(await run({ sql: 'select n from numbers', max_rows: 10 })).toMatchObject({
      row_count: 10,
      truncated: true,
      next_cursor: null,
    });
    expect(await run({ sql: 'select n from numbers limit 10', max_rows: 10 })).toMatchObject({
      row_count: 10,
      truncated: false,
    });
    await test.owner.post('/queries', { sql: 'select 1', max_rows: 1_000_001 }).expect(400);
  });

  it('downloads the whole result in every format', async () => {
    const { query_id: id } = await run({ sql: "select n, '=1+1' as formula from numbers order by n limit 3000" });
    const download = (query: string) =>
      test.owner.get(`/queries/${id}/download${query}`).buffer(true).parse(binary).expect(200);
    const csv = await download('?format=csv');
    expect(csv.headers).toMatchObject({
      'content-disposition': `attachment; filename="${id}.csv"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    const lines = (csv.body as Buffer).toString().trim().split(/\r?\n/);
    expect(lines).toHaveLength(3001);
    expect(lines[1]).toContain("'=1+1");
    expect(((await download('?format=csv&raw=true')).body as Buffer).toString()).not.toContain("'=1+1");
    const json = JSON.parse(((await download('?format=json')).body as Buffer).toString()) as unknown[];
    expect(json).toHaveLength(3000);
    expect(((await download('?format=parquet')).body as Buffer).subarray(0, 4).toString()).toBe('PAR1');
    expect(tableFromIPC((await download('?format=arrow')).body as Buffer).numRows).toBe(3000);
    await test.owner.get(`/queries/${id}/download?format=xlsx`).expect(400);
    await test.owner.get(`/queries/${id}/download?raw=maybe`).expect(400);
  });

  it('stops an export when the client goes away, and serves the next one', async () => {
    const { query_id: id } = await run({
      sql: "select a.n, b.n as m, lpad('x', 200, 'y') as filler from numbers a, numbers b where b.n < 60",
    });
    await new Promise<void>((resolve, reject) => {
      const leaving = get(
        `${test.address}/api/v1/queries/${id}/download?format=json`,
        { headers: { authorization: `Bearer ${test.owner.token}` } },
        (response) => {
          response.once('data', () => {
            response.destroy();
            resolve();
          });
        },
      );
      leaving.on('error', reject);
    });
    for (let each = 0; each < 3; each += 1) await test.owner.get(`/queries/${id}/results?limit=1`).expect(200);
  });

  it('R1: answers for a query of another workspace as for one that does not exist', async () => {
    const { query_id: id } = await run({ sql: 'select 1 as one' });
    const calls: [keyof Client & ('get' | 'post'), string][] = [
      ['get', ''],
      ['get', '/results'],
      ['get', '/download'],
      ['get', '/events'],
      ['post', '/cancel'],
    ];
    for (const [method, path] of calls) {
      const foreign = await other.client[method](`/queries/${id}${path}`).expect(404);
      const unknown = await other.client[method](`/queries/qry_unknown${path}`).expect(404);
      const comparable = ({ body }: typeof foreign) => ({ ...body, instance: '', request_id: '' });
      expect(comparable(foreign)).toEqual(comparable(unknown));
    }
    expect(
      (await other.client.get('/queries').expect(200)).body.items.map((query: QueryBody) => query.query_id),
    ).not.toContain(id);
  });

  it('lists the history newest first, by state and text, in pages', async () => {
    for (const number of [1, 2, 3]) await run({ sql: `select ${number} as history_marker` });
    const list = async (query: string) =>
      (await test.owner.get(`/queries?search=HISTORY_marker&limit=2${query}`).expect(200)).body;
    const first = await list('');
    const second = await list(`&cursor=${first.next_cursor}`);
    const texts = [...first.items, ...second.items].map(({ sql }: QueryBody) => sql);
    expect(texts).toEqual([3, 2, 1].map((number) => `select ${number} as history_marker`));
    expect(second.next_cursor).toBeNull();
    expect((await list('&state=failed')).items).toEqual([]);
    await test.owner.get(`/queries?search=other&cursor=${first.next_cursor}`).expect(400);
    await test.owner.get('/queries?search=%25_%5C').expect(200);
  });

  it('honours an idempotency key: one query, one answer', async () => {
    const once = () =>
      test.owner.with({ 'idempotency-key': 'same' }).post('/queries', { sql: 'select 7 as lucky', wait_ms: 30_000 });
    const first = await once().expect(200);
    const again = await once().expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  it('R4: keeps results out of every cache', async () => {
    const answer = await test.owner.post('/queries', { sql: 'select 1', wait_ms: 30_000 }).expect(200);
    expect(answer.headers['cache-control']).toBe('private, no-store');
    const page = await test.owner.get(`/queries/${answer.body.query_id}/results`).expect(200);
    expect(page.headers['cache-control']).toBe('private, no-store');
  });

  it('deletes results after their time and keeps the history', async () => {
    const { query_id: id } = await run({ sql: 'select n from numbers' });
    const { nest, adapters } = test.app;
    const row = (await nest.get(QueriesRepository, { strict: false }).find(test.workspaceId, id))!;
    await adapters.database
      .tables<{ queries: { query_id: string; result_expires_at: string } }>()
      .updateTable('queries')
      .set({ result_expires_at: '2000-01-01T00:00:00.000Z' })
      .where('query_id', '=', id)
      .execute();
    await adapters.jobQueue.enqueue({ kind: ResultExpiry.kind, workspaceId: 'system', payload: {} });
    await until(async () => (await adapters.objectStore.head(row.result_key!)) === undefined);
    await until(
      async () =>
        (await nest.get(QueriesRepository, { strict: false }).find(test.workspaceId, id))!.result_key === null,
    );
    expect((await test.owner.get(`/queries/${id}/results`).expect(410)).body.type).toBe('/problems/result-expired');
    await test.owner.get(`/queries/${id}/download`).expect(410);
    expect(await state(id)).toBe('succeeded');
  });

  it('R42: ends what a dead process left behind as interrupted', async () => {
    const { query_id: id } = await run({ sql: 'select 1' });
    const { nest } = test.app;
    const repository = nest.get(QueriesRepository, { strict: false });
    const row = (await repository.find(test.workspaceId, id))!;
    await repository.insert({
      ...row,
      query_id: 'qry_left',
      state: 'running',
      result_key: null,
      finished_at: null,
      replica_id: 'rep_gone',
    });
    await nest.get(QueryJournal, { strict: false }).endInterrupted();
    const { body } = await test.owner.get('/queries/qry_left').expect(200);
    expect(body).toMatchObject({ state: 'failed', error: { kind: 'interrupted', hint: 'Run it again.' } });
  });

  it('R60: ends what runs and waits when the service stops, and says so after the start', async () => {
    const stopping = await startApp({ settings: { QUERY_WORKERS: '1', SHUTDOWN_GRACE_SECONDS: '0' } });
    const sql = 'select count(*) from numbers a, numbers b, numbers c where a.n + b.n + c.n < 0';
    await addTable(stopping, {
      table: 'numbers',
      rows: 'select i::bigint as n from range(5000) t(i)',
      columns: { n: 'bigint' },
    });
    const begin = async () =>
      (await stopping.owner.post('/queries', { sql, wait_ms: 0 }).expect(202)).body.query_id as string;
    const ids = [await begin(), await begin()];
    const begun = performance.now();
    const started = await stopping.restart();
    expect(performance.now() - begun).toBeLessThan(60_000);
    for (const id of ids) {
      const { body } = await started.owner.get(`/queries/${id}`).expect(200);
      expect(body).toMatchObject({ state: 'failed', error: { kind: 'interrupted' } });
    }
    await started.close();
  });

  it('refuses unfit requests with a pointer', async () => {
    for (const [body, pointer] of [
      [{}, '/sql'],
      [{ sql: 1 }, '/sql'],
      [{ sql: 'select 1', wait_ms: 30_001 }, '/wait_ms'],
      [{ sql: 'select 1', max_rows: 0 }, '/max_rows'],
      [{ sql: 'select 1', format: 'csv' }, '/format'],
    ] as const) {
      expect((await test.owner.post('/queries', body).expect(400)).body.errors[0].pointer).toBe(pointer);
    }
    await test.nobody.post('/queries', { sql: 'select 1' }).expect(401);
  });
});

/** Superagent's types know the response as its own; what a parser gets is the stream. */
function binary(response: unknown, done: (error: Error | null, body: unknown) => void): void {
  const stream = response as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
