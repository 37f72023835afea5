import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Papa from 'papaparse';
import type { DatasetVersion } from '../../src/modules/datasets/dataset.dto.js';
import type { Contract } from '../../src/modules/previews/contract.dto.js';
import type { Preview } from '../../src/modules/previews/preview.dto.js';
import type { Table } from '../../src/modules/tables/table.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { crawlEnd, exampleFile, publishCsv, uploadCsv, versionOf } from '../support/publishing.js';

const papaparse = dirname(createRequire(import.meta.url).resolve('papaparse/package.json'));

interface RealFile {
  readonly file: string;
  readonly content?: Buffer;
  /** Of the columns, in their order. */
  readonly types: string;
  /** A query and what it must answer; numbers are checked against the file by `sums`. */
  readonly sql: string;
  readonly answer: (rows: readonly string[][]) => readonly unknown[];
}

const numbers = (rows: readonly string[][], column: number) =>
  rows
    .map((row) => row[column]!)
    .filter((text) => text !== '')
    .map(Number);
const sum = (rows: readonly string[][], column: number) =>
  numbers(rows, column).reduce((total, each) => total + each, 0);
const distinct = (rows: readonly string[][], column: number) => new Set(rows.map((row) => row[column])).size;
const close = (value: number) => expect.closeTo(value, 6) as unknown;

const files: readonly RealFile[] = [
  {
    file: 'airports.csv',
    types: 'varchar, varchar, varchar, varchar, varchar, double, double',
    sql: 'select count(distinct state), sum(latitude) from t',
    answer: (rows) => [String(distinct(rows, 3)), close(sum(rows, 5))],
  },
  {
    file: 'birdstrikes.csv',
    types:
      'varchar, varchar, varchar, date, varchar, varchar, varchar, varchar, varchar, varchar, bigint, bigint, bigint, bigint',
    sql: 'select sum(cost_total), count(speed_ias_in_knots), min(flight_date) from t',
    answer: (rows) => [String(sum(rows, 12)), String(numbers(rows, 13).length), '1990-01-08'],
  },
  {
    file: 'co2-concentration.csv',
    types: 'date, decimal(18,2), decimal(18,2)',
    sql: 'select sum(co2), max(date) from t',
    answer: (rows) => [sum(rows, 1).toFixed(2), rows.at(-1)![0]],
  },
  {
    file: 'disasters.csv',
    types: 'varchar, bigint, bigint',
    sql: 'select sum(deaths), count(distinct entity) from t',
    answer: (rows) => [String(sum(rows, 2)), String(distinct(rows, 0))],
  },
  {
    file: 'flights-airport.csv',
    types: 'varchar, varchar, bigint',
    sql: 'select sum("count"), count(distinct origin) from t',
    answer: (rows) => [String(sum(rows, 2)), String(distinct(rows, 0))],
  },
  {
    file: 'github.csv',
    types: 'timestamp, bigint',
    sql: 'select min(time), sum(count) from t',
    answer: (rows) => ['2015-01-01T01:00:00', String(sum(rows, 1))],
  },
  {
    file: 'la-riots.csv',
    types: 'varchar, varchar, bigint, varchar, varchar, date, varchar, varchar, varchar, double, double',
    sql: 'select sum(age), count(age), max(death_date) from t',
    answer: (rows) => [
      String(sum(rows, 2)),
      String(numbers(rows, 2).length),
      rows
        .map((row) => row[5])
        .sort()
        .at(-1),
    ],
  },
  {
    file: 'seattle-weather-hourly-normals.csv',
    types: 'timestamp, decimal(18,1), decimal(18,1), decimal(18,1)',
    sql: 'select sum(wind), min(date) from t',
    answer: (rows) => [sum(rows, 3).toFixed(1), rows[0]![0]],
  },
  {
    file: 'stocks.csv',
    types: 'varchar, date, double',
    sql: "select sum(price), max(date) from t where symbol = 'AAPL'",
    answer: (rows) => [
      close(
        sum(
          rows.filter(([symbol]) => symbol === 'AAPL'),
          2,
        ),
      ),
      '2010-03-01',
    ],
  },
  {
    file: 'unemployment.tsv',
    types: 'bigint, double',
    sql: 'select sum(id), sum(rate) from t',
    answer: (rows) => [String(sum(rows, 0)), close(sum(rows, 1))],
  },
  {
    file: 'zipcodes.csv',
    types: 'varchar, double, double, varchar, varchar, varchar',
    sql: 'select min(zip_code), count(distinct state) from t',
    answer: (rows) => ['00501', String(distinct(rows, 4))],
  },
  {
    file: 'long-sample.csv',
    content: readFileSync(join(papaparse, 'tests/long-sample.csv')),
    types: 'varchar, varchar, varchar, timestamp with time zone, timestamp with time zone, varchar, varchar',
    sql: 'select min(column1), count(distinct column6) from t',
    answer: (rows) => [rows.map(([first]) => first).sort()[0], String(distinct(rows, 5))],
  },
];

