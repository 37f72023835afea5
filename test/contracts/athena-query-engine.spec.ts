import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CatalogTable } from '../../src/providers/catalog/catalog.js';
import { createGlueClient } from '../../src/providers/catalog/glue/glue-client.js';
import { GlueCatalog } from '../../src/providers/catalog/glue/glue.catalog.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { DuckDbWorkers } from '../../src/providers/duckdb-workers/duckdb-workers.js';
import { S3ObjectStore } from '../../src/providers/object-store/s3/s3.object-store.js';
import { createAthenaClient } from '../../src/providers/query-engine/athena/athena-client.js';
import { type AthenaOptions, AthenaQueryEngine } from '../../src/providers/query-engine/athena/athena.query-engine.js';
import { DuckDbQueryEngine } from '../../src/providers/query-engine/duckdb/duckdb.query-engine.js';
import { QueryEngineUnavailable } from '../../src/providers/query-engine/errors.js';
import { type RunRequest, type SqlFault, SqlRejected } from '../../src/providers/query-engine/query-engine.js';
import { bucketWriter } from '../support/aws/athena/bucket-writer.js';
import { duckDbRunner } from '../support/aws/athena/duckdb-runner.js';
import { FakeAthena } from '../support/aws/athena/fake-athena.js';
import { FakeGlue } from '../support/aws/glue/fake-glue.js';
import { FakeS3 } from '../support/aws/s3/fake-s3.js';
import { writeParquet } from '../support/parquet.js';
import { until } from '../support/until.js';
import { ORDERS, queryEngineContract } from './query-engine.contract.js';

/** Waits a hundredth of the time, and remembers how long it was to be. */
class HastyClock extends SystemClock {
  readonly sleeps: number[] = [];

  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    return super.sleep(milliseconds / 100, signal);
  }
}

const limits = {
  queryWorkers: 2,
  queryMemoryMegabytes: 256,
  queryDataLimitMegabytes: 1500,
  ingestWorkers: 1,
  ingestMemoryMegabytes: 256,
  ingestDataLimitMegabytes: 1500,
  ingestThreads: 1,
};

