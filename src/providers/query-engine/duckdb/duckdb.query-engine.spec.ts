import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { parse } from 'papaparse';
import { writeParquet } from '../../../../test/support/parquet.js';
import { soonMs } from '../../../../test/support/soon.js';
import { until } from '../../../../test/support/until.js';
import { DuckDbWorkers } from '../../duckdb-workers/duckdb-workers.js';
import { LocalFilesObjectStore } from '../../object-store/local-files/local-files.object-store.js';
import { StatementNotChecked } from '../errors.js';
import { type CheckedStatement, type RunOutcome, type RunRequest, SqlRejected } from '../query-engine.js';
import { DuckDbQueryEngine } from './duckdb.query-engine.js';

const ORDERS = 'orders/1/data.parquet';

/** SQL of the engine that is handed over without the gate: what is refused here is refused by the worker itself. */
function unchecked(engineSql: string): CheckedStatement {
  return { engineSql, tables: ['orders'], columns: { orders: ['id'] }, parameterCount: 0, warnings: [] };
}

describe('DuckDbQueryEngine', () => {
  let folder: string;
  let store: LocalFilesObjectStore;
  let workers: DuckDbWorkers;
  let engine: DuckDbQueryEngine;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'query-engine-'));
    store = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
    const file = join(store.scratchDirectory, 'orders.parquet');
    await writeParquet(file, `SELECT i AS id, 'city ' || (i % 7) AS city FROM range(5000) t(i)`);
    await store.putFile(ORDERS, file);
    workers = new DuckDbWorkers(
      {
        queryWorkers: 2,
        queryMemoryMegabytes: 256,
        queryDataLimitMegabytes: 1500,
        ingestWorkers: 1,
        ingestMemoryMegabytes: 256,
        ingestDataLimitMegabytes: 1500,
        ingestThreads: 1,
      },
      store.scratchDirectory,
    );
    engine = new DuckDbQueryEngine(workers, store, { maxResultBytes: 20_000_000, pricePerTerabyte: 5 });
  });

  afterAll(async () => {
    await workers.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function request(engineSql: string, overrides: Partial<RunRequest> = {}): RunRequest {
    return {
      queryId: randomUUID(),
      workspaceId: 'w',
      statement: unchecked(engineSql),
      userSql: engineSql,
      schemas: [],
      tables: [{ table: 'orders', locations: [store.location(ORDERS)] }],
      parameters: [],
      maxRows: 1_000,
      deadlineMs: 60_000,
      firstPageRows: 100,
      resultKey: `results/${randomUUID()}.parquet`,
      signal: new AbortController().signal,
      ...overrides,
    };
  }

  function run(engineSql: string, overrides: Partial<RunRequest> = {}): Promise<RunOutcome> {
    return engine.run(request(engineSql, overrides));
  }

  async function rows(engineSql: string): Promise<unknown[][]> {
    const { firstPage } = await run(engineSql);
    return JSON.parse(firstPage?.rowsJson ?? '') as unknown[][];
  }

  async function faultOf(running: Promise<unknown>): Promise<string> {
    const error = await running.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SqlRejected)) throw new Error(`Not a fault: ${String(error)}`);
    return error.fault.kind;
  }

  async function exported(engineSql: string, format: 'csv' | 'json', raw = false): Promise<string> {
    const asked = request(engineSql);
    await engine.run(asked);
    return text(await engine.export(asked.resultKey, { format, raw, signal: asked.signal }));
  }

  describe('values', () => {
    it.each([
      ['9007199254740993::BIGINT', '9007199254740993'],
      ['170141183460469231731687303715884::HUGEINT', '170141183460469231731687303715884'],
      ['12345678901234567890.12::DECIMAL(38,2)', '12345678901234567890.12'],
      ['-7::INTEGER', -7],
      ['0.1::DOUBLE', 0.1],
      ["'NaN'::DOUBLE", 'NaN'],
      ["'-inf'::DOUBLE", '-Infinity'],
      ['true', true],
      ['NULL', null],
      ["DATE '2024-01-31'", '2024-01-31'],
      ["TIME '12:00:00'", '12:00:00'],
      ["TIMESTAMP '2024-01-31 12:00:00.123'", '2024-01-31T12:00:00.123'],
      ["TIMESTAMPTZ '2024-01-31 12:00:00.123+02'", '2024-01-31T10:00:00.123Z'],
      ["'a\"b\\c' || chr(10) || chr(1) || '😀'", 'a"b\\c\n\u0001😀'],
      ["'hello'::BLOB", 'aGVsbG8='],
      ["'5f75a2ab-007f-41a0-ba99-56edaa3bcbc3'::UUID", '5f75a2ab-007f-41a0-ba99-56edaa3bcbc3'],
      ['[1::HUGEINT, NULL]', ['1', null]],
      ['[]::INTEGER[]', []],
      ["{'a': 1, 'b': ['x', NULL], 'c': 'NaN'::DOUBLE}", { a: 1, b: ['x', null], c: 'NaN' }],
      ['row(1, [2::BIGINT])', { field0: 1, field1: ['2'] }],
      ["MAP {'k\"': {'v': NULL}}", { 'k"': { v: null } }],
      ['NULL::INTEGER[]', null],
      [`'{"a": [1, 2]}'::JSON`, { a: [1, 2] }],
      ['INTERVAL 1 DAY', '1 day'],
    ])('%s', async (sql, expected) => {
      const asked = request(`SELECT ${sql} AS v`);
      const { firstPage } = await engine.run(asked);
      expect(JSON.parse(firstPage?.rowsJson ?? '')).toEqual([[expected]]);
      expect((await engine.page(asked.resultKey, 0, 10)).rowsJson).toBe(firstPage?.rowsJson);
    });

    it('keeps names that are equal, missing or the engine’s own', async () => {
      const { columns, firstPage } = await run('SELECT 1 AS a, 2 AS a, 3 AS "A", 4 AS file_row_number, 5 AS "x""y"');
      expect(columns.map(({ name }) => name)).toEqual(['a', 'a', 'A', 'file_row_number', 'x"y']);
      expect(firstPage?.rowsJson).toBe('[[1,2,3,4,5]]');
    });

    it('binds parameters by their JSON types', async () => {
      const outcome = await run('SELECT ? AS s, ? AS i, ? AS b, ? AS n, ? AS d', {
        parameters: ["it's", 5, true, null, 1.5],
      });
      expect(outcome.firstPage?.rowsJson).toBe('[["it\'s",5,true,null,1.5]]');
    });
  });

  describe('results', () => {
    it('keeps the order, cuts at the row limit and says so', async () => {
      const asked = request('SELECT id FROM orders ORDER BY id DESC', { maxRows: 3_000 });
      const outcome = await engine.run(asked);
      expect(outcome).toMatchObject({ rowCount: 3_000, truncated: true });
      const last = await engine.page(asked.resultKey, 2_998, 10);
      expect(last).toMatchObject({ rowsJson: '[["2001"],["2000"]]', rowCount: 2 });
    });

    it('does not call a result cut that just fits', async () => {
      expect(await run('SELECT * FROM range(1000)')).toMatchObject({ rowCount: 1_000, truncated: false });
    });

    it('stores a result without rows', async () => {
      const asked = request('SELECT id, city FROM orders WHERE false');
      expect(await engine.run(asked)).toMatchObject({ rowCount: 0, firstPage: { rowsJson: '[]', rowCount: 0 } });
      expect(await exported('SELECT id, city FROM orders WHERE false', 'csv')).toBe('id,city\r\n');
      expect(JSON.parse(await exported('SELECT id FROM orders WHERE false', 'json'))).toEqual([]);
    });

    it('ends a statement that a comment would leave open', async () => {
      expect(await rows('SELECT 1 AS a -- no more')).toEqual([[1]]);
    });

    it('gives each of many quick statements its own result', async () => {
      for (let number = 0; number < 30; number++) {
        const { firstPage } = await run(`SELECT ${number} AS n, count(*) AS orders FROM orders WHERE id < ${number}`);
        expect(firstPage?.rowsJson).toBe(`[[${number},"${number}"]]`);
      }
    });

    it('leaves nothing behind in the scratch folder', async () => {
      await run('SELECT 1');
      await run('SELECT nonsense').catch(() => {});
      expect(readdirSync(store.scratchDirectory).filter((name) => name.startsWith('result-'))).toEqual([]);
    });

    it('refuses a result that is too large', async () => {
      const sql = `SELECT md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS m FROM range(3000000) t(i)`;
      expect(await faultOf(run(sql, { maxRows: 5_000_000 }))).toBe('result_too_large');
    });

    it('refuses to put a huge row into the memory of the service', async () => {
      expect(await faultOf(run(`SELECT repeat('x', 20000000) AS x`))).toBe('result_too_large');
    });
  });

  describe('exports', () => {
    it('tells an empty text from NULL and quotes what needs it', async () => {
      const csv = await exported(
        `SELECT NULL::VARCHAR AS "a,b", '' AS e, 'x"y' AS q, 'l1' || chr(10) || 'l2' AS n, -5 AS i`,
        'csv',
      );
      expect(csv).toBe('"a,b",e,q,n,i\r\n,"","x""y","l1\nl2",-5\r\n');
    });

    it('R27: never writes a text field that a spreadsheet takes for a formula', async () => {
      const triggers = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', '\n', 'a', ' ', "'");
      const cell = fc.string({ unit: triggers, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 50 }), async (cells) => {
          const values = cells.map((value) => `('${value.replaceAll("'", "''")}', -5)`).join(', ');
          const csv = await exported(`SELECT t AS "=h", i FROM (VALUES ${values}) v(t, i)`, 'csv');
          const [header, ...records] = parse<string[]>(csv, { newline: '\r\n' }).data.slice(0, -1);
          expect(header).toEqual(["'=h", 'i']);
          expect(records).toHaveLength(cells.length);
          records.forEach(([exportedCell, number], index) => {
            expect(exportedCell).not.toMatch(/^[=+\-@\t\r]/);
            expect(number).toBe('-5');
            const changed = /^[=+\-@\t\r\n]/.test(cells[index]!);
            expect(exportedCell).toBe(changed ? `'${cells[index]}` : cells[index]);
          });
        }),
        { numRuns: 12 },
      );
    });

    it('leaves formulas alone when raw is asked for', async () => {
      expect(await exported(`SELECT '=1+1' AS f`, 'csv', true)).toBe('f\r\n=1+1\r\n');
    });

    it('writes objects as JSON', async () => {
      const json = await exported(`SELECT 1 AS a, 2 AS a, [1.5] AS l UNION ALL SELECT 3, 4, NULL`, 'json');
      expect(JSON.parse(json)).toEqual([
        { a: 1, a_1: 2, l: ['1.5'] },
        { a: 3, a_1: 4, l: null },
      ]);
    });

    it('writes Arrow that other libraries read', async () => {
      const asked = request(
        `SELECT id, city, id % 2 = 0 AS even, -1.25::DECIMAL(10,2) AS d, DATE '1969-12-31' AS day, TIMESTAMP '2024-01-31 12:00:00' AS at, 'ab'::BLOB AS b, CASE WHEN id > 0 THEN 1 END AS n FROM orders ORDER BY id`,
        { maxRows: 5_000 },
      );
      await engine.run(asked);
      const table = tableFromIPC(await engine.export(asked.resultKey, { format: 'arrow', signal: asked.signal }));
      const { numRows } = await table;
      expect(numRows).toBe(5_000);
      const first = (await table).get(4_999)?.toJSON();
      expect(first).toMatchObject({
        id: 4999n,
        city: 'city 1',
        even: false,
        n: 1,
        day: new Date('1969-12-31').getTime(),
      });
      expect((await table).get(0)?.toJSON()).toMatchObject({ n: null });
    });

    it('ends the work when nobody reads any more', async () => {
      const asked = request('SELECT a.id, b.city FROM orders a, (FROM orders LIMIT 200) b', { maxRows: 1_000_000 });
      await engine.run(asked);
      const stream = await engine.export(asked.resultKey, { format: 'json', signal: asked.signal });
      await new Promise((resolve) => stream.once('data', resolve));
      expect(workers.results.busy).toBe(1);
      stream.destroy();
      await wait(800);
      expect(workers.results.busy).toBe(0);
    });
  });

  describe('hostile statements', () => {
    it.each([
      ["SELECT * FROM read_text('/etc/passwd')"],
      ["SELECT * FROM read_csv('/proc/self/environ')"],
      ["SELECT * FROM glob('/*')"],
      ["FROM read_parquet('/tmp/*.parquet')"],
      ["FROM 'https://example.com/a.parquet'"],
      ["FROM sniff_csv('/etc/passwd')"],
      ["SELECT getenv('PATH')"],
      ["COPY (SELECT 1) TO '/tmp/tabletalk-escape.csv'"],
      ['SET threads = 8'],
      ["ATTACH '/tmp/tabletalk-escape.db'"],
      ['INSTALL httpfs'],
    ])('R2, R30, R33: the worker itself refuses %s', async (sql) => {
      expect(await faultOf(run(sql))).toMatch(/engine|not_allowed|not_read_only|syntax|data|unknown/);
    });

    it('R2: does not open a file that lies beside the tables it was given', async () => {
      const foreign = 'orders/2/data.parquet';
      const file = join(store.scratchDirectory, 'foreign.parquet');
      await writeParquet(file, `SELECT 'canary' AS secret`);
      await store.putFile(foreign, file);
      const path = new URL(store.location(foreign)).pathname;
      writeFileSync(join(folder, 'plain.csv'), 'secret\ncanary\n');
      for (const hidden of [path, join(folder, 'plain.csv'), path.replace('/2/', '/1/../2/')]) {
        await expect(run(`SELECT * FROM '${hidden}'`)).rejects.toBeInstanceOf(SqlRejected);
      }
    });

    it.each([
      ['doubles a text without end', `SELECT length(repeat('x', 2000000000)) AS n`],
      ['compares huge texts', `SELECT levenshtein(repeat('a', 100000), repeat('b', 100000)) AS n`],
      ['reduces a huge list', `SELECT list_sum(list_transform(range(200000000), lambda x: x * 2)) AS n`],
      [
        'joins everything with everything',
        'SELECT count(*) AS n FROM orders a, orders b, orders c, orders d WHERE a.id + b.id + c.id + d.id = 7',
      ],
      ['recurses without end', 'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r'],
      ['sorts what does not fit', 'SELECT md5(i::VARCHAR) AS m FROM range(1000000000) t(i) ORDER BY m'],
      ['collects everything into one value', `SELECT string_agg(md5(i::VARCHAR), '') AS s FROM range(1000000000) t(i)`],
    ])('R31: a statement that %s ends in time, and another one runs', async (_, sql) => {
      const before = process.memoryUsage.rss();
      const started = Date.now();
      const bomb = faultOf(run(sql, { deadlineMs: 1_500 }));
      expect(await rows('SELECT 1 AS a')).toEqual([[1]]);
      expect(await bomb).toMatch(/deadline|memory|engine/);
      expect(Date.now() - started).toBeLessThan(1_500 + soonMs);
      expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
    });

    it.each([
      ['listens', 'SELECT count(*) AS n FROM range(100000000000)  t(i) WHERE i % 3 = 1'],
      ['does not listen', `SELECT levenshtein(repeat('a', 100000), repeat('b', 100000)) AS n`],
    ])('R32: cancelling a statement that %s takes less than a second', async (_, sql) => {
      const controller = new AbortController();
      const running = faultOf(run(sql, { signal: controller.signal }));
      await wait(1_000);
      expect(workers.queries.busy).toBe(1);
      const cancelled = Date.now();
      controller.abort();
      expect(await running).toBe('cancelled');
      expect(Date.now() - cancelled).toBeLessThan(soonMs);
      expect(workers.queries.busy).toBe(0);
    });
  });

  it('says of a statement for whose check there was no time that it may be tried again', async () => {
    await engine.check('SELECT 1 AS a', []);
    const hasty = new DuckDbQueryEngine(workers, store, { checkDeadlineMs: 200 });
    await until(async () => workers.checks.idle === 1);
    for (const pid of workers.checks.pids) process.kill(pid, 'SIGSTOP');
    await expect(hasty.check('SELECT 2 AS a', [])).rejects.toBeInstanceOf(StatementNotChecked);
    expect(await engine.check('SELECT 2 AS a', [])).toMatchObject({ tables: [], parameterCount: 0 });
  });

  it('estimates by the columns that are read', async () => {
    const one = { ...unchecked(''), columns: { orders: ['id'] } };
    const both = { ...unchecked(''), columns: { orders: ['id', 'city'] } };
    const tables = [{ table: 'orders', locations: [store.location(ORDERS)] }];
    const small = await engine.estimate(one, tables);
    const large = await engine.estimate(both, tables);
    const stored = (await store.head(ORDERS))?.bytes ?? 0;
    expect(small.bytesScanned).toBeGreaterThan(0);
    expect(large.bytesScanned).toBeGreaterThan(small.bytesScanned);
    expect(large.bytesScanned).toBeLessThan(stored);
    expect(large.costUsd).toBeCloseTo(5e-5, 10);
  });
});
