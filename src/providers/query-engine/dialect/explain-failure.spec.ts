import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { SqlFault, TableSchema } from '../query-engine.js';
import { SqlChecker } from './check-sql.js';
import { explainFailure } from './explain-failure.js';
import { PRELUDE } from './macros.js';

const TABLES: readonly TableSchema[] = [
  {
    table: 'orders',
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'name', type: 'varchar' },
      { name: 'big', type: 'bigint' },
    ],
  },
];

const INTERNALS =
  /duckdb|\bINT(8|16|32|64|128)\b|HUGEINT|STRUCT|trino_|main\.|Binder|Catalog|Conversion Error|LINE \d|\$\d|\/tmp|candidate/i;

describe('explainFailure', () => {
  let checker: SqlChecker;
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    checker = await SqlChecker.create();
    instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '64MB', temp_directory: '' });
    connection = await instance.connect();
    for (const statement of PRELUDE) await connection.run(statement);
    await connection.run('CREATE TABLE orders (id BIGINT, name VARCHAR, big BIGINT)');
    await connection.run(`INSERT INTO orders VALUES (1, 'Ann', 9223372036854775807), (0, 'Bob', 9223372036854775807)`);
  });

  afterAll(() => {
    checker.close();
    connection.closeSync();
    instance.closeSync();
  });

  async function explain(sql: string): Promise<SqlFault> {
    const { engineSql } = await checker.check(sql, TABLES);
    const failure = await connection.runAndReadAll(engineSql).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    return explainFailure(failure, sql, TABLES);
  }

  it.each<[string, Partial<SqlFault>]>([
    [`SELECT 10 / id FROM orders`, { kind: 'data', message: 'Division by zero.' }],
    [`SELECT 10 % id FROM orders`, { kind: 'data', message: 'Division by zero.' }],
    [`SELECT mod(10, id) FROM orders`, { kind: 'data', message: 'Division by zero.' }],
    [
      `SELECT CAST(name AS bigint) FROM orders`,
      { kind: 'data', message: expect.stringContaining('bigint') as unknown as string },
    ],
    [`SELECT CAST(name AS double) FROM orders`, { kind: 'data', message: `'Ann' cannot be read as double.` }],
    [`SELECT CAST(name AS date) FROM orders`, { kind: 'data' }],
    [`SELECT date_parse(name, '%Y-%m-%d') FROM orders`, { kind: 'data', message: `'Ann' does not follow the format.` }],
    [`SELECT big + 1 FROM orders`, { kind: 'data', message: 'A number is too large in this addition.' }],
    [`SELECT sum(big) FROM orders`, { kind: 'data' }],
    [
      `SELECT CAST(big AS integer) FROM orders`,
      { kind: 'data', message: '9223372036854775807 is too large for integer.' },
    ],
    [`SELECT json_parse(name) FROM orders`, { kind: 'data', message: 'A text is not JSON.' }],
    [`SELECT regexp_like(name, '(') FROM orders`, { kind: 'data' }],
    [`SELECT (SELECT id FROM orders)`, { kind: 'data' }],
    [
      `SELECT sum(name) FROM orders`,
      { kind: 'type_mismatch', message: 'sum does not work on varchar.', line: 1, column: 8 },
    ],
    [
      `SELECT day_of_week(name) FROM orders`,
      { kind: 'type_mismatch', message: 'day_of_week does not work on varchar.' },
    ],
    [`SELECT name, count(*) FROM orders`, { kind: 'type_mismatch', line: 1, column: 8 }],
    [`SELECT id FROM orders WHERE sum(id) > 1`, { kind: 'type_mismatch', hint: 'Use HAVING.' }],
    [`SELECT max(sum(id)) FROM orders`, { kind: 'type_mismatch' }],
    [
      `SELECT array_agg(a.name || b.name || rpad('x', 4000, 'x')) FROM orders a, UNNEST(sequence(1, 100000)) u(x), orders b`,
      { kind: 'memory' },
    ],
  ])('%s', async (sql, expected) => {
    const fault = await explain(sql);
    expect(fault).toMatchObject(expected);
    expect(`${fault.message} ${fault.hint ?? ''}`).not.toMatch(INTERNALS);
  });

  it.each<[string, Partial<SqlFault>]>([
    [
      'Binder Error: Referenced column "nmae" not found in FROM clause!\nCandidate bindings: "secret_table.x"',
      { kind: 'unknown_column', line: 1, column: 8, hint: 'Did you mean name?' },
    ],
    [
      'Catalog Error: Table with name ordrs does not exist!\nDid you mean "pg_tables"?',
      { kind: 'unknown_table', hint: 'Did you mean orders?' },
    ],
    [
      'IO Error: No files found that match the pattern "/data/ws/1.parquet"',
      { kind: 'engine', message: 'The statement could not be run.' },
    ],
    ['INTERNAL Error: Attempted to dereference unique_ptr that is NULL! /src/x.cpp', { kind: 'engine' }],
    ['Out of Memory Error: Failed to allocate block of 262144 bytes', { kind: 'memory' }],
    ['Invalid Input Error: something with /etc/secret in it', { kind: 'data' }],
  ])('R33: tells of %s only what an author may know', (message, expected) => {
    const fault = explainFailure(message, 'SELECT nmae FROM orders', TABLES);
    expect(fault).toMatchObject(expected);
    expect(JSON.stringify(fault)).not.toMatch(/secret|\/data|\/src|pg_tables|unique_ptr/);
  });
});