/** All of AWS that a query needs, with the table of orders in it. */
async function openAws() {
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
  const [s3, glue] = await Promise.all([FakeS3.start(), FakeGlue.start()]);
  const objectStore = await S3ObjectStore.open({
    ...s3.clientConfig,
    forcePathStyle: true,
    bucket: s3.bucket,
    prefix: 'tabletalk',
    scratchDirectory: join(folder, 'scratch'),
  });
  const file = join(objectStore.scratchDirectory, 'orders.parquet');
  await writeParquet(file, ORDERS.select);
  const key = 'workspaces/w/datasets/orders/1/data.parquet';
  const { bytes } = await objectStore.putFile(key, file);
  const catalog = new GlueCatalog(createGlueClient(glue.clientConfig), objectStore, new SystemClock(), {
    databasePrefix: 'tabletalk_',
  });
  const orders: CatalogTable = {
    table: 'orders',
    columns: ORDERS.schema.columns.map(({ name, type }) => ({ name, type: type as 'bigint', nullable: true })),
    rows: 2000,
    bytes,
    object_keys: [key],
    data_version: 1,
    updated_at: new Date().toISOString(),
  };
  for (const workspaceId of ['w', 'other']) await catalog.put(workspaceId, orders);
  const workers = new DuckDbWorkers(limits, objectStore.scratchDirectory);
  const local = new DuckDbQueryEngine(workers, objectStore, { pricePerTerabyte: 5 });
  const bucket = bucketWriter(s3);
  const athena = await new FakeAthena(duckDbRunner(local, glue.tables, objectStore), bucket.write).listen();
  const client = createAthenaClient(athena.clientConfig);
  const clock = new HastyClock();
  const engine = (options: Partial<AthenaOptions> = {}) =>
    new AthenaQueryEngine(
      { client, local, workers, objectStore, clock, readResult: (location) => objectStore.getBeside(location) },
      {
        databasePrefix: 'tabletalk_',
        workgroupPrefix: 'tabletalk-',
        outputLocation: `s3://${s3.bucket}/athena-results/`,
        bytesCutoff: 1e9,
        tokenKey: Buffer.from('a secret'),
        reuseMinutes: 0,
        pricePerTerabyte: 5,
        ...options,
      },
    );
  const close = async () => {
    await workers.close();
    client.destroy();
    bucket.close();
    await Promise.all([athena.close(), glue.close(), s3.close()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  return { athena, s3, clock, engine, objectStore, catalog, orders, files: [objectStore.location(key)], close };
}

queryEngineContract('AthenaQueryEngine', async () => {
  const { engine, objectStore, files: locations, close } = await openAws();
  return { engine: engine(), objectStore, orders: { table: 'orders', locations }, close };
});

describe('AthenaQueryEngine', () => {
  let aws: Awaited<ReturnType<typeof openAws>>;
  let engine: AthenaQueryEngine;

  beforeAll(async () => {
    aws = await openAws();
  });
  afterAll(() => aws.close());
  beforeEach(() => {
    engine = aws.engine();
    aws.clock.sleeps.length = 0;
  });

  async function run(sql: string, overrides: Partial<RunRequest> = {}, using = engine) {
    return using.run({
      queryId: randomUUID(),
      workspaceId: 'w',
      statement: await using.check(sql, [ORDERS.schema]),
      userSql: sql,
      schemas: [ORDERS.schema],
      tables: [{ table: 'orders', locations: aws.files }],
      parameters: [],
      maxRows: 10_000,
      deadlineMs: 60_000,
      firstPageRows: 100,
      resultKey: `workspaces/w/results/${randomUUID()}.parquet`,
      signal: new AbortController().signal,
      ...overrides,
    });
  }
  const rows = async (sql: string, overrides?: Partial<RunRequest>, using?: AthenaQueryEngine) =>
    JSON.parse((await run(sql, overrides, using)).firstPage!.rowsJson) as unknown;
  const executions = () => [...aws.athena.executions.values()];

  async function faultOf(work: Promise<unknown>): Promise<SqlFault> {
    const error: unknown = await work.catch((reason: unknown) => reason);
    if (!(error instanceof SqlRejected)) throw new Error(`Expected a fault, not ${String(error)}`);
    return error.fault;
  }

  it('gives every value as it is, however it travels', async () => {
    const sql = `SELECT * FROM (VALUES
      (1, 9007199254740993, CAST('12345678901234567890.12' AS decimal(22,2)), 0.1e0, true, DATE '2024-02-29', TIMESTAMP '2024-02-29 01:02:03.456', 'a"b,' || chr(10) || 'c', ''),
      (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) AS t (n, big, exact, x, yes, day, at, txt, nothing)`;
    expect(await rows(sql)).toEqual([
      [
        1,
        '9007199254740993',
        '12345678901234567890.12',
        0.1,
        true,
        '2024-02-29',
        '2024-02-29T01:02:03.456',
        'a"b,\nc',
        '',
      ],
      [2, null, null, null, null, null, null, null, null],
    ]);
  });

  it('reads large results from the bucket, in their order and no further than asked', async () => {
    const before = aws.s3.count('GetObject');
    const outcome = await run(`SELECT id, NULLIF(city, 'city 0') AS city FROM orders ORDER BY id DESC`, {
      maxRows: 1_500,
    });
    expect(outcome).toMatchObject({ rowCount: 1_500, truncated: true });
    expect((JSON.parse(outcome.firstPage!.rowsJson) as unknown[]).slice(0, 5)).toEqual([
      ['1999', 'city 4'],
      ['1998', 'city 3'],
      ['1997', 'city 2'],
      ['1996', 'city 1'],
      ['1995', null],
    ]);
    expect(aws.s3.count('GetObject')).toBeGreaterThan(before);
    expect(await run(`SELECT NULLIF(city, 'city 0') AS c FROM orders`)).toMatchObject({
      rowCount: 2_000,
      truncated: false,
    });
  });

  it('refuses results that are too large', async () => {
    const small = aws.engine({ maxResultBytes: 10_000 });
    expect((await faultOf(run('SELECT id, note FROM orders', {}, small))).kind).toBe('result_too_large');
  });

  it('caps what the statements of a workspace read, and moves the cap when it is changed', async () => {
    await rows('SELECT count(*) FROM orders', {}, aws.engine({ bytesCutoff: 2e9 }));
    const workgroup = aws.athena.workgroups.get('tabletalk-w')!;
    expect(workgroup).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 2e9,
      ResultConfiguration: { OutputLocation: 's3://lake/athena-results/w/' },
    });
  });

  it('R5: runs the same request of two workspaces twice, with tokens that tell nothing', async () => {
    const queryId = randomUUID();
    const before = executions().length;
    for (const workspaceId of ['w', 'other', 'w']) await rows('SELECT 1 AS a', { workspaceId, queryId });
    const started = executions().slice(before);
    expect(started.map(({ input }) => input.WorkGroup)).toEqual(['tabletalk-w', 'tabletalk-other']);
    for (const { input } of started) expect(input.ClientRequestToken).not.toContain(queryId);
  });

  it('R36: runs a statement once although the reply to its start was lost', async () => {
    await rows('SELECT 1 AS a');
    const before = executions().length;
    aws.athena.failNext({ operation: 'StartQueryExecution', drop: 'reply' });
    expect(await rows('SELECT 36 AS a')).toEqual([[36]]);
    expect(executions()).toHaveLength(before + 1);
  });

  it('R37: waits longer and longer at random while Athena is busy, and then runs once', async () => {
    await rows('SELECT 1 AS a');
    const before = executions().length;
    const busy = {
      name: 'TooManyRequestsException',
      status: 400,
      fields: { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' },
    };
    aws.clock.sleeps.length = 0;
    // The SDK itself tries four times.
    aws.athena.failNext({ operation: 'StartQueryExecution', error: busy, times: 4 });
    expect(await rows('SELECT 37 AS a')).toEqual([[37]]);
    expect(aws.athena.failed.get('StartQueryExecution')).toBeGreaterThanOrEqual(4);
    expect(aws.clock.sleeps[0]).toBeLessThanOrEqual(500);
    expect(executions()).toHaveLength(before + 1);
  });

  it('R37: runs again what Athena has failed at, and never what the author has', async () => {
    const failed = (ErrorCategory: number, StateChangeReason: string) => {
      const AthenaError = { ErrorCategory, ErrorMessage: StateChangeReason };
      return { State: 'FAILED' as const, StateChangeReason, AthenaError };
    };
    const before = executions().length;
    aws.athena.forcedEnds.push(failed(1, 'Internal error'), failed(1, 'Internal error'));
    expect(await rows('SELECT 1 AS a')).toEqual([[1]]);
    expect(executions()).toHaveLength(before + 3);
    aws.athena.forcedEnds.push(...[1, 1, 1].map((category) => failed(category, 'Internal error')));
    expect(await faultOf(run('SELECT 1 AS a'))).toMatchObject({ kind: 'engine', hint: 'Run it again in a moment.' });
    aws.athena.forcedEnds.push(failed(2, 'DIVISION_BY_ZERO: Division by zero'));
    expect(await faultOf(run('SELECT 1 AS a'))).toMatchObject({ kind: 'data', message: 'Division by zero' });
    expect(executions()).toHaveLength(before + 7);
  });

  it.each([
    [
      "COLUMN_NOT_FOUND: line 2:8: Column 'x' cannot be resolved",
      { kind: 'unknown_column', line: 2, column: 8, message: "Column 'x' cannot be resolved" },
    ],
    ['Query exhausted resources at this scale factor', { kind: 'memory' }],
    ['Query timeout', { kind: 'deadline' }],
    [
      'Access denied when writing output to url: s3://lake/athena-results/w/1.csv',
      { kind: 'engine', hint: expect.stringContaining('rights') },
    ],
  ])('R38: tells the author of %p', async (StateChangeReason, fault) => {
    aws.athena.forcedEnds.push({ State: 'FAILED', StateChangeReason, AthenaError: { ErrorCategory: 2 } });
    expect(await faultOf(run('SELECT 1 AS a'))).toMatchObject(fault);
    expect(JSON.stringify(fault)).not.toContain('s3://');
  });

  it('R38: says how much was read where a statement was ended for it', async () => {
    const Statistics = { DataScannedInBytes: 1_200_000_000 };
    aws.athena.forcedEnds.push({
      State: 'CANCELLED',
      StateChangeReason: 'Bytes scanned limit was exceeded',
      Statistics,
    });
    const fault = await faultOf(run('SELECT 1 AS a'));
    expect(fault).toMatchObject({ kind: 'too_many_bytes', message: expect.stringContaining('1,200 MB') });
  });

  it('R38: stops what it no longer waits for, and asks about it no more', async () => {
    const endless = 'SELECT count(*) FROM orders a, orders b, orders c, orders d WHERE a.id + b.id + c.id = d.id + 7';
    expect((await faultOf(run(endless, { deadlineMs: 400 }))).kind).toBe('deadline');
    const controller = new AbortController();
    const running = faultOf(run(endless, { signal: controller.signal }));
    await until(async () => executions().at(-1)?.state === 'RUNNING');
    controller.abort();
    expect((await running).kind).toBe('cancelled');
    expect(aws.athena.active).toBe(0);
    const asked = aws.athena.count('GetQueryExecution');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(aws.athena.count('GetQueryExecution')).toBe(asked);
  });

  it('R32: stops also what was cancelled before its start was answered', async () => {
    await rows('SELECT 1 AS a');
    const before = executions().length;
    aws.athena.queueMs = 300;
    const arrived = new Promise<void>((resolve) =>
      aws.athena.failNext({ operation: 'StartQueryExecution', delayMs: 500, begun: resolve }),
    );
    const controller = new AbortController();
    const running = faultOf(run('SELECT 32 AS a', { signal: controller.signal }));
    await arrived;
    controller.abort();
    expect((await running).kind).toBe('cancelled');
    await until(async () => executions().length > before && executions().at(-1)!.state === 'CANCELLED');
    aws.athena.queueMs = 5;
  });

  it('R4: reuses a result only while the data is the same', async () => {
    const reusing = aws.engine({ reuseMinutes: 60 });
    const scanned = async (locations: readonly string[]) => {
      await rows('SELECT sum(id) AS s FROM orders', { tables: [{ table: 'orders', locations }] }, reusing);
      return executions().at(-1)!.statistics.ResultReuseInformation!.ReusedPreviousResult;
    };
    expect(await scanned(aws.files)).toBe(false);
    expect(await scanned(aws.files)).toBe(true);
    expect(await scanned([...aws.files, 's3://lake/another'])).toBe(false);
  });

  it('R34: refuses what is longer than Athena takes, before it is sent', async () => {
    const before = aws.athena.count('StartQueryExecution');
    const text = (bytes: number) => `SELECT '${'€'.repeat(Math.floor((bytes - 9) / 3))}'`;
    expect((await faultOf(run(text(262_147)))).kind).toBe('not_allowed');
    const long = { parameters: ['x'.repeat(1025)] };
    expect((await faultOf(run('SELECT ? AS a', long))).kind).toBe('parameters');
    expect(aws.athena.count('StartQueryExecution')).toBe(before);
  });

  it('tells what was read and what that costs, at least what Athena bills at least', async () => {
    const { billed } = await run('SELECT sum(id) AS s FROM orders');
    expect(billed!.bytesScanned).toBeGreaterThan(0);
    expect(billed!.costUsd).toBeCloseTo(5e-5, 10);
    expect((await run('SELECT 1 AS a')).billed).toEqual({ bytesScanned: 0, costUsd: 0 });
  });

  it('R2: reads no database but the workspace’s own, whatever a comment hides', async () => {
    const sql =
      'SELECT count(*) AS n FROM awsdatacatalog.default.orders -- \r UNION ALL SELECT id FROM tabletalk_other.orders';
    expect(await rows(sql)).toEqual([['2000']]);
    const { input } = executions().at(-1)!;
    expect(input.QueryExecutionContext!.Database).toBe('tabletalk_w');
    expect(input.QueryString).not.toMatch(/default|tabletalk|--/);
    expect((await faultOf(run('SELECT * FROM tabletalk_other.orders'))).kind).toBe('unknown_table');
    expect((await faultOf(run(`SELECT 'Tabletalk_other' AS a`))).kind).toBe('not_allowed');
  });

  it('places faults of a dry run in the author’s own text', async () => {
    const userSql = 'SELECT id,\n  abs(city) FROM orders';
    const statement = await engine.check(userSql, [ORDERS.schema]);
    const tables = [{ table: 'orders', locations: aws.files }];
    const { signal } = new AbortController();
    const common = { workspaceId: 'w', statement, userSql, schemas: [ORDERS.schema], tables, parameters: [], signal };
    const asked = await faultOf(engine.dryRun(common));
    expect(asked.kind).toBe('type_mismatch');
    aws.athena.forcedEnds.push({
      State: 'FAILED',
      StateChangeReason: 'TYPE_MISMATCH: line 3:3: Unexpected parameters',
    });
    const fault = await faultOf(engine.dryRun(common));
    expect(fault).toMatchObject({ kind: 'type_mismatch', line: 2, column: 3, message: 'Unexpected parameters' });
  });

  it('tells what Athena says where it does not take a statement', async () => {
    await rows('SELECT 1 AS a');
    const error = { name: 'InvalidRequestException', status: 400, message: 'Queries of this type are not supported' };
    aws.athena.failNext({ operation: 'StartQueryExecution', error });
    expect((await faultOf(run('SELECT 1 AS a'))).message).toContain('Queries of this type are not supported');
  });

  it('removes the workgroup of a workspace, and makes again what somebody else has removed', async () => {
    await rows('SELECT 1 AS a', { workspaceId: 'other' });
    await engine.forget('other');
    await engine.forget('other');
    expect(aws.athena.workgroups.has('tabletalk-other')).toBe(false);
    expect(await rows('SELECT 1 AS a', { workspaceId: 'other' })).toEqual([[1]]);
    aws.athena.workgroups.delete('tabletalk-other');
    await expect(run('SELECT 1 AS a', { workspaceId: 'other' })).rejects.toBeInstanceOf(QueryEngineUnavailable);
    expect(await rows('SELECT 1 AS a', { workspaceId: 'other' })).toEqual([[1]]);
  });

  it('refuses columns that Athena cannot read', async () => {
    const schema = {
      table: 'shifts',
      columns: [
        { name: 'id', type: 'bigint' },
        { name: 'begins', type: 'time' },
      ],
    };
    expect((await faultOf(engine.check('SELECT begins FROM shifts', [schema]))).message).toContain('begins of shifts');
    expect((await engine.check('SELECT id FROM shifts;', [schema])).engineSql).toBe('SELECT id FROM shifts');
  });

  it('says when Athena stays away or does not let the service in', async () => {
    aws.athena.failNext({ operation: 'StartQueryExecution', error: { name: 'AccessDeniedException', status: 400 } });
    await expect(run('SELECT 1 AS a')).rejects.toBeInstanceOf(QueryEngineUnavailable);
    aws.athena.failNext({ operation: 'GetWorkGroup', error: { name: 'AccessDeniedException', status: 400 } });
    await expect(engine.ping()).rejects.toBeInstanceOf(QueryEngineUnavailable);
  });

  it('is there, also while Athena wants to be asked more slowly', async () => {
    const error = { name: 'TooManyRequestsException', status: 400 };
    aws.athena.failNext({ operation: 'GetWorkGroup', error, times: 4 });
    await expect(engine.ping()).resolves.toBeUndefined();
  });
});
