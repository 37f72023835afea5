import { randomUUID } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tableFromIPC } from 'apache-arrow';
import { ObjectNotFound } from '../../src/providers/object-store/errors.js';
import type { ObjectStore } from '../../src/providers/object-store/object-store.js';
import {
  type CheckedStatement,
  type QueryEngine,
  type RunRequest,
  type SqlFault,
  SqlRejected,
  type TableFiles,
  type TableSchema,
} from '../../src/providers/query-engine/query-engine.js';
import { soonMs } from '../support/soon.js';

/** The table every engine under test is given: 2,000 orders with ids from 0, seven cities, and a text nobody asks for. */
export const ORDERS = {
  schema: {
    table: 'orders',
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'city', type: 'varchar' },
      { name: 'total', type: 'decimal(12,2)' },
      { name: 'note', type: 'varchar' },
    ],
  } satisfies TableSchema,
  /** Its rows, for whoever stores them as Parquet. */
  select: `SELECT i AS id, 'city ' || (i % 7) AS city, (i / 4)::DECIMAL(12,2) AS total, md5(i::VARCHAR) AS note FROM range(2000) t(i)`,
};

export interface QueryEngineUnderTest {
  readonly engine: QueryEngine;
  readonly objectStore: ObjectStore;
  readonly orders: TableFiles;
  close(): Promise<void>;
}

