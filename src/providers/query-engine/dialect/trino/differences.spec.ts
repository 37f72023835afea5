import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { SqlRejected } from '../../query-engine.js';
import { SqlChecker } from '../check-sql.js';
import { PRELUDE } from '../macros.js';

/** What differs from Athena, as docs/sql.md says. A change here is a change there. */
describe('differences from Athena', () => {
  let checker: SqlChecker;
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    checker = await SqlChecker.create();
    instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    connection = await instance.connect();
    for (const statement of PRELUDE) await connection.run(statement);
  });

  afterAll(() => {
    checker.close();
    connection.closeSync();
    instance.closeSync();
  });

  async function answer(sql: string): Promise<unknown> {
    const { engineSql } = await checker.check(`SELECT ${sql}`, []);
    return (await connection.runAndReadAll(engineSql)).getRowsJson()[0]?.[0];
  }

  it.each<[string, unknown, string]>([
    ['ARRAY[1, 2][5]', null, 'an error in Athena'],
    [`map(ARRAY['a'], ARRAY[1])['z']`, null, 'an error in Athena'],
    [
      `TIMESTAMP '2024-01-01 10:00:00 UTC' AT TIME ZONE 'Europe/Berlin'`,
      '2024-01-01 11:00:00',
      '… Europe/Berlin in Athena',
    ],
    [`CAST(1e20 AS varchar)`, '1e+20', '1.0E20 in Athena'],
    [`CAST('ab' AS char(4))`, 'ab', 'padded with blanks in Athena'],
    [`round(1.239, 2)`, '1.24', '1.240 in Athena'],
    [`DATE '2024-01-01' = '2024-01-01'`, true, 'an error in Athena, a warning here'],
    [`CAST(12345678901234567.89 AS decimal(38,2)) / 1`, '12345678901234567.68', 'exact in Athena'],
    [`0xFF`, 0, '255 in Athena: here a column 0 named xFF'],
  ])('%s is %j (%s)', async (sql, expected) => {
    expect(await answer(sql)).toEqual(expected);
  });

  it.each([
    `SELECT bigint '3'`,
    `SELECT json_value('{}', '$.a' DEFAULT 'x' ON EMPTY)`,
    `SELECT array_sort(ARRAY[1], (a, b) -> 0)`,
    `SELECT listagg(x, ',' ON OVERFLOW TRUNCATE) WITHIN GROUP (ORDER BY x) FROM (VALUES 'a') AS t(x)`,
    `SELECT skewness(x) FROM (VALUES 1) AS t(x)`,
    `SELECT entropy(x) FROM (VALUES 1) AS t(x)`,
    `SELECT x FROM (VALUES 1) AS t(x) ORDER BY x FETCH FIRST 1 ROW WITH TIES`,
    `SELECT * FROM (VALUES 1) AS t(x) MATCH_RECOGNIZE (ORDER BY x MEASURES 1 AS y PATTERN (a) DEFINE a AS TRUE)`,
    `SELECT date_format(now(), f) FROM (VALUES '%Y') AS t(f)`,
    `SELECT json_extract('{}', '$.a[*]')`,
    `SELECT approx_percentile(x, 1, 0.5) FROM (VALUES 1) AS t(x)`,
    `VALUES 1, 2 ORDER BY 1`,
    `SELECT 1 BETWEEN SYMMETRIC 2 AND 0`,
    `SELECT x FROM (VALUES 1) AS t(x) GROUP BY ALL`,
  ])('%s is refused', async (sql) => {
    await expect(checker.check(sql, [])).rejects.toBeInstanceOf(SqlRejected);
  });
});
