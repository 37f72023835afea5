import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Config, InvalidConfiguration } from '../../src/config/config.js';
import type { Connections } from '../../src/modules/connections/connection.dto.js';
import type { Health } from '../../src/modules/health/health.dto.js';
import type { Query } from '../../src/modules/queries/query.dto.js';
import { DuckDbWorkers } from '../../src/providers/duckdb-workers/duckdb-workers.js';
import { DuckDbQueryEngine } from '../../src/providers/query-engine/duckdb/duckdb.query-engine.js';
import { startApp, type TestApp } from '../support/app.js';
import { bucketWriter } from '../support/aws/athena/bucket-writer.js';
import { duckDbRunner, type Runner } from '../support/aws/athena/duckdb-runner.js';
import { FakeAthena } from '../support/aws/athena/fake-athena.js';
import { testRegion } from '../support/aws/fake-service.js';
import { useAwsServices } from '../support/aws/environment.js';
import { FakeGlue } from '../support/aws/glue/fake-glue.js';
import { FakeS3 } from '../support/aws/s3/fake-s3.js';
import { crawlEnd, publishCsv, submitCsv } from '../support/publishing.js';
import { until } from '../support/until.js';

const settings = {
  OBJECT_STORE: 's3',
  CATALOG: 'glue',
  QUERY_ENGINE: 'athena',
  S3_BUCKET: 'lake',
  S3_PREFIX: 'tabletalk/test',
  S3_FORCE_PATH_STYLE: 'true',
  GLUE_CRAWLER_ROLE_ARN: 'arn:aws:iam::123456789012:role/crawler',
  QUERY_PRICE_PER_TB: '5',
};
const limits = {
  queryWorkers: 1,
  queryMemoryMegabytes: 256,
  queryDataLimitMegabytes: 1500,
  ingestWorkers: 1,
  ingestMemoryMegabytes: 256,
  ingestDataLimitMegabytes: 1500,
  ingestThreads: 1,
};
const orders = `id,city\n${Array.from({ length: 500 }, (_, id) => `${id},${id % 2 ? 'Lisbon' : 'Porto'}`).join('\n')}\n`;

