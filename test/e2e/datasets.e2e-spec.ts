import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dataset, DatasetVersion } from '../../src/modules/datasets/dataset.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import {
  crawlEnd,
  datasetObjects,
  exampleFile,
  publishCsv,
  readEvents,
  readTable,
  uploadCsv,
  versionOf,
} from '../support/publishing.js';
import { eventually } from '../support/stored-files.js';

const orders = 'id,city,price\n1,Lisbon,9.5\n2,Porto,12\n3,Faro,7.25\n';

describe('data sets', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  });
  afterAll(() => test.close());

  const dataset = async (name: string) => (await test.owner.get(`/datasets/${name}`).expect(200)).body as Dataset;
  const versions = async (name: string) =>
    (await test.owner.get(`/datasets/${name}/versions`).expect(200)).body.items as DatasetVersion[];
  const submit = (uploadId: string, body: object) => test.owner.post(`/uploads/${uploadId}/submit`, body);
  const objectKeys = () => datasetObjects(test);
  const status = async (uploadId: string) => (await test.owner.get(`/uploads/${uploadId}`).expect(200)).body.status;

  it('publishes a real file, with every row accounted for', async () => {
    const file = exampleFile('seattle-weather.csv');
    const { version, crawl, submitted } = await publishCsv(test.owner, file, { dataset: 'weather' });
    expect(version).toMatchObject({
      version: 1,
      mode: 'create',
      state: 'ready',
      current: true,
      rows_in: 1461,
      rows_stored: 1461,
      rows_rejected: 0,
      rows: 1461,
      file_name: 'weather.csv',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      crawl_id: submitted.crawl_id,
    });
    expect(version.columns.map(({ name, type }) => [name, type])).toContainEqual(['date', 'date']);
    expect(version.columns.every(({ evidence }) => evidence.length > 0)).toBe(true);
    expect(crawl.tables).toEqual([{ table: 'weather', change: 'created', schema_changes: [] }]);
    const shown = await dataset('weather');
    expect(shown).toMatchObject({ table: 'weather', version: 1, versions: 1, rows: 1461, bytes_raw: file.length });
    expect(shown.bytes_parquet).toBeGreaterThan(0);
    expect(shown.contract!.columns).toHaveLength(version.columns.length);
    expect(await readTable(test, 'weather', 'select count(*), max(temp_max)::double from data')).toEqual([
      ['1461', 35.6],
    ]);
  });

  it('answers a submit with where to follow it', async () => {
    const crawled = await submit(await uploadCsv(test.owner, orders), { dataset: 'followed', mode: 'create' });
    expect(crawled.status).toBe(202);
    expect(crawled.headers['location']).toBe(`/api/v1/crawls/${crawled.body.crawl_id}`);
    await crawlEnd(test.owner, crawled.body.crawl_id);

    const body = { dataset: 'quiet', mode: 'create', crawl: false };
    const quiet = await submit(await uploadCsv(test.owner, orders), body).expect(202);
    expect(quiet.body).toMatchObject({ dataset: 'quiet', version: 1, crawl_id: null });
    expect(quiet.headers['location']).toBe('/api/v1/datasets/quiet/versions/1');
    expect((await readEvents(test.owner, `/jobs/${quiet.body.job_id}/events`)).at(-1)!.event).toBe('succeeded');
    expect(await versionOf(test.owner, quiet.body)).toMatchObject({ state: 'ready', rows_stored: 3 });
    await test.owner.get('/tables/quiet').expect(404);
  });

  it('repeats the answer under the same Idempotency-Key and publishes once', async () => {
    const path = `/uploads/${await uploadCsv(test.owner, orders)}/submit`;
    const client = test.owner.with({ 'idempotency-key': 'submit-once' });
    const first = await client.post(path, { dataset: 'once', mode: 'create' }).expect(202);
    const again = await client.post(path, { mode: 'create', dataset: 'once' }).expect(202);
    expect(again.body).toEqual(first.body);
    expect(again.headers['location']).toBe(first.headers['location']);
    await client.post(path, { dataset: 'twice', mode: 'create' }).expect(422);
    await crawlEnd(test.owner, first.body.crawl_id);
    expect(await versions('once')).toHaveLength(1);
  });

  it('appends, replaces and restores, each as a version of its own', async () => {
    await publishCsv(test.owner, orders, { dataset: 'orders' });
    const appended = await publishCsv(test.owner, 'price,id,city\n1,4,Braga\n', { dataset: 'orders', mode: 'append' });
    expect(appended.version).toMatchObject({ version: 2, rows_in: 1, rows: 4, schema_changes: [] });
    expect(await readTable(test, 'orders', 'select id, city, price::double from data order by id')).toEqual([
      ['1', 'Lisbon', 9.5],
      ['2', 'Porto', 12],
      ['3', 'Faro', 7.25],
      ['4', 'Braga', 1],
    ]);

    const replaced = await publishCsv(test.owner, 'id,town\n9,Évora\n', { dataset: 'orders', mode: 'replace' });
    const changes = [
      { column: 'city', from: 'varchar', to: null },
      { column: 'price', from: appended.version.columns[2]!.type, to: null },
      { column: 'town', from: null, to: 'varchar' },
    ];
    expect(replaced.version.schema_changes).toEqual(changes);
    expect(replaced.crawl.tables).toEqual([{ table: 'orders', change: 'updated', schema_changes: changes }]);
    expect(await readTable(test, 'orders', 'select id, town from data')).toEqual([['9', 'Évora']]);

    const restored = await test.owner.post('/datasets/orders/versions/2/restore').expect(202);
    expect(restored.body).toMatchObject({ dataset: 'orders', version: 4 });
    expect(restored.headers['location']).toBe(`/api/v1/crawls/${restored.body.crawl_id}`);
    await crawlEnd(test.owner, restored.body.crawl_id);
    expect(await readTable(test, 'orders', 'select count(*), sum(price)::double from data')).toEqual([['4', 29.75]]);
    const listed = await versions('orders');
    expect(listed.map(({ version, mode, restored_from, current }) => [version, mode, restored_from, current])).toEqual([
      [4, 'restore', 2, true],
      [3, 'replace', null, false],
      [2, 'append', null, false],
      [1, 'create', null, false],
    ]);
    expect(await dataset('orders')).toMatchObject({ version: 4, versions: 4, rows: 4 });
    await test.owner.post('/datasets/orders/versions/17/restore').expect(404);
    await test.owner.post('/datasets/orders/versions/two/restore').expect(404);
  });

  it('R41: reports drift before anything is written, each difference with a way out', async () => {
    await publishCsv(test.owner, orders, { dataset: 'drifting' });
    const uploadId = await uploadCsv(test.owner, 'id,town,price,note\nx1,Lisbon,3,hello\n');
    const refused = await submit(uploadId, { dataset: 'drifting', mode: 'append' }).expect(409);
    expect(refused.body).toMatchObject({ type: '/problems/schema-drift', dataset: 'drifting', version: 1 });
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/columns/0/type',
      '/columns/1',
      '/columns/3',
      '/columns',
    ]);
    expect(await versions('drifting')).toHaveLength(1);
    expect(await status(uploadId)).toBe('ready');
  });

  it('keeps rows that do not fit, with line, column, value and reason', async () => {
    await publishCsv(test.owner, orders, { dataset: 'strict' });
    const uploadId = await uploadCsv(test.owner, 'id,city,price\n4,Braga,1\n5,Évora,=1+1\n');
    await submit(uploadId, { dataset: 'strict', mode: 'append' }).expect(409);
    const { columns } = (await test.owner.get(`/uploads/${uploadId}/contract`).expect(200)).body;
    columns[2] = { source_name: 'price', name: 'price', type: 'double' };
    await test.owner.put(`/uploads/${uploadId}/contract`, { columns }).expect(200);
    const { body } = await submit(uploadId, { dataset: 'strict', mode: 'append' }).expect(202);
    await crawlEnd(test.owner, body.crawl_id);

    expect(await versionOf(test.owner, body)).toMatchObject({ rows_in: 2, rows_stored: 1, rows_rejected: 1, rows: 4 });
    const inert = await test.owner.get('/datasets/strict/versions/2/rejects').expect(200);
    expect(inert.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(inert.headers['content-disposition']).toBe('attachment; filename="strict-v2-rejects.csv"');
    expect(inert.text).toMatch(/^line,column,value,reason\r?\n3,price,'=1\+1,/);
    await test.owner.get('/datasets/strict/versions/2/rejects?raw=true').expect(/\n3,price,=1\+1,/);
    await test.owner.get('/datasets/strict/versions/2/rejects?raw=maybe').expect(400);
    await test.owner.get('/datasets/strict/versions/1/rejects').expect(200, 'line,column,value,reason\n');
  });

  it('names the ways out when a data set exists, or does not', async () => {
    await publishCsv(test.owner, orders, { dataset: 'taken' });
    const uploadId = await uploadCsv(test.owner, orders);
    const taken = await submit(uploadId, { dataset: 'taken', mode: 'create' }).expect(409);
    expect(taken.body.type).toBe('/problems/dataset-exists');
    expect(taken.body.detail).toMatch(/append.*replace.*another name/);
    await submit(uploadId, { dataset: 'absent', mode: 'append' }).expect(404);
    await submit(uploadId, { dataset: 'absent', mode: 'replace' }).expect(404);
    const named = await submit(uploadId, { dataset: '2024 Sales', mode: 'create' }).expect(400);
    expect(named.body.errors).toEqual([
      { pointer: '/dataset', detail: expect.stringContaining('data_2024_sales would do') },
    ]);
    await submit(uploadId, { dataset: 'absent', mode: 'upsert' }).expect(400);
    await submit('upl_unknown', { dataset: 'absent', mode: 'create' }).expect(404);
    await submit(await uploadCsv(test.owner, ''), { dataset: 'absent', mode: 'create' }).expect(409);
    await test.owner.get('/datasets/absent').expect(404);
  });

  it('R50: takes one of many submits at the same moment, and tells the others what to wait for', async () => {
    const uploads = await Promise.all(Array.from({ length: 8 }, () => uploadCsv(test.owner, orders)));
    const answers = await Promise.all(
      uploads.map((uploadId) => submit(uploadId, { dataset: 'raced', mode: 'create' })),
    );
    const winner = answers.findIndex(({ status: code }) => code === 202);
    const { crawl_id } = answers[winner]!.body;
    for (const [index, { status: code, body }] of answers.entries()) {
      if (index === winner) continue;
      expect(code).toBe(409);
      expect(body).toMatchObject({ type: '/problems/dataset-busy', crawl_id });
    }
    const twice = await submit(uploads[winner]!, { dataset: 'again', mode: 'create' }).expect(409);
    expect(twice.body.type).toBe('/problems/upload-submitted');
    await crawlEnd(test.owner, crawl_id);
    expect(await versions('raced')).toHaveLength(1);
  });

  it('deletes at once, clears away everything, and lets the name be used anew', async () => {
    const before = await objectKeys();
    const { submitted } = await publishCsv(test.owner, orders, { dataset: 'gone' });
    expect((await objectKeys()).length).toBe(before.length + 1);
    await test.owner.delete('/datasets/gone').expect(204);
    for (const path of ['/datasets/gone', '/datasets/gone/versions', '/tables/gone'])
      await test.owner.get(path).expect(404);
    await test.owner.delete('/datasets/gone').expect(404);
    expect(await status(submitted.upload_id)).toBe('expired');

    const again = await publishCsv(test.owner, 'id\n1\n', { dataset: 'gone' });
    expect(again.version).toMatchObject({ version: 1, rows: 1 });
    expect(await readTable(test, 'gone', 'select * from data')).toEqual([['1']]);
    await test.owner.delete('/datasets/gone').expect(204);
    const jobs = async () => (await test.owner.get('/jobs?kind=datasets.remove').expect(200)).body.items;
    const done = await eventually(jobs, (items) =>
      items.every(({ state }: { state: string }) => state === 'succeeded'),
    );
    expect(done).toHaveLength(2);
    expect(await objectKeys()).toEqual(before);
  });

  it('lists by name, in pages, and finds by a part of the name', async () => {
    for (const name of ['list_a', 'list_b', 'list_c']) await publishCsv(test.owner, 'id\n1\n', { dataset: name });
    const names = (items: Dataset[]) => items.map((each) => each.dataset);
    const first = (await test.owner.get('/datasets?search=LIST_&limit=2').expect(200)).body;
    expect(names(first.items)).toEqual(['list_a', 'list_b']);
    const next = await test.owner.get(`/datasets?search=LIST_&limit=2&cursor=${first.next_cursor}`).expect(200);
    expect(names(next.body.items)).toEqual(['list_c']);
    expect(next.body.next_cursor).toBeNull();
    await test.owner.get(`/datasets?limit=2&cursor=${first.next_cursor}`).expect(400);
    expect(names((await test.owner.get('/datasets?search=%25').expect(200)).body.items)).toEqual([]);
  });

  it('R1: shows nothing of it to another workspace, nor that it exists', async () => {
    const { submitted } = await publishCsv(test.owner, orders, { dataset: 'secret' });
    const { client } = await addWorkspace(test);
    const paths = [
      ['/datasets/secret', '/datasets/nothing'],
      ['/datasets/secret/versions', '/datasets/nothing/versions'],
      ['/datasets/secret/versions/1', '/datasets/nothing/versions/1'],
      ['/datasets/secret/versions/1/rejects', '/datasets/nothing/versions/1/rejects'],
      ['/tables/secret', '/tables/nothing'],
      [`/crawls/${submitted.crawl_id}`, '/crawls/crawl_0'],
      [`/crawls/${submitted.crawl_id}/events`, '/crawls/crawl_0/events'],
      [`/jobs/${submitted.job_id}`, '/jobs/job_0'],
      [`/jobs/${submitted.job_id}/events`, '/jobs/job_0/events'],
    ] as const;
    for (const [foreign, absent] of paths) {
      const { body } = await client.get(foreign).expect(404);
      const { body: same } = await client.get(absent).expect(404);
      expect([body.type, body.title, Object.keys(body)]).toEqual([same.type, same.title, Object.keys(same)]);
    }
    const uploadId = await uploadCsv(client, orders);
    await client.delete('/datasets/secret').expect(404);
    await client.post('/datasets/secret/versions/1/restore').expect(404);
    await client.post('/crawls', { dataset: 'secret' }).expect(404);
    await client.post(`/crawls/${submitted.crawl_id}/stop`).expect(404);
    await client.post(`/jobs/${submitted.job_id}/cancel`).expect(404);
    await client.post(`/jobs/${submitted.job_id}/retry`).expect(404);
    await client.patch('/tables/secret', { description: 'mine' }).expect(404);
    await client.post(`/uploads/${submitted.upload_id}/submit`, { dataset: 'mine', mode: 'create' }).expect(404);
    await client.post(`/uploads/${uploadId}/submit`, { dataset: 'secret', mode: 'append' }).expect(404);
    for (const list of ['/datasets', '/tables', '/crawls', '/jobs']) {
      expect((await client.get(list).expect(200)).body.items).toEqual([]);
    }
  });

  it('lets a viewer look and nothing else', async () => {
    const { client } = await addWorkspace(test, 'viewer', test.workspaceId);
    await client.get('/datasets/weather').expect(200);
    await client.delete('/datasets/weather').expect(403);
    await client.post('/datasets/weather/versions/1/restore').expect(403);
    await client.post('/crawls', { dataset: 'weather' }).expect(403);
    await client.patch('/tables/weather', { description: 'no' }).expect(403);
  });

  it('publishes a header without rows as an empty table', async () => {
    const { version } = await publishCsv(test.owner, 'id,name\n', { dataset: 'header_only' });
    expect(version).toMatchObject({ rows_in: 0, rows_stored: 0, rows_rejected: 0, rows: 0 });
    expect(await readTable(test, 'header_only', 'select count(*) from data')).toEqual([['0']]);
  });

  it.each([
    'airports.csv',
    'birdstrikes.csv',
    'disasters.csv',
    'github.csv',
    'iowa-electricity.csv',
    'la-riots.csv',
    'stocks.csv',
    'unemployment.tsv',
    'us-employment.csv',
    'zipcodes.csv',
  ])('publishes %s and accounts for every row', async (name) => {
    const { version } = await publishCsv(test.owner, exampleFile(name), {
      dataset: `example_${name.replaceAll(/\W/g, '_')}`,
    });
    expect(version.rows_in).toBeGreaterThan(0);
    expect(version).toMatchObject({ rows_rejected: 0, rows_stored: version.rows_in, rows: version.rows_in });
    expect(await readTable(test, version.dataset, 'select count(*) from data')).toEqual([[String(version.rows_in)]]);
  });
});
