import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Crawl } from '../../src/modules/crawls/crawl.dto.js';
import { startApp, type StartOptions, type TestApp } from '../support/app.js';
import {
  crawlEnd,
  datasetObjects,
  exampleFile,
  publishCsv,
  readEvents,
  readTable,
  submitCsv,
  uploadCsv,
  versionOf,
} from '../support/publishing.js';
import { SteerableConverter } from '../support/steerable-converter.js';
import { SteerableProfiler } from '../support/steerable-profiler.js';
import { eventually } from '../support/stored-files.js';

const orders = 'id,city\n1,Lisbon\n2,São Paulo\n3,Lisbon\n';

interface ValueRow {
  workspace_id: string;
  table_name: string;
  column_name: string;
  value: string;
  folded: string;
  row_count: number;
}

describe('crawls', () => {
  let test: TestApp;
  let converter: SteerableConverter;
  let profiler: SteerableProfiler;
  const options: StartOptions = {
    settings: { SHUTDOWN_GRACE_SECONDS: '0' },
    adapters: (adapters) => ({
      ...adapters,
      tableConverter: (converter = new SteerableConverter(adapters.tableConverter)),
      tableProfiler: (profiler = new SteerableProfiler(adapters.tableProfiler)),
    }),
  };

  beforeAll(async () => {
    test = await startApp(options);
  });
  afterEach(() => {
    converter.release();
    profiler.release();
  });
  afterAll(() => test.close());

  const crawl = async (id: string | null) => (await test.owner.get(`/crawls/${id}`).expect(200)).body as Crawl;
  /** The crawl once it is held up in its conversion, or in its profile. */
  const heldUp = (id: string | null, phase: 'converting' | 'profiling') =>
    eventually(
      () => crawl(id),
      (each) => each.phase === phase && each.progress.fraction > 0,
    );
  const values = (table: string) =>
    test.app.adapters.database
      .tables<{ value_index: ValueRow }>()
      .selectFrom('value_index')
      .select(['column_name', 'value', 'folded', 'row_count'])
      .where('table_name', '=', table)
      .orderBy('column_name')
      .orderBy('value')
      .execute();

  it('goes through its phases and says what it changed', async () => {
    const { crawl: created } = await publishCsv(test.owner, orders, { dataset: 'orders' });
    expect(created).toMatchObject({ state: 'succeeded', phase: 'updating', progress: { fraction: 1 } });
    expect(created.tables).toEqual([{ table: 'orders', change: 'created', schema_changes: [] }]);
    expect(created.queued_at <= created.started_at! && created.started_at! <= created.finished_at!).toBe(true);

    const again = await test.owner.post('/crawls', { dataset: 'orders' }).expect(202);
    expect(again.headers['location']).toBe(`/api/v1/crawls/${again.body.crawl_id}`);
    const unchanged = await crawlEnd(test.owner, again.body.crawl_id);
    expect(unchanged.tables).toEqual([{ table: 'orders', change: 'unchanged', schema_changes: [] }]);

    const { crawl: updated } = await publishCsv(test.owner, orders, { dataset: 'orders', mode: 'append' });
    expect(updated.tables).toEqual([{ table: 'orders', change: 'updated', schema_changes: [] }]);
    await test.owner.post('/crawls', { dataset: 'nothing' }).expect(404);
    await test.owner.post('/crawls', { dataset: ['orders'] }).expect(400);
  });

  it('keeps an index of the values of text columns, always of one version as a whole', async () => {
    await publishCsv(test.owner, orders, { dataset: 'indexed' });
    expect(await values('indexed')).toEqual([
      { column_name: 'city', value: 'Lisbon', folded: 'lisbon', row_count: 2 },
      { column_name: 'city', value: 'São Paulo', folded: 'sao paulo', row_count: 1 },
    ]);
    await publishCsv(test.owner, 'town\nFaro\n', { dataset: 'indexed', mode: 'replace' });
    const one = [{ column_name: 'town', value: 'Faro', folded: 'faro', row_count: 1 }];
    expect(
      await eventually(
        () => values('indexed'),
        (rows) => rows.length === 1,
      ),
    ).toEqual(one);
  });

  it('R39: attaches twenty starts at once to one crawl', async () => {
    const { job_id } = await submitCsv(test.owner, orders, { dataset: 'raced', crawl: false });
    await readEvents(test.owner, `/jobs/${job_id}/events`);
    profiler.hold();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => test.owner.post('/crawls', { dataset: 'raced' }).expect(202)),
    );
    expect(new Set(answers.map(({ body }) => body.crawl_id)).size).toBe(1);
    profiler.release();
    await crawlEnd(test.owner, answers[0]!.body.crawl_id);
    const listed = (await test.owner.get('/crawls?dataset=raced').expect(200)).body.items as Crawl[];
    expect(listed).toHaveLength(1);
  });

  it('is there from the submit on, and a start attaches to it', async () => {
    converter.hold();
    const submitted = await submitCsv(test.owner, orders, { dataset: 'early' });
    expect(await heldUp(submitted.crawl_id, 'converting')).toMatchObject({
      state: 'running',
      progress: { fraction: 0.2, rows: 10 },
      tables: [],
      job_id: submitted.job_id,
    });
    const attached = await test.owner.post('/crawls', { dataset: 'early' }).expect(202);
    expect(attached.body.crawl_id).toBe(submitted.crawl_id);
    expect(await versionOf(test.owner, submitted)).toMatchObject({ state: 'converting', current: false, rows: null });
    await test.owner
      .get('/datasets/early')
      .expect(({ body }) => expect(body).toMatchObject({ version: null, rows: 0 }));
    await test.owner.get('/datasets/early/versions/1/rejects').expect(409);
    converter.release();
    expect(await crawlEnd(test.owner, submitted.crawl_id!)).toMatchObject({ state: 'succeeded' });
  });

  it('streams its events, over both of its parts, and goes on after the last one that was seen', async () => {
    const { crawl_id } = await submitCsv(test.owner, exampleFile('seattle-weather.csv'), { dataset: 'streamed' });
    const path = `/crawls/${crawl_id}/events`;
    const events = await readEvents(test.owner, path);
    const last = events.at(-1)!;
    expect(last.event).toBe('succeeded');
    expect(last.data).toEqual(await crawl(crawl_id));
    const steps = events.filter(({ event }) => event === 'progress').map(({ data }) => data as Crawl);
    expect(steps[0]).toEqual({ state: 'queued', phase: 'queued', progress: { fraction: 0 } });
    expect([...new Set(steps.map((step) => step.phase))]).toEqual(expect.arrayContaining(['converting', 'updating']));
    const fractions = steps.map((step) => step.progress.fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    for (const [index, id] of ids.entries()) {
      expect(await readEvents(test.owner, path, id)).toEqual(events.slice(index + 1));
    }
    await test.owner.get('/crawls/crawl_0/events').expect(404);
  });

  it('stopped while it converts, it leaves nothing behind', async () => {
    const before = await datasetObjects(test);
    converter.hold();
    const submitted = await submitCsv(test.owner, orders, { dataset: 'stopped' });
    await heldUp(submitted.crawl_id, 'converting');
    const stopping = await test.owner.post(`/crawls/${submitted.crawl_id}/stop`).expect(202);
    expect(['stopping', 'stopped']).toContain(stopping.body.state);
    expect(await crawlEnd(test.owner, submitted.crawl_id!)).toMatchObject({ state: 'stopped', phase: 'converting' });
    converter.release();
    await test.owner.get('/datasets/stopped').expect(404);
    await test.owner.get('/tables/stopped').expect(404);
    expect(
      await eventually(
        () => datasetObjects(test),
        (keys) => keys.length === before.length,
      ),
    ).toEqual(before);
    await test.owner.get(`/uploads/${submitted.upload_id}`).expect(({ body }) => expect(body.status).toBe('ready'));

    const again = await test.owner.post(`/uploads/${submitted.upload_id}/submit`, {
      dataset: 'stopped',
      mode: 'create',
    });
    expect(again.body.version).toBe(1);
    expect(await crawlEnd(test.owner, again.body.crawl_id)).toMatchObject({ state: 'succeeded' });
    const late = await test.owner.post(`/crawls/${again.body.crawl_id}/stop`).expect(202);
    expect(late.body.state).toBe('succeeded');
  });

  it('stopped while it appends, it leaves the version before', async () => {
    await publishCsv(test.owner, orders, { dataset: 'kept' });
    converter.hold();
    const submitted = await submitCsv(test.owner, orders, { dataset: 'kept', mode: 'append' });
    const busy = await test.owner.post(`/uploads/${await uploadCsv(test.owner, orders)}/submit`, {
      dataset: 'kept',
      mode: 'append',
    });
    expect(busy.status).toBe(409);
    expect(busy.body).toMatchObject({ type: '/problems/dataset-busy', version: 2, crawl_id: submitted.crawl_id });
    await test.owner.post(`/crawls/${submitted.crawl_id}/stop`).expect(202);
    expect(await crawlEnd(test.owner, submitted.crawl_id!)).toMatchObject({ state: 'stopped' });
    converter.release();
    await test.owner
      .get('/datasets/kept')
      .expect(({ body }) => expect(body).toMatchObject({ version: 1, versions: 1, rows: 3 }));
    expect(await readTable(test, 'kept', 'select count(*) from data')).toEqual([['3']]);
  });

  it('R26: tries a file that kills the converter once more, then fails and says so', async () => {
    converter.crashNext(1);
    await publishCsv(test.owner, orders, { dataset: 'lucky' });

    converter.crashNext(10);
    const calls = converter.calls;
    const { crawl_id, upload_id, job_id } = await submitCsv(test.owner, orders, { dataset: 'deadly' });
    const failed = await crawlEnd(test.owner, crawl_id!);
    converter.crashNext(0);
    expect(failed).toMatchObject({ state: 'failed', error: { type: '/problems/conversion-crashed' } });
    expect(converter.calls - calls).toBe(2);
    const version = await versionOf(test.owner, { dataset: 'deadly', version: 1 });
    expect(version).toMatchObject({ state: 'failed', error: failed.error, current: false });
    await test.owner
      .get(`/jobs/${job_id}`)
      .expect(({ body }) => expect(body).toMatchObject({ state: 'failed', dead: true }));

    const again = await test.owner
      .post(`/uploads/${upload_id}/submit`, { dataset: 'deadly', mode: 'create' })
      .expect(202);
    expect(again.body.version).toBe(2);
    await crawlEnd(test.owner, again.body.crawl_id);
    await test.owner
      .get('/datasets/deadly')
      .expect(({ body }) => expect(body).toMatchObject({ version: 2, versions: 1 }));
  });

  it('R40: fails with the reason when its data set is deleted meanwhile', async () => {
    const before = await datasetObjects(test);
    converter.hold();
    const submitted = await submitCsv(test.owner, orders, { dataset: 'doomed' });
    await heldUp(submitted.crawl_id, 'converting');
    await test.owner.delete('/datasets/doomed').expect(204);
    const failed = await crawl(submitted.crawl_id);
    expect(failed).toMatchObject({ state: 'failed', error: { type: '/problems/dataset-deleted' } });
    converter.release();
    await readEvents(test.owner, `/jobs/${submitted.job_id}/events`);
    await test.owner.get('/datasets/doomed').expect(404);
    await test.owner.get('/tables/doomed').expect(404);
    expect(await crawl(submitted.crawl_id)).toEqual(failed);
    expect(
      await eventually(
        () => datasetObjects(test),
        (keys) => keys.length === before.length,
      ),
    ).toEqual(before);
  });

  it('R40: leaves no table behind when its data set is deleted while it profiles, and the name is free', async () => {
    profiler.hold();
    const submitted = await submitCsv(test.owner, orders, { dataset: 'vanishing' });
    await heldUp(submitted.crawl_id, 'profiling');
    await test.owner.delete('/datasets/vanishing').expect(204);
    const again = await submitCsv(test.owner, 'town\nFaro\n', { dataset: 'vanishing' });
    profiler.release();
    expect(await crawl(submitted.crawl_id)).toMatchObject({ state: 'failed', phase: 'listing' });
    expect(await crawlEnd(test.owner, again.crawl_id!)).toMatchObject({ state: 'succeeded' });
    const { body } = await test.owner.get('/tables/vanishing').expect(200);
    expect(body.columns.map(({ name }: { name: string }) => name)).toEqual(['town']);
    expect(await values('vanishing')).toHaveLength(1);
  });

  it('stopped while it profiles, it leaves the published version for a later crawl', async () => {
    profiler.hold();
    const submitted = await submitCsv(test.owner, orders, { dataset: 'later' });
    await heldUp(submitted.crawl_id, 'profiling');
    await test.owner.post(`/crawls/${submitted.crawl_id}/stop`).expect(202);
    expect(await crawlEnd(test.owner, submitted.crawl_id!)).toMatchObject({ state: 'stopped', phase: 'profiling' });
    profiler.release();
    await test.owner.get('/tables/later').expect(404);
    expect(await versionOf(test.owner, submitted)).toMatchObject({ state: 'ready', current: true });
    const { body } = await test.owner.post('/crawls', { dataset: 'later' }).expect(202);
    expect(await crawlEnd(test.owner, body.crawl_id)).toMatchObject({ state: 'succeeded' });
    await test.owner.get('/tables/later').expect(200);
  });

  it.each([
    ['converts', 'converting', () => converter],
    ['profiles', 'profiling', () => profiler],
  ] as const)('R42: goes on after a restart while it %s, and ends once', async (verb, during, steered) => {
    steered().hold();
    const submitted = await submitCsv(test.owner, orders, { dataset: `restarted_${verb}` });
    await heldUp(submitted.crawl_id, during);
    test = await test.restart();
    expect(await crawlEnd(test.owner, submitted.crawl_id!)).toMatchObject({ state: 'succeeded' });
    expect(await versionOf(test.owner, submitted)).toMatchObject({ state: 'ready', rows_stored: 3 });
    expect(await readTable(test, submitted.dataset, 'select count(*) from data')).toEqual([['3']]);
    expect(await values(submitted.dataset)).toHaveLength(2);
    const events = await readEvents(test.owner, `/crawls/${submitted.crawl_id}/events`);
    expect(events.filter(({ event }) => ['succeeded', 'failed', 'stopped'].includes(event))).toHaveLength(1);
  });

  it('lists, newest first, in pages, by data set and state', async () => {
    const all = (await test.owner.get('/crawls?limit=200').expect(200)).body.items as Crawl[];
    const first = (await test.owner.get('/crawls?limit=3').expect(200)).body;
    const second = (await test.owner.get(`/crawls?limit=3&cursor=${first.next_cursor}`).expect(200)).body;
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 6));
    expect(all.map((each) => each.queued_at)).toEqual(
      all
        .map((each) => each.queued_at)
        .sort()
        .reverse(),
    );
    const failed = (await test.owner.get('/crawls?state=failed').expect(200)).body.items as Crawl[];
    expect(failed.map((each) => each.dataset).sort()).toEqual(['deadly', 'doomed', 'vanishing']);
    await test.owner.get('/crawls?state=unknown').expect(400);
    await test.owner.get(`/crawls?state=failed&cursor=${first.next_cursor}`).expect(400);
  });
});