describe('the service with its tables in Glue and its queries on Athena', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'tabletalk-athena-'));
  const workers = new DuckDbWorkers(limits, scratch);
  let s3: FakeS3;
  let glue: FakeGlue;
  let athena: FakeAthena;
  let bucket: ReturnType<typeof bucketWriter>;
  let test: TestApp;
  let runner: Runner;

  beforeAll(async () => {
    [s3, glue] = await Promise.all([FakeS3.start(), FakeGlue.start()]);
    bucket = bucketWriter(s3);
    athena = await new FakeAthena((request) => runner(request), bucket.write).listen();
    useAwsServices({ S3: s3.endpoint, GLUE: glue.endpoint, ATHENA: athena.endpoint });
    test = await startApp({ settings });
    const { objectStore } = test.app.adapters;
    runner = duckDbRunner(new DuckDbQueryEngine(workers, objectStore), glue.tables, objectStore);
  });

  afterAll(async () => {
    await test.close();
    await workers.close();
    bucket.close();
    await Promise.all([s3.close(), glue.close(), athena.close()]);
    rmSync(scratch, { recursive: true, force: true });
  });

  const query = async (sql: string) => {
    const { body } = await test.owner.post('/queries', { sql, wait_ms: 30_000 }).expect(200);
    return body as Query & { query_id: string };
  };
  const database = () => `tabletalk_${test.workspaceId}`;

  it('publishes a file, shows what the crawler sees otherwise, and answers', async () => {
    glue.crawlers.columns = [
      { Name: 'id', Type: 'string' },
      { Name: 'city', Type: 'string' },
    ];
    const { crawl } = await publishCsv(test.owner, orders, { dataset: 'orders' });
    expect(crawl.tables).toMatchObject([
      {
        table: 'orders',
        change: 'created',
        crawler: { differences: [{ column: 'id', stored: 'bigint', found: 'string' }] },
      },
    ]);
    expect([...glue.tables.tablesOf(database()).keys()]).toEqual(['orders']);

    const answer = await query('SELECT city, count(*) AS n FROM default.orders GROUP BY city ORDER BY city');
    expect(answer).toMatchObject({ state: 'succeeded', engine: 'athena', row_count: 2 });
    expect(answer.bytes_scanned).toBeGreaterThan(0);
    expect(answer.cost_usd).toBeCloseTo(5e-5, 10);
    const page = await test.owner.get(`/queries/${answer.query_id}/results?limit=10`).expect(200);
    expect((page.body as { rows: unknown[][] }).rows).toEqual([
      ['Lisbon', '250'],
      ['Porto', '250'],
    ]);
    const csv = await test.owner.get(`/queries/${answer.query_id}/download?format=csv`).buffer(true).expect(200);
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual(['city,n', 'Lisbon,250']);
  });

  it('R40: publishes a file also where the crawler fails', async () => {
    glue.crawlers.end = { Status: 'FAILED', ErrorMessage: 'Access denied.' };
    const { crawl } = await publishCsv(test.owner, orders, { dataset: 'visits' });
    expect(crawl.tables[0]!.crawler).toEqual({ differences: [], error: expect.stringContaining('Access denied.') });
    glue.crawlers.end = { Status: 'SUCCEEDED' };
    expect(await query('SELECT count(*) AS n FROM visits')).toMatchObject({ state: 'succeeded' });
  });

  it('tells drivers of Athena where to connect, and what they must be allowed to do', async () => {
    const { body } = await test.owner.get('/connections').expect(200);
    const { direct_access: direct, drivers } = body as Connections;
    const [workgroup] = athena.workgroups.keys();
    const configured = athena.workgroups.get(workgroup!)!.ResultConfiguration!.OutputLocation!;
    expect(direct).toMatchObject({
      region: testRegion,
      workgroup,
      catalog: 'AwsDataCatalog',
      database: database(),
      output_location: configured,
    });
    expect(direct!.rights.join('\n')).toContain(`below s3://lake/tabletalk/test/workspaces/${test.workspaceId}/;`);
    expect(drivers.map(({ driver }) => driver)).toEqual(['jdbc', 'odbc']);
    for (const { connection } of drivers)
      for (const part of [testRegion, workgroup, database(), configured]) expect(connection).toContain(`=${part};`);
  });

  it('says why a statement failed, as of the embedded engine', async () => {
    const failed = await query('SELECT CAST(city AS bigint) AS n FROM orders');
    expect(failed).toMatchObject({ state: 'failed', error: { kind: 'data' } });
    expect(athena.active).toBe(0);
  });

  it('removes a data set from Glue, with its crawler and what that has found', async () => {
    await test.owner.delete('/datasets/visits').expect(204);
    expect([...glue.tables.tablesOf(database()).keys()]).toEqual(['orders']);
    expect([...glue.crawlers.crawlers.keys()]).toEqual([`${database()}_orders`]);
  });

  it('R40: holds no slot for a crawler at work, goes on with it after a restart, and stops it for nobody', async () => {
    glue.crawlers.crawlMs = 600_000;
    const names = Array.from({ length: 6 }, (_, index) => `slow_${index}`);
    const submitted = await Promise.all(names.map((dataset) => submitCsv(test.owner, orders, { dataset })));
    const running = () => [...glue.crawlers.crawlers.values()].filter(({ state }) => state === 'RUNNING').length;
    await until(async () => running() === 6);
    expect(await query('SELECT count(*) AS n FROM slow_5')).toMatchObject({ state: 'succeeded' });

    // From now on crawlers that are told to stop take no time to do so.
    glue.crawlers.crawlMs = 50;
    await test.owner.post(`/crawls/${submitted[0]!.crawl_id}/stop`).expect(202);
    expect(await crawlEnd(test.owner, submitted[0]!.crawl_id!)).toMatchObject({ state: 'stopped' });
    await test.owner.delete('/datasets/slow_1').expect(204);
    await until(async () => running() === 4);
    await until(async () => !glue.crawlers.crawlers.has(`${database()}_slow_1`));
    expect([...glue.tables.tablesOf(database()).keys()]).not.toContain('slow_1');
    expect(await query('SELECT count(*) AS n FROM slow_0')).toMatchObject({ state: 'succeeded' });

    test = await test.restart();
    glue.crawlers.finishAll();
    for (const { crawl_id: crawlId } of submitted.slice(2)) {
      expect(await crawlEnd(test.owner, crawlId!)).toMatchObject({
        state: 'succeeded',
        tables: [{ change: 'created', crawler: { differences: expect.any(Array) } }],
      });
    }
  });

  it('R60: takes requests while Glue and Athena are down, and says what is wrong with them', async () => {
    glue.failNext({ operation: 'GetTable', error: { name: 'AccessDeniedException', status: 400 } });
    athena.failNext({ operation: 'GetWorkGroup', error: { name: 'AccessDeniedException', status: 400 } });
    const ready = await fetch(`${test.address}/health/ready`);
    expect(ready.status).toBe(200);
    expect(((await ready.json()) as Health).dependencies.map(({ name }) => name)).toEqual(['database', 'object_store']);
    const health = (await (await fetch(`${test.address}/health`)).json()) as Health;
    expect(health).toMatchObject({
      status: 'degraded',
      dependencies: [
        { name: 'database', required: true, status: 'up' },
        { name: 'object_store', required: true, status: 'up' },
        { name: 'item_store', required: false, status: 'up' },
        { name: 'catalog', required: false, status: 'down', message: expect.stringContaining('AccessDenied') },
        { name: 'query_engine', required: false, status: 'down', message: expect.stringContaining('AccessDenied') },
        {
          name: 'vector_index',
          required: false,
          status: 'up',
          detail: expect.stringMatching(/^exact search in memory/),
        },
        { name: 'secrets', required: false, status: 'up', detail: 'master key' },
      ],
    });
  });

  it('R60: says that the catalog cannot be reached', async () => {
    glue.failNext({ error: { name: 'InternalServiceException', status: 500 }, times: 5 });
    const { body } = await test.owner.get('/tables').expect(503);
    expect(body).toMatchObject({ type: '/problems/catalog-unavailable' });
  });
});