describe('real files, from upload to answer', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  });
  afterAll(() => test.close());

  const nameOf = (file: string) => file.replace(/\..*/, '').replaceAll('-', '_');
  const preview = async (uploadId: string) =>
    (await test.owner.get(`/uploads/${uploadId}/preview`).expect(200)).body as Preview;
  const table = async (name: string) => (await test.owner.get(`/tables/${name}`).expect(200)).body as Table;
  const ask = async (sql: string) => {
    const { body } = await test.owner.post('/queries', { sql, wait_ms: 30_000 }).expect(200);
    expect(body).toMatchObject({ state: 'succeeded' });
    return body.rows as unknown[][];
  };
  const submit = async (uploadId: string, dataset: string, mode: string): Promise<DatasetVersion> => {
    const { body } = await test.owner.post(`/uploads/${uploadId}/submit`, { dataset, mode }).expect(202);
    const crawl = await crawlEnd(test.owner, body.crawl_id as string);
    expect([crawl.state, crawl.error]).toEqual(['succeeded', undefined]);
    return versionOf(test.owner, body as { dataset: string; version: number });
  };
  const total = async (name: string) => (await ask(`select count(*) from ${name}`))[0]![0];

  it.each(files)('$file', async ({ file, content = exampleFile(file), types, sql, answer }) => {
    const uploadId = await uploadCsv(test.owner, content, file);
    const shown = await preview(uploadId);
    const { data } = Papa.parse<string[]>(content.toString(), { skipEmptyLines: true });
    const rows = data.slice(shown.dialect.header ? 1 : 0);
    expect(shown.columns.map(({ type }) => type).join(', ')).toBe(types);
    expect(shown.warnings.map(({ code }) => code)).toEqual(shown.dialect.header ? [] : ['no_header']);
    expect(shown.row_count).toBe(Math.min(100, rows.length));
    expect(shown.truncated).toBe(rows.length > 100);

    const version = await submit(uploadId, nameOf(file), 'create');
    expect(version).toMatchObject({ rows_in: rows.length, rows_stored: rows.length, rows_rejected: 0 });
    const described = await table(nameOf(file));
    expect(described).toMatchObject({ rows: rows.length });
    expect(described.columns.map(({ type }) => type).join(', ')).toBe(types);
    expect(await total(nameOf(file))).toBe(String(rows.length));
    expect(await ask(sql.replace('from t', `from ${nameOf(file)}`))).toEqual([answer(rows)]);
  });

  it('reads the same compressed, in UTF-16, and as a German spreadsheet writes it', async () => {
    const original = exampleFile('seattle-weather.csv');
    const german = original.toString().replaceAll(',', ';').replaceAll('.', ',');
    await publishCsv(test.owner, original, { dataset: 'plain' });
    const others = {
      compressed: gzipSync(original),
      utf16: Buffer.from(`\uFEFF${original.toString()}`, 'utf16le'),
      german: Buffer.from(german),
    };
    for (const [name, content] of Object.entries(others)) {
      const uploadId = await uploadCsv(test.owner, content, name === 'compressed' ? 'weather.csv.gz' : 'weather.csv');
      expect(await submit(uploadId, name, 'create')).toMatchObject({ rows_in: 1461, rows_stored: 1461 });
      expect((await table(name)).columns.map((column) => [column.name, column.type])).toEqual(
        (await table('plain')).columns.map((column) => [column.name, column.type]),
      );
      expect(await ask(`select * from ${name} except select * from plain`)).toEqual([]);
      expect(await total(name)).toBe('1461');
    }
  });

  it('appends, replaces and restores', async () => {
    const weather = exampleFile('weather.csv');
    const half = Buffer.from(weather.toString().split('\n').slice(0, 1001).join('\n'));
    const upload = (content: Buffer) => uploadCsv(test.owner, content, 'weather.csv');
    expect(await submit(await upload(weather), 'cities', 'create')).toMatchObject({ rows: 2922 });
    expect(await submit(await upload(half), 'cities', 'append')).toMatchObject({ version: 2, rows: 3922 });
    expect(await total('cities')).toBe('3922');
    expect(await submit(await upload(half), 'cities', 'replace')).toMatchObject({ version: 3, rows: 1000 });
    expect(await total('cities')).toBe('1000');
    const restored = await test.owner.post('/datasets/cities/versions/2/restore').expect(202);
    await crawlEnd(test.owner, restored.body.crawl_id as string);
    expect(await total('cities')).toBe('3922');
  });

  it('keeps what does not fit a type that a person has set, with line, column, value and reason', async () => {
    const content = exampleFile('us-employment.csv');
    const { data } = Papa.parse<string[]>(content.toString().trimEnd());
    const misfits = data.slice(1).flatMap((row, index) => (row[12]!.includes('.') ? [[index + 2, row[12]!]] : []));
    const uploadId = await uploadCsv(test.owner, content, 'us-employment.csv');
    const contract = (await test.owner.get(`/uploads/${uploadId}/contract`).expect(200)).body as Contract;
    const columns = contract.columns.map((column) =>
      column.source_name === 'wholesale_trade' ? { ...column, type: 'bigint' } : column,
    );
    await test.owner.put(`/uploads/${uploadId}/contract`, { dialect: contract.dialect, columns }).expect(200);
    expect(await submit(uploadId, 'strict', 'create')).toMatchObject({
      rows_in: 120,
      rows_stored: 120 - misfits.length,
      rows_rejected: misfits.length,
    });
    const rejects = await test.owner.get('/datasets/strict/versions/1/rejects').expect(200);
    expect(rejects.text.split('\n')).toEqual([
      'line,column,value,reason',
      ...misfits.map(([line, value]) => `${line},wholesale_trade,${value},is not a whole number of up to 64 bits`),
      '',
    ]);
  });

  it('puts ragged rows among the rejects, as the preview says', async () => {
    const content = readFileSync(join(papaparse, 'tests/verylong-sample.csv'));
    const uploadId = await uploadCsv(test.owner, content, 'verylong.csv');
    expect((await preview(uploadId)).warnings[0]).toEqual({
      code: 'ragged_row',
      line: 500,
      detail:
        'Line 500 has 2 fields where 3 are expected; the missing ones are shown as NULL. Submitted, the row goes to the rejects.',
    });
    expect(await submit(uploadId, 'verylong', 'create')).toMatchObject({
      rows_in: 2000,
      rows_stored: 1996,
      rows_rejected: 4,
    });
  });
});