/** What every query engine promises. */
export function queryEngineContract(name: string, open: () => Promise<QueryEngineUnderTest>): void {
  describe(`${name}: the promises of a query engine`, () => {
    let test: QueryEngineUnderTest;
    let engine: QueryEngine;

    beforeAll(async () => {
      test = await open();
      engine = test.engine;
    });

    afterAll(() => test.close());

    const check = (sql: string): Promise<CheckedStatement> => engine.check(sql, [ORDERS.schema]);

    async function request(sql: string, overrides: Partial<RunRequest> = {}): Promise<RunRequest> {
      return {
        queryId: randomUUID(),
        workspaceId: 'w',
        statement: await check(sql),
        userSql: sql,
        schemas: [ORDERS.schema],
        tables: [test.orders],
        parameters: [],
        maxRows: 1_000,
        deadlineMs: 60_000,
        firstPageRows: 100,
        resultKey: `workspaces/w/results/${randomUUID()}.parquet`,
        signal: new AbortController().signal,
        ...overrides,
      };
    }

    const run = async (sql: string, overrides: Partial<RunRequest> = {}) => engine.run(await request(sql, overrides));

    async function faultOf(work: Promise<unknown>): Promise<SqlFault> {
      const error: unknown = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof SqlRejected)) throw new Error(`Expected a fault, not ${String(error)}`);
      return error.fault;
    }

    describe('check', () => {
      it('gives a sign of life', async () => {
        await expect(engine.ping()).resolves.toBeUndefined();
      });

      it('tells tables, columns and parameters of a statement', async () => {
        const statement = await check('SELECT city, sum(total) FROM Orders WHERE id > ? GROUP BY city');
        expect(statement.tables).toEqual(['orders']);
        expect([...(statement.columns['orders'] ?? [])].sort()).toEqual(['city', 'id', 'total']);
        expect(statement.parameterCount).toBe(1);
      });

      it.each([
        ['DELETE FROM orders', 'not_read_only'],
        ['CREATE TABLE t AS SELECT * FROM orders', 'not_read_only'],
        ['DROP TABLE orders', 'not_read_only'],
        ['SELECT FROM WHERE', 'syntax'],
        ['SELECT * FROM customers', 'unknown_table'],
      ])('R30: refuses %s', async (sql, kind) => {
        expect((await faultOf(check(sql))).kind).toBe(kind);
      });

      it('R30: refuses a second statement', async () => {
        await expect(check('SELECT 1; DROP TABLE orders')).rejects.toBeInstanceOf(SqlRejected);
      });
    });

    describe('estimate', () => {
      it('counts the bytes of the columns that are read', async () => {
        const narrow = await engine.estimate(await check('SELECT sum(id) FROM orders'), [test.orders]);
        const wide = await engine.estimate(await check('SELECT * FROM orders'), [test.orders]);
        expect(narrow.bytesScanned).toBeGreaterThan(0);
        expect(wide.bytesScanned).toBeGreaterThan(narrow.bytesScanned * 2);
        expect(narrow.tables).toEqual([{ table: 'orders', bytes: narrow.bytesScanned }]);
      });
    });

    describe('dry run', () => {
      it('finds out before the run that types and functions do not go together', async () => {
        for (const [sql, kind] of [
          ['SELECT id FROM orders WHERE note > 5 AND city = sum(total)', 'type_mismatch'],
          ['SELECT abs(city) FROM orders', 'type_mismatch'],
          ['SELECT city FROM orders GROUP BY id', 'type_mismatch'],
        ] as const) {
          const asked = await request(sql);
          expect((await faultOf(engine.dryRun(asked))).kind).toBe(kind);
          expect(await test.objectStore.head(asked.resultKey)).toBeUndefined();
        }
      });

      it('passes what can be run, reads no row of it, and leaves the run as it is', async () => {
        // Every row of it would fail.
        const failing = await request("SELECT CAST(city || 'x' AS integer) AS n FROM orders");
        await engine.dryRun(failing);
        expect((await faultOf(engine.run(failing))).kind).toBe('data');
        const endless = 'SELECT count(*) FROM orders a, orders b, orders c, orders d WHERE a.id + b.id = c.id + d.id';
        await engine.dryRun(await request(endless));
        const asked = await request(
          "SELECT date_diff('day', date '2024-01-01', date '2024-01-03') AS n FROM orders LIMIT 1",
        );
        await engine.dryRun(asked);
        expect(await test.objectStore.head(asked.resultKey)).toBeUndefined();
        expect((await engine.run(asked)).firstPage?.rowsJson).toBe('[["2"]]');
      });

      it('binds parameters', async () => {
        const sql = 'SELECT id FROM orders WHERE city = ? AND id > ?';
        const asked = await request(sql, { parameters: ['city 3', 1990] });
        await engine.dryRun(asked);
        expect((await engine.run(asked)).rowCount).toBe(2);
        const wrong = await request('SELECT abs(?) FROM orders', { parameters: ['city'] });
        expect((await faultOf(engine.dryRun(wrong))).kind).not.toBe('cancelled');
      });

      it('R32: ends when it is cancelled', async () => {
        const controller = new AbortController();
        controller.abort();
        const asked = await request('SELECT id FROM orders', { signal: controller.signal });
        expect((await faultOf(engine.dryRun(asked))).kind).toBe('cancelled');
      });
    });

    describe('run', () => {
      it('answers with the first page and stores the whole result', async () => {
        const asked = await request('SELECT id, total FROM orders ORDER BY id', { firstPageRows: 2 });
        const outcome = await engine.run(asked);
        expect(outcome).toMatchObject({
          columns: [
            { name: 'id', type: 'bigint' },
            { name: 'total', type: 'decimal(12,2)' },
          ],
          rowCount: 1_000,
          truncated: true,
          firstPage: { rowsJson: '[["0","0.00"],["1","0.25"]]', rowCount: 2 },
        });
        expect((await test.objectStore.head(asked.resultKey))?.bytes).toBe(outcome.resultBytes);
      });

      it('keeps the order that was asked for', async () => {
        const { firstPage } = await run('SELECT id FROM orders WHERE id < 1000 ORDER BY id DESC', {
          firstPageRows: 1_000,
        });
        const ids = (JSON.parse(firstPage?.rowsJson ?? '') as [string][]).map(([id]) => Number(id));
        expect(ids).toEqual(Array.from({ length: 1_000 }, (_, index) => 999 - index));
      });

      it('names columns without a name by their position, and keeps equal names', async () => {
        const { columns } = await run('SELECT count(*), 1 AS a, 2 AS a FROM orders');
        expect(columns.map((column) => column.name)).toEqual(['_col0', 'a', 'a']);
      });

      it('binds parameters', async () => {
        const parameters = ["city 3' OR 1 = 1 --", 5];
        const outcome = await run('SELECT count(*) AS n FROM orders WHERE city = ? AND id > ?', { parameters });
        expect(outcome.firstPage?.rowsJson).toBe('[["0"]]');
      });

      it('stores a result without rows', async () => {
        const asked = await request('SELECT city FROM orders WHERE id < 0');
        expect(await engine.run(asked)).toMatchObject({ rowCount: 0, truncated: false, firstPage: { rowsJson: '[]' } });
        expect(await engine.page(asked.resultKey, 0, 10)).toMatchObject({ rowsJson: '[]', rowCount: 0 });
      });

      it('R31: ends a run at its deadline with a fault', async () => {
        const endless =
          'SELECT count(*) FROM orders a, orders b, orders c, orders d WHERE a.id + b.id + c.id = d.id + 7';
        const started = Date.now();
        expect((await faultOf(run(endless, { deadlineMs: 500 }))).kind).toBe('deadline');
        expect(Date.now() - started).toBeLessThan(500 + soonMs);
      });

      it('R32: ends a run within a second of its cancellation', async () => {
        const endless =
          'SELECT count(*) FROM orders a, orders b, orders c, orders d WHERE a.id + b.id + c.id = d.id + 7';
        const controller = new AbortController();
        const running = faultOf(run(endless, { signal: controller.signal }));
        await wait(600);
        const cancelled = Date.now();
        controller.abort();
        expect((await running).kind).toBe('cancelled');
        expect(Date.now() - cancelled).toBeLessThan(soonMs);
      });

      it('stores nothing for a run that fails', async () => {
        const asked = await request('SELECT CAST(city AS integer) AS n FROM orders');
        await faultOf(engine.run(asked));
        expect(await test.objectStore.head(asked.resultKey)).toBeUndefined();
      });
    });

    describe('stored results', () => {
      let key: string;

      beforeAll(async () => {
        const asked = await request(`SELECT id, city, '=' || city AS formula FROM orders ORDER BY id`, {
          maxRows: 1_500,
        });
        await engine.run(asked);
        key = asked.resultKey;
      });

      it('reads any page', async () => {
        expect((await engine.page(key, 700, 2)).rowsJson).toBe(
          '[["700","city 0","=city 0"],["701","city 1","=city 1"]]',
        );
        expect((await engine.page(key, 1_499, 10)).rowCount).toBe(1);
        expect((await engine.page(key, 5_000, 10)).rowsJson).toBe('[]');
      });

      it('R27: exports CSV whose formulas are inert, unless they are asked for', async () => {
        const { signal } = new AbortController();
        const csv = await text(await engine.export(key, { format: 'csv', signal }));
        expect(csv.split('\r\n').slice(0, 2)).toEqual(['id,city,formula', "0,city 0,'=city 0"]);
        expect(csv.split('\r\n')).toHaveLength(1_502);
        const raw = await text(await engine.export(key, { format: 'csv', raw: true, signal }));
        expect(raw.split('\r\n')[1]).toBe('0,city 0,=city 0');
      });

      it('exports JSON and Arrow', async () => {
        const { signal } = new AbortController();
        const rows = JSON.parse(await text(await engine.export(key, { format: 'json', signal }))) as unknown[];
        expect(rows).toHaveLength(1_500);
        expect(rows[1]).toEqual({ id: '1', city: 'city 1', formula: '=city 1' });
        const table = await tableFromIPC(await engine.export(key, { format: 'arrow', signal }));
        expect(table.numRows).toBe(1_500);
        expect(table.get(1)?.toJSON()).toEqual({ id: 1n, city: 'city 1', formula: '=city 1' });
      });

      it('exports the Parquet file that is stored', async () => {
        const { signal } = new AbortController();
        const file = await buffer(await engine.export(key, { format: 'parquet', signal }));
        expect(file.equals(await buffer(await test.objectStore.get(key)))).toBe(true);
      });

      it('says when a result was lost in part', async () => {
        const { signal } = new AbortController();
        const whole = await buffer(await test.objectStore.get(key));
        for (const bytes of [whole.subarray(0, -1), whole.subarray(0, 0)]) {
          await test.objectStore.put('workspaces/w/results/part.parquet', bytes);
          await expect(engine.page('workspaces/w/results/part.parquet', 0, 1)).rejects.toBeInstanceOf(ObjectNotFound);
          const exporting = engine.export('workspaces/w/results/part.parquet', { format: 'parquet', signal });
          await expect(exporting).rejects.toBeInstanceOf(ObjectNotFound);
        }
      });

      it('says when there is no such result', async () => {
        const { signal } = new AbortController();
        await expect(engine.page('workspaces/w/results/none.parquet', 0, 1)).rejects.toBeInstanceOf(ObjectNotFound);
        const exporting = engine.export('workspaces/w/results/none.parquet', { format: 'csv', signal });
        await expect(exporting).rejects.toBeInstanceOf(ObjectNotFound);
      });
    });
  });
}