describe('settings of Glue and Athena', () => {
  it.each([
    [{ OBJECT_STORE: 's3', S3_BUCKET: 'lake', QUERY_ENGINE: 'athena' }, /choose both/],
    [{ CATALOG: 'glue' }, /set OBJECT_STORE=s3/],
  ])('stops the service at start with %j', async (chosen, reason) => {
    const s3 = await FakeS3.start();
    useAwsServices({ S3: s3.endpoint });
    await expect(startApp({ settings: { S3_FORCE_PATH_STYLE: 'true', ...chosen } })).rejects.toThrow(reason);
    await s3.close();
  });

  it.each([
    [{ GLUE_DATABASE_PREFIX: 'Table-talk' }, 'GLUE_DATABASE_PREFIX'],
    [{ ATHENA_WORKGROUP_PREFIX: 'a b' }, 'ATHENA_WORKGROUP_PREFIX'],
    [{ ATHENA_OUTPUT_PREFIX: 'results' }, 'ATHENA_OUTPUT_PREFIX'],
    [{ S3_PREFIX: 'tabletalk', ATHENA_OUTPUT_PREFIX: 'tabletalk/athena/' }, 'ATHENA_OUTPUT_PREFIX'],
    [{ ATHENA_BYTES_CUTOFF: '1MB' }, 'ATHENA_BYTES_CUTOFF'],
    [{ PROVIDERS: 'aws' }, 'S3_BUCKET'],
  ])('refuses %j', (environment, variable) => {
    expect(() => Config.read(environment)).toThrow(InvalidConfiguration);
    expect(() => Config.read(environment)).toThrow(variable);
  });
});
