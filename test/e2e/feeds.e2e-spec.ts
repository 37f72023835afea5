import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { addTable } from '../support/tables.js';

describe('feeds', () => {
  let test: TestApp;
  let other: { client: Client; workspaceId: string };
  let savedQueryId: string;
  const log: string[] = [];

  beforeAll(async () => {
    test = await startApp({ logger: pino({ level: 'trace' }, { write: (line) => void log.push(line) }) });
    other = await addWorkspace(test);
    await orders(['Lisbon', 'Porto']);
    const saved = await test.owner.post('/saved-queries', {
      name: 'Orders',
      sql: 'select city, id from orders where id >= :least and city <> :without order by id',
      parameters: [
        { name: 'least', type: 'integer', default: 0 },
        { name: 'without', type: 'string', default: '' },
      ],
    });
    savedQueryId = saved.body.saved_query_id;
  });

  afterAll(() => test.close());

  const orders = (cities: readonly string[], version = 1) =>
    addTable(test, {
      table: 'orders',
      rows: `select * from (values ${cities.map((city, index) => `('${city}', ${index}::bigint)`).join(', ')}) t(city, id)`,
      columns: { city: 'varchar', id: 'bigint' },
      version,
    });
  const create = async (input: object = {}) =>
    (await test.owner.post('/feeds', { name: 'Orders', saved_query_id: savedQueryId, ...input }).expect(201)).body;
  const read = (feedId: string, end: string, client = test.owner) => client.get(`/feeds/${feedId}${end}`);
  const token = async (scopes: string[]): Promise<string> =>
    (await test.owner.post('/api-tokens', { name: 'Excel', scopes }).expect(201)).body.token;

  it('gives a saved query an address in three formats', async () => {
    const { feed_id: id, urls } = await create({ name: 'Órders/2024' });
    expect(urls.csv).toBe(`/api/v1/feeds/${id}.csv`);
    const csv = await read(id, '.csv').expect(200);
    expect(csv.text.trim().split(/\r?\n/)).toEqual(['city,id', 'Lisbon,0', 'Porto,1']);
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="Orders_2024.csv"; filename*=UTF-8''%C3%93rders%2F2024.csv`,
      'cache-control': 'private, no-cache',
    });
    expect((await read(id, '.json').expect(200)).body).toEqual([
      { city: 'Lisbon', id: expect.anything() },
      { city: 'Porto', id: expect.anything() },
    ]);
    expect((await read(id, '.parquet').buffer(true).expect(200)).headers['content-type']).toBe(
      'application/vnd.apache.parquet',
    );
    await read(id, '.xml').expect(404);
  });

  it('serves the stored result while it is fresh, and a new one afterwards', async () => {
    const fresh = await create({ max_age_seconds: 3600 });
    const eager = await create({ max_age_seconds: 0 });
    const first = await read(fresh.feed_id, '.csv').expect(200);
    await read(eager.feed_id, '.csv').expect(200);
    await orders(['Lisbon', 'Porto', 'Faro'], 2);
    const second = await read(fresh.feed_id, '.csv').expect(200);
    expect([second.text, second.headers.etag]).toEqual([first.text, first.headers.etag]);
    expect((await read(eager.feed_id, '.csv').expect(200)).text).toContain('Faro');
  });

  it('answers 304 to whoever has the current file', async () => {
    const { feed_id: id } = await create();
    const { headers } = await read(id, '.csv').expect(200);
    const conditional = (name: string, value: string, end = '.csv') =>
      read(id, end, test.owner.with({ [name]: value }));
    const unchanged = await conditional('if-none-match', headers.etag!).expect(304);
    expect(unchanged.text).toBe('');
    expect(unchanged.headers.etag).toBe(headers.etag);
    await conditional('if-modified-since', headers['last-modified']!).expect(304);
    await conditional('if-none-match', headers.etag!, '.json').expect(200);
    await conditional('if-none-match', headers.etag!, '.csv?raw=true').expect(200);
  });

  it('takes parameters from the address, but none that the feed fixes', async () => {
    const { feed_id: id } = await create({ parameters: { without: 'Porto' } });
    expect((await read(id, '.csv?least=0').expect(200)).text).not.toContain('Porto');
    expect((await read(id, '.csv?least=99').expect(200)).text.trim()).toBe('city,id');
    for (const end of ['.csv?without=x', '.csv?least=many', '.csv?least=1&least=2', '.csv?city=x', '.csv?raw=1']) {
      expect((await read(id, end).expect(400)).body.errors).toHaveLength(1);
    }
  });

  it('makes one result for readers who come at once', async () => {
    const { feed_id: id } = await create();
    const answers = await Promise.all(Array.from({ length: 5 }, () => read(id, '.csv').expect(200)));
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(1);
  });

  it('R60: lets in an API token in the address if reading feeds is all it can do, and never logs it', async () => {
    const { feed_id: id } = await create();
    const anonymous = (end: string) => request(test.address).get(`/api/v1/feeds/${id}${end}`);
    const secret = await token(['feeds:read']);
    await anonymous(`.csv?token=${secret}`).expect(200);
    await anonymous(`.csv?least=1&token=${secret}`).expect(200);
    const fault = await anonymous(`.csv?least=many&token=${secret}`).expect(400);
    expect(JSON.stringify(fault.body)).not.toContain(secret);
    await anonymous('.csv').expect(401);
    await anonymous('.csv?token=tt_wrong').expect(401);
    await anonymous(`.csv?token=${secret}&token=${secret}`).expect(401);
    const powerful = await token(['feeds:read', 'queries:run']);
    const refused = await anonymous(`.csv?token=${powerful}`).expect(401);
    expect(refused.body.detail).toContain('feeds:read');
    await anonymous(`.csv?token=${test.owner.token}`).expect(401);
    await request(test.address).get(`/api/v1/feeds?token=${secret}`).expect(401);
    await request(test.address).get(`/api/v1/queries?token=${secret}`).expect(401);
    await new Client(test.address, secret).get(`/feeds/${id}.csv`).expect(200);
    await new Client(test.address, secret).post('/queries', { sql: 'select 1' }).expect(403);
    expect(log.some((line) => line.includes('/api/v1/feeds/:feed_id.csv'))).toBe(true);
    for (const hidden of [secret, powerful, test.owner.token!]) expect(log.join('')).not.toContain(hidden);
  });

  it('says what is wrong with a feed whose query fails', async () => {
    const saved = await test.owner
      .post('/saved-queries', {
        name: 'Failing',
        sql: "select cast(concat('x', city) as bigint) from orders",
        parameters: [],
      })
      .expect(201);
    const { feed_id: id } = await create({ saved_query_id: saved.body.saved_query_id });
    const { body } = await read(id, '.csv').expect(409);
    expect(body).toMatchObject({
      type: '/problems/feed-failed',
      kind: 'data',
      query_id: expect.stringMatching(/^qry_/),
    });
  });

  it('can be changed, listed and deleted, and protects its saved query', async () => {
    const { feed_id: id } = await create();
    await test.owner.with({ 'if-match': '"9"' }).patch(`/feeds/${id}`, { name: 'x' }).expect(412);
    const changed = await test.owner.patch(`/feeds/${id}`, { name: 'Renamed', max_age_seconds: 5 }).expect(200);
    expect(changed.body).toMatchObject({
      name: 'Renamed',
      max_age_seconds: 5,
      version: 2,
      saved_query_id: savedQueryId,
    });
    expect((await test.owner.get('/feeds').expect(200)).body.items[0]).toEqual(changed.body);
    const used = await test.owner.delete(`/saved-queries/${savedQueryId}`).expect(409);
    expect(used.body.used_by).toContain(`the feed "Renamed" (${id})`);
    await test.owner.delete(`/feeds/${id}`).expect(204);
    await read(id, '.csv').expect(404);
    await test.owner.post('/feeds', { name: 'x', saved_query_id: 'sq_unknown' }).expect(400);
    await test.owner
      .post('/feeds', { name: 'x', saved_query_id: savedQueryId, parameters: { least: 'many' } })
      .expect(400);
  });

  it('R1: shows nothing of another workspace', async () => {
    const { feed_id: id } = await create();
    for (const end of ['', '.csv', '.json', '.parquet']) {
      const foreign = await read(id, end, other.client).expect(404);
      const unknown = await read('feed_unknown', end, other.client).expect(404);
      expect({ ...foreign.body, instance: '', request_id: '' }).toEqual({
        ...unknown.body,
        instance: '',
        request_id: '',
      });
    }
    await other.client.post('/feeds', { name: 'x', saved_query_id: savedQueryId }).expect(400);
  });

  it('tells programs how to connect', async () => {
    const { body } = await test.owner.get('/connections').expect(200);
    expect(body.feed_urls.csv).toBe(`${test.address}/api/v1/feeds/{feed_id}.csv`);
    expect(body.tools.map(({ tool }: { tool: string }) => tool)).toEqual([
      'Excel',
      'Power BI',
      'Tableau',
      'Grafana',
      'curl',
    ]);
    expect(body.drivers).toEqual([]);
  });
});
