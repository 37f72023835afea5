import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ATTACKS } from '../../../../test/fixtures/sql/attacks.js';
import { type CheckedStatement, type SqlFault, SqlRejected, type TableSchema } from '../query-engine.js';
import { MAX_SQL_BYTES, SqlChecker } from './check-sql.js';

const TABLES: readonly TableSchema[] = [
  {
    table: 'orders',
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'customer_id', type: 'bigint' },
      { name: 'amount', type: 'decimal(12,2)' },
      { name: 'ordered_on', type: 'date' },
      { name: 'shipped_at', type: 'timestamp' },
      { name: 'name', type: 'varchar' },
    ],
  },
  {
    table: 'people',
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'name', type: 'varchar' },
    ],
  },
];

describe('SqlChecker', () => {
  let checker: SqlChecker;

  beforeAll(async () => {
    checker = await SqlChecker.create();
  });

  afterAll(() => checker.close());

  const check = (sql: string): Promise<CheckedStatement> => checker.check(sql, TABLES);

  async function faultOf(sql: string): Promise<SqlFault> {
    try {
      await check(sql);
    } catch (error) {
      if (error instanceof SqlRejected) return error.fault;
      throw error;
    }
    throw new Error(`Passed: ${sql}`);
  }

  describe('attacks', () => {
    it.each(ATTACKS.map(({ row, sql }) => ({ sql, name: `${row}: refuses ${JSON.stringify(sql.slice(0, 100))}` })))(
      '$name',
      async ({ sql }) => {
        const fault = await faultOf(sql);
        expect([
          'syntax',
          'not_read_only',
          'not_allowed',
          'unknown_table',
          'unknown_column',
          'type_mismatch',
        ]).toContain(fault.kind);
        const internals = /duckdb|polyglot|wasm|E_GUARD|main\./i;
        if (!internals.test(sql)) expect(fault.message).not.toMatch(internals);
      },
    );

    it('goes on after all of them', async () => {
      expect((await check('SELECT id FROM orders')).tables).toEqual(['orders']);
    });
  });

  describe('length', () => {
    const padded = (bytes: number): string => {
      const start = `SELECT 'é`;
      const rest = bytes - Buffer.byteLength(start) - 1;
      return `${start}${'x'.repeat(rest % 3)}${'€'.repeat(Math.floor(rest / 3))}'`;
    };

    it.each([-1, 0])('R34: reads a statement of 262,144 %+i bytes in characters of 3 bytes', async (difference) => {
      const sql = padded(MAX_SQL_BYTES + difference);
      expect(Buffer.byteLength(sql)).toBe(262_144 + difference);
      expect((await check(sql)).parameterCount).toBe(0);
    });

    it('R34: refuses one byte more', async () => {
      expect(await faultOf(padded(MAX_SQL_BYTES + 1))).toMatchObject({
        kind: 'not_allowed',
        message: expect.stringContaining('262145 bytes'),
      });
    });
  });

  describe('faults', () => {
    it.each<[string, Partial<SqlFault>]>([
      ['SELECT * FROM ordesr', { kind: 'unknown_table', line: 1, column: 15, hint: 'Did you mean orders?' }],
      [
        'SELECT id,\n       amuont\nFROM orders',
        { kind: 'unknown_column', line: 2, column: 8, hint: 'Did you mean amount?' },
      ],
      ['SELECT o.nmae FROM orders o', { kind: 'unknown_column', line: 1, column: 10, hint: 'Did you mean name?' }],
      ['SELECT x.id FROM orders o', { kind: 'unknown_column', line: 1, column: 8, hint: 'The tables in FROM are: o.' }],
      ['SELECT id FROM orders, people', { kind: 'unknown_column', hint: 'Write orders.id or people.id.' }],
      ["SELECT '😀', idd FROM orders", { kind: 'unknown_column', line: 1, column: 13 }],
      ['SELECT ?, ?, idd FROM orders', { kind: 'unknown_column', line: 1, column: 14 }],
      ['SELECT id FROM orders WHER id = 1', { kind: 'syntax', line: 1 }],
      ["SELECT 'abc", { kind: 'syntax', message: "A text in '…' is not closed." }],
      ['SELECT lenght(name) FROM orders', { kind: 'not_allowed', line: 1, column: 8, hint: 'Did you mean length?' }],
      [
        'SELECT length(name, 1) FROM orders',
        { kind: 'type_mismatch', message: 'length does not take 2 arguments.', column: 8 },
      ],
      ['SELECT list_filter(ARRAY[1], x -> true)', { kind: 'not_allowed' }],
      ['SELECT name AS n FROM orders WHERE n = 1', { kind: 'unknown_column', column: 36 }],
      ['SELECT row_number() FROM orders', { kind: 'not_allowed', message: 'row_number needs OVER (…).' }],
      [
        'SELECT 1 UNION SELECT 1, 2',
        { kind: 'not_allowed', message: 'Both sides of UNION must have as many columns: 1 and 2.' },
      ],
      ['DROP TABLE orders', { kind: 'not_read_only', line: 1, column: 1 }],
      ['SELECT 1;\nSELECT 2', { kind: 'not_allowed', line: 2, column: 1 }],
      ['SELECT $1', { kind: 'syntax', line: 1, column: 8 }],
      ["SELECT 1,\n  DECIMAL '1,23'", { kind: 'syntax', line: 2, column: 3 }],
      ["SELECT DECIMAL '1.2', ?,\n  nothing FROM orders", { kind: 'unknown_column', line: 2, column: 3 }],
    ])('%s', async (sql, expected) => {
      expect(await faultOf(sql)).toMatchObject(expected);
    });
  });

  describe('what is read', () => {
    it.each<[string, Record<string, string[]>]>([
      ['SELECT count(*) FROM orders', { orders: [] }],
      ['SELECT Id FROM ORDERS', { orders: ['id'] }],
      ['SELECT "ID" FROM "Orders"', { orders: ['id'] }],
      ['SELECT o.id FROM default.orders o WHERE amount > 1', { orders: ['id', 'amount'] }],
      ['SELECT id FROM AwsDataCatalog."default".orders', { orders: ['id'] }],
      [
        'SELECT p.* FROM orders o JOIN people p ON o.customer_id = p.id',
        { orders: ['customer_id'], people: ['id', 'name'] },
      ],
      ['WITH o AS (SELECT id, name FROM orders) SELECT id FROM o', { orders: ['id', 'name'] }],
      ['WITH people AS (SELECT id FROM orders) SELECT * FROM people', { orders: ['id'] }],
      [
        'SELECT * FROM orders JOIN people USING (id)',
        { orders: ['id', 'customer_id', 'amount', 'ordered_on', 'shipped_at', 'name'], people: ['id', 'name'] },
      ],
      [
        'SELECT 1 FROM orders o WHERE EXISTS (SELECT 1 FROM people p WHERE p.id = o.customer_id)',
        { orders: ['customer_id'], people: ['id'] },
      ],
    ])('%s', async (sql, columns) => {
      const statement = await check(sql);
      expect([...statement.tables].sort()).toEqual(Object.keys(columns).sort());
      const sorted = Object.fromEntries(
        Object.entries(statement.columns).map(([table, names]) => [table, [...names].sort()]),
      );
      expect(sorted).toEqual(
        Object.fromEntries(Object.entries(columns).map(([table, names]) => [table, [...names].sort()])),
      );
    });
  });

  it('numbers parameters in the order of the text, wherever they go', async () => {
    const { engineSql, parameterCount } = await check(
      `SELECT greatest(?, id) FROM orders WHERE name = '?' AND id > ? -- ?\nLIMIT ?`,
    );
    expect(parameterCount).toBe(3);
    expect(engineSql).toBe(
      'SELECT (CASE WHEN $1 IS NULL OR "orders"."id" IS NULL THEN NULL ELSE greatest($1, "orders"."id") END) AS "_col0" ' +
        `FROM main."orders" AS "orders" WHERE (("orders"."name" = '?') AND ("orders"."id" > $2)) LIMIT $3`,
    );
  });

  it.each([
    ['SELECT id / 2 FROM orders', /drops the fraction/],
    ['SELECT amount / 3 FROM orders', /keeps 2 digits/],
    [`SELECT * FROM orders WHERE ordered_on = '2024-01-01'`, /write DATE '…'/],
    [`SELECT * FROM orders WHERE shipped_at BETWEEN '2024-01-01' AND '2024-02-01'`, /write TIMESTAMP '…'/],
  ])('warns of %s', async (sql, warning) => {
    expect((await check(sql)).warnings).toEqual([expect.stringMatching(warning)]);
  });
});
