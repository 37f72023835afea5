import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { TPCH_QUERIES, TPCH_TABLES } from '../../../../test/fixtures/sql/tpch.js';
import { SqlChecker } from './check-sql.js';
import { PRELUDE } from './macros.js';
import { trinoTypeName } from './types.js';

describe('statements of TPC-H', () => {
  let checker: SqlChecker;
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    checker = await SqlChecker.create();
    instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    connection = await instance.connect();
    for (const statement of PRELUDE) await connection.run(statement);
    for (const { table, columns } of TPCH_TABLES) {
      await connection.run(`CREATE TABLE ${table} (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`);
    }
  });

  afterAll(() => {
    checker.close();
    connection.closeSync();
    instance.closeSync();
  });

  it.each(Object.entries(TPCH_QUERIES))('passes %s, which the engine can run', async (_, sql) => {
    const statement = await checker.check(sql, TPCH_TABLES);
    const result = await connection.run(statement.engineSql);
    expect(result.columnTypes().map(trinoTypeName)).not.toContain('decimal(38,0)');
    for (const table of statement.tables) expect(sql).toContain(table);
  });
});
