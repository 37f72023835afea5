import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { trinoTypeName } from './types.js';

describe('trinoTypeName', () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    connection = await instance.connect();
  });

  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
  });

  it.each([
    ['BOOLEAN', 'boolean'],
    ['TINYINT', 'tinyint'],
    ['UTINYINT', 'smallint'],
    ['INTEGER', 'integer'],
    ['UINTEGER', 'bigint'],
    ['BIGINT', 'bigint'],
    ['UBIGINT', 'decimal(20,0)'],
    ['HUGEINT', 'decimal(38,0)'],
    ['FLOAT', 'real'],
    ['DOUBLE', 'double'],
    ['DECIMAL(12,2)', 'decimal(12,2)'],
    ['VARCHAR', 'varchar'],
    ['BLOB', 'varbinary'],
    ['DATE', 'date'],
    ['TIME', 'time'],
    ['TIMESTAMP', 'timestamp'],
    ['TIMESTAMP_NS', 'timestamp'],
    ['TIMESTAMPTZ', 'timestamp with time zone'],
    ['INTERVAL', 'interval day to second'],
    ['JSON', 'json'],
    ['UUID', 'uuid'],
    ['BIGINT[]', 'array(bigint)'],
    ['BIGINT[3]', 'array(bigint)'],
    ['MAP(VARCHAR, INTEGER[])', 'map(varchar,array(integer))'],
    ['STRUCT(a BIGINT, "b c" VARCHAR)', 'row(a bigint,"b c" varchar)'],
    [`ENUM('x', 'y')`, 'varchar'],
  ])('%s is %s', async (engineName, expected) => {
    const result = await connection.run(`SELECT CAST(NULL AS ${engineName})`);
    expect(trinoTypeName(result.columnType(0))).toBe(expected);
  });

  it('names the type of NULL', async () => {
    const result = await connection.run(`SELECT [NULL]`);
    expect(trinoTypeName(result.columnType(0))).toMatch(/^array\((unknown|integer)\)$/);
  });
});
