import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DuckDBConnection, DuckDBInstance, type Json } from '@duckdb/node-api';
import { TRINO_CASES } from '../../../../../test/fixtures/sql/trino-cases.js';
import { SqlChecker } from '../check-sql.js';
import { macrosFor, SETTINGS } from '../macros.js';

/** Scalars as they print and maps as objects, so that a bigint and an integer of one value are the same. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return isMap(value) ? fromEntries(value) : value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value === null ? null : String(value).replace(/ 00:00:00$/, '');
}

type Entry = { key: Json; value: Json };

const isMap = (value: readonly unknown[]): value is Entry[] =>
  value.length > 0 &&
  value.every((item) => typeof item === 'object' && item !== null && Object.keys(item).join() === 'key,value');

const fromEntries = (entries: readonly Entry[]): unknown =>
  Object.fromEntries(entries.map(({ key, value }) => [String(key), plain(value)]));

describe('values of Athena’s SQL', () => {
  let checker: SqlChecker;
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    checker = await SqlChecker.create();
    instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    connection = await instance.connect();
    for (const statement of SETTINGS) await connection.run(statement);
  });

  afterAll(() => {
    checker.close();
    connection.closeSync();
    instance.closeSync();
  });

  it.each(TRINO_CASES)('$sql', async ({ sql, rows }) => {
    const { engineSql } = await checker.check(sql, []);
    for (const statement of macrosFor(engineSql)) await connection.run(statement);
    const result = await connection.runAndReadAll(engineSql);
    expect(plain(result.getRowsJson())).toEqual(plain(rows));
  });
});
