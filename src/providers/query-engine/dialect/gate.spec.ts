import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { ATTACKS } from '../../../../test/fixtures/sql/attacks.js';
import { ALLOWED_FUNCTIONS } from './allowed-functions.js';
import { Gate } from './gate.js';

const TABLES = new Set(['orders', 'people']);

/** Statements of Athena's that the gate need not know, because to the engine they are harmless: translation refuses them. */
const HARMLESS_TO_THE_ENGINE = /::bigint|\* LIKE|DISTINCT ON|\$path|rowid/;

const nameOf = ({ row, sql }: { row: string; sql: string }): string => `${row}: ${JSON.stringify(sql.slice(0, 100))}`;

describe('Gate', () => {
  let gate: Gate;

  beforeAll(async () => {
    gate = await Gate.create();
  });

  afterAll(() => gate.close());

  const engineAttacks = ATTACKS.filter(({ sql }) => !HARMLESS_TO_THE_ENGINE.test(sql)).map((attack) => ({
    ...attack,
    name: nameOf(attack),
  }));

  it.each(engineAttacks.filter(({ row }) => row !== 'R31'))(
    '$name is refused even without translation',
    async ({ sql }) => {
      expect(await gate.judge(sql, TABLES)).toBeDefined();
    },
  );

  it.each(engineAttacks.filter(({ row }) => row === 'R31'))('$name does no harm to it', async ({ sql }) => {
    await gate.judge(sql, TABLES);
    expect(await gate.judge('SELECT 1', TABLES)).toBeUndefined();
  });

  it.each([
    `SELECT 1`,
    `SELECT o.id, sum(p.id) OVER (ORDER BY o.id) FROM main."orders" AS o LEFT JOIN main.people AS p USING (id)`,
    `WITH a AS (SELECT * FROM main.orders) SELECT * FROM a UNION ALL SELECT * FROM a ORDER BY 1 LIMIT $1`,
    `WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r`,
    `SELECT list_transform([1], lambda x: x + 1), trim(BOTH 'x' FROM 'xax'), current_date, TIMESTAMP '2024-01-01' AT TIME ZONE 'UTC'`,
    `SELECT "user" FROM (SELECT 1 AS "user") AS s ORDER BY "user"`,
    `SELECT trino_sqrt(4)`,
  ])('passes %s', async (sql) => {
    expect(await gate.judge(sql, TABLES)).toBeUndefined();
  });

  it('R33: lists no function that looks like one for files, settings, the catalog, the session or SQL text', () => {
    const suspicious =
      /^(read_|write_|duckdb_|pg_|pragma_|parquet_|query|glob|sniff|getenv|getvariable|current_(?!date|local)|session|json_(execute|serialize|deserialize)|has_|inet_|setseed|nextval|currval|sleep|error|version|stats|in_search_path|icu_)/;
    expect([...ALLOWED_FUNCTIONS].filter((name) => suspicious.test(name))).toEqual([]);
  });

  it('lists only functions that this version of the engine has', async () => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const result = await connection.runAndReadAll('SELECT DISTINCT function_name FROM duckdb_functions()');
    const known = new Set(result.getRowsJson().map(([name]) => String(name)));
    connection.closeSync();
    instance.closeSync();
    expect([...ALLOWED_FUNCTIONS].filter((name) => !known.has(name))).toEqual([]);
  });
});
