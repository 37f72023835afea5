import { beforeEach, describe, expect, it } from '@jest/globals';
import { ObjectNotFound } from '../../src/providers/object-store/errors.js';
import type { ObjectStore } from '../../src/providers/object-store/object-store.js';
import type { ProfileRequest, TableProfiler } from '../../src/providers/table-profiler/table-profiler.js';

export interface ProfilerUnderTest {
  readonly profiler: TableProfiler;
  readonly objectStore: ObjectStore;
  /** Stores the rows of a SELECT in DuckDB's dialect as a Parquet file. */
  storeRows(key: string, select: string): Promise<void>;
}

const ALL_TYPES = `
  SELECT true AS yes, 9007199254740993::BIGINT AS id, 0.1::DOUBLE AS ratio, 0.50::DECIMAL(18,2) AS price, 'x' AS name,
         DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 10:00:00.5' AS at, TIMESTAMPTZ '2024-02-29 10:00:00+02' AS seen,
         TIME '10:00:00' AS clock, '{"a": 1}'::JSON AS extra`;

/** What every profiler promises. */
export function tableProfilerContract(name: string, open: () => Promise<ProfilerUnderTest>): void {
  describe(`${name} as a TableProfiler`, () => {
    let subject: ProfilerUnderTest;
    beforeEach(async () => {
      subject = await open();
    });

    const signal = () => new AbortController().signal;

    async function profile(select: string, options: Partial<ProfileRequest> = {}) {
      await subject.storeRows('t.parquet', select);
      return subject.profiler.profile({ workspaceId: 'w', objectKeys: ['t.parquet'], signal: signal(), ...options });
    }

    describe('schema', () => {
      it('names the type of every column, as it was stored', async () => {
        await subject.storeRows('t.parquet', ALL_TYPES);
        const schema = await subject.profiler.schema('w', ['t.parquet'], signal());
        expect(schema).toEqual({
          columns: [
            { name: 'yes', type: 'boolean' },
            { name: 'id', type: 'bigint' },
            { name: 'ratio', type: 'double' },
            { name: 'price', type: 'decimal(18,2)' },
            { name: 'name', type: 'varchar' },
            { name: 'day', type: 'date' },
            { name: 'at', type: 'timestamp' },
            { name: 'seen', type: 'timestamp with time zone' },
            { name: 'clock', type: 'time' },
            { name: 'extra', type: 'json' },
          ],
          rows: 1,
          bytes: (await subject.objectStore.head('t.parquet'))?.bytes,
        });
      });

      it('adds up several files', async () => {
        await subject.storeRows('a.parquet', 'SELECT range AS n FROM range(10)');
        await subject.storeRows('b.parquet', 'SELECT range AS n FROM range(5)');
        const schema = await subject.profiler.schema('w', ['a.parquet', 'b.parquet'], signal());
        expect(schema).toMatchObject({ columns: [{ name: 'n', type: 'bigint' }], rows: 15 });
      });

      it('R41: says where the files of a table differ', async () => {
        await subject.storeRows('a.parquet', 'SELECT 1::BIGINT AS n, 2::BIGINT AS m');
        await subject.storeRows('b.parquet', "SELECT 1::BIGINT AS n, 'x' AS m");
        await subject.storeRows('c.parquet', 'SELECT 1::BIGINT AS n');
        await expect(subject.profiler.schema('w', ['a.parquet', 'b.parquet'], signal())).rejects.toThrow(
          'file 2 has m as varchar where the first has bigint',
        );
        await expect(
          subject.profiler.profile({ workspaceId: 'w', objectKeys: ['a.parquet', 'c.parquet'], signal: signal() }),
        ).rejects.toThrow('file 2 has no column m');
      });

      it('refuses missing files', async () => {
        await expect(subject.profiler.schema('w', ['no.parquet'], signal())).rejects.toThrow(ObjectNotFound);
      });
    });

    describe('profile', () => {
      it('counts nulls and different values, and finds the extremes in canonical form', async () => {
        const { columns, rows, bytes } = await profile(ALL_TYPES);
        expect(rows).toBe(1);
        expect(bytes).toBe((await subject.objectStore.head('t.parquet'))?.bytes);
        expect(columns.map(({ min }) => min)).toEqual([
          'true',
          '9007199254740993',
          '0.1',
          '0.50',
          'x',
          '2024-02-29',
          '2024-02-29T10:00:00.5',
          '2024-02-29T08:00:00Z',
          '10:00:00',
          undefined,
        ]);
        expect(columns.map(({ distinct }) => distinct)).toEqual(Array(10).fill(1));
      });

      it('shows repeated values by frequency, then by order', async () => {
        const { columns } = await profile(
          "SELECT unnest(['b', 'a', 'c', 'c', 'c', 'b', 'a', NULL]) AS letter, unnest([1, 2, 3, 4, 5, 6, 7, 8]) AS id",
        );
        expect(columns).toEqual([
          {
            name: 'letter',
            type: 'varchar',
            nullable: true,
            distinct: 3,
            null_fraction: 1 / 8,
            min: 'a',
            max: 'c',
            top_values: [
              { value: 'c', count: 3 },
              { value: 'a', count: 2 },
              { value: 'b', count: 2 },
            ],
          },
          {
            name: 'id',
            type: 'bigint',
            nullable: false,
            distinct: 8,
            null_fraction: 0,
            min: '1',
            max: '8',
            histogram: Array(8).fill(1),
          },
        ]);
      });

      it('counts how values are spread between the extremes', async () => {
        const { columns } = await profile(
          `SELECT unnest([0, 0.5, 1, 9.9, 10, NULL])::DOUBLE AS ratio, unnest([1, 1, 2, 4, 4, 4])::BIGINT AS stars,
                  unnest(['2024-02-28', '2024-02-29', '2024-03-01', '2024-03-01', NULL, NULL])::DATE AS day,
                  unnest(['1', '2', '3', 'Infinity', 'NaN', '4'])::DOUBLE AS endless, 7::BIGINT AS same,
                  unnest([-9223372036854775808, 9223372036854775807, 0, 0, 0, 0]::BIGINT[]) AS far`,
        );
        const spread = Object.fromEntries(columns.map(({ name, histogram }) => [name, histogram]));
        expect(spread).toEqual({
          ratio: [1, 1, 1, ...Array(16).fill(0), 2],
          stars: [2, 1, 0, 3],
          day: [1, 1, 2],
          far: [1, ...Array(9).fill(0), 4, ...Array(8).fill(0), 1],
          endless: undefined,
          same: undefined,
        });
      });

      it('estimates the number of very many values and still finds the frequent ones', async () => {
        const { columns, values } = await profile(
          `SELECT CASE WHEN range % 3 = 0 THEN 'often' WHEN range % 7 = 0 THEN 'at times' ELSE 'v' || (range // 2) END AS v, range AS id
           FROM range(300000)`,
        );
        const [text, id] = columns;
        expect(text?.top_values?.slice(0, 2)).toEqual([
          { value: 'often', count: 100_000 },
          { value: 'at times', count: 28_572 },
        ]);
        expect(id?.top_values).toBeUndefined();
        expect(Math.abs((id?.distinct ?? 0) - 300_000)).toBeLessThan(30_000);
        expect(values).toEqual([]);
      });

      it('is exact up to ten thousand different values, and indexes those of text', async () => {
        const { columns, values } = await profile(
          "SELECT 'v' || (range % 10000) AS v, range % 9999 AS n FROM range(25000)",
        );
        expect(columns.map(({ distinct }) => distinct)).toEqual([10_000, 9_999]);
        expect(values).toHaveLength(10_000);
        expect(values).toContainEqual({ column: 'v', value: 'v4999', count: 3 });
        expect(values).toContainEqual({ column: 'v', value: 'v5000', count: 2 });
      });

      it('leaves long texts out of the values', async () => {
        const { columns, values } = await profile(
          "SELECT unnest([repeat('x', 201), repeat('x', 201), repeat('y', 200), 'z', 'z']) AS v",
        );
        expect(values.map(({ value }) => value[0])).toEqual(['z', 'y']);
        expect(columns[0]?.top_values).toEqual([
          { value: 'z', count: 2 },
          { value: 'y'.repeat(200), count: 1 },
        ]);
        expect(columns[0]?.min).toHaveLength(200);
      });

      it('takes tables without rows and columns without values', async () => {
        expect((await profile('SELECT 1 AS n WHERE false')).columns).toEqual([
          { name: 'n', type: 'bigint', nullable: false, distinct: 0, null_fraction: 0 },
        ]);
        expect((await profile('SELECT NULL::DOUBLE AS n FROM range(4)')).columns).toEqual([
          { name: 'n', type: 'double', nullable: true, distinct: 0, null_fraction: 1 },
        ]);
      });

      it('takes odd column names and many columns', async () => {
        const names = Array.from({ length: 70 }, (_, index) => `range + ${index} AS "c ""${index}"""`);
        const { columns } = await profile(`SELECT ${names.join(', ')} FROM range(10)`);
        expect(columns.at(-1)).toMatchObject({ name: 'c "69"', min: '69', max: '78', distinct: 10 });
      });

      it('reports progress up to the whole', async () => {
        const seen: { fraction: number; rows: number }[] = [];
        await profile('SELECT range AS a, range AS b FROM range(1000)', { onProgress: (each) => seen.push(each) });
        expect(seen.at(-1)).toMatchObject({ fraction: 1, rows: 1_000 });
      });

      it('stops when it is told to', async () => {
        const stop = new AbortController();
        const select = 'SELECT md5(range::VARCHAR) AS a, md5((range + 1)::VARCHAR) AS b FROM range(1000000)';
        await subject.storeRows('t.parquet', select);
        const profiling = subject.profiler.profile({
          workspaceId: 'w',
          objectKeys: ['t.parquet'],
          signal: stop.signal,
        });
        setTimeout(() => stop.abort(new Error('enough')), 50);
        await expect(profiling).rejects.toThrow('enough');
      });
    });
  });
}
