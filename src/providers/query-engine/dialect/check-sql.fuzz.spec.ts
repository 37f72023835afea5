import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api';
import fc from 'fast-check';
import { TRINO_CASES } from '../../../../test/fixtures/sql/trino-cases.js';
import { SqlRejected, type TableSchema } from '../query-engine.js';
import { SqlChecker } from './check-sql.js';

const OWN: readonly TableSchema[] = [{ table: 'orders', columns: [{ name: 'id', type: 'bigint' }] }];

/** A name in some case, with or without quotes. */
const written = (name: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }), fc.boolean())
    .map(([upper, quotes]) => {
      const cased = [...name].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join('');
      return quotes ? `"${cased}"` : cased;
    });

const blank = fc.constantFrom(' ', '\n', '\t', ' /* x */ ', ' -- x\n');
const prefix = fc.oneof(
  fc.constant(''),
  ...['main', 'default', 'other', 'temp', 'information_schema'].map((schema) =>
    written(schema).map((name) => `${name}.`),
  ),
  ...['awsdatacatalog', 'memory', 'system'].map((catalog) =>
    fc.tuple(written(catalog), written('main')).map((names) => `${names.join('.')}.`),
  ),
);
const canary = fc.tuple(prefix, fc.constantFrom('canary', 'canary_two').chain(written)).map((parts) => parts.join(''));

/** Places that a table can be named at; `$` is the reference. A common table of the same name stands around some, out of reach. */
const PLACES = [
  'SELECT * FROM $',
  'SELECT o.id FROM orders o, $',
  'SELECT o.id FROM orders o LEFT JOIN $ AS c ON TRUE',
  'SELECT (SELECT count(*) FROM $) FROM orders',
  'SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM $)',
  'SELECT id FROM orders WHERE id IN (SELECT 1 FROM $)',
  'WITH a AS (SELECT * FROM $) SELECT 1',
  'WITH canary AS (SELECT * FROM $) SELECT * FROM canary',
  'WITH a AS (SELECT * FROM $), canary AS (SELECT 1 AS x), canary_two AS (SELECT 2 AS y) SELECT * FROM a',
  'SELECT * FROM (WITH canary AS (SELECT 1 AS x), canary_two AS (SELECT 1 AS x) SELECT * FROM canary) s, $',
  'SELECT id FROM orders UNION SELECT 1 FROM $',
  'SELECT id FROM orders ORDER BY (SELECT max(1) FROM $)',
  'SELECT x FROM orders, LATERAL (SELECT * FROM $) l(x)',
  'SELECT sum(id) FILTER (WHERE 1 = (SELECT count(*) FROM $)) FROM orders',
  'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r, $) SELECT * FROM r',
  'SELECT * FROM (orders CROSS JOIN $)',
];

/** Pieces that mutations put in: what statements are made of, and what does harm. */
const PIECES = [
  ';',
  '(',
  ')',
  "'",
  '"',
  ',',
  '--',
  '/*',
  '*/',
  '?',
  '::',
  '=>',
  '->',
  '\0',
  '€',
  ' SELECT ',
  ' FROM ',
  ' canary ',
  ' UNION ALL ',
  ' WITH x AS ',
  ' INTO ',
  ' COPY ',
  ' DROP TABLE orders',
  ' INSERT INTO orders VALUES (1)',
  ' read_text(',
  ' SET x = 1',
  ' PRAGMA version',
  ' NULL ',
  ' 1 ',
  ' CASE WHEN ',
  ' OVER (',
  ' UNNEST(',
  ' ARRAY[',
  ' CAST(',
];

describe('SqlChecker under random statements', () => {
  let checker: SqlChecker;
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    checker = await SqlChecker.create();
    instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    connection = await instance.connect();
  });

  afterAll(() => {
    checker.close();
    connection.closeSync();
    instance.closeSync();
  });

  /** The engine's statement, or undefined for a fault; anything else than a fault fails the test. */
  async function translated(sql: string): Promise<string | undefined> {
    try {
      return (await checker.check(sql, OWN)).engineSql;
    } catch (error) {
      if (error instanceof SqlRejected) return undefined;
      throw error;
    }
  }

  it('R2: never passes a table of somebody else, wherever and however it is named', async () => {
    const statements = fc
      .tuple(fc.constantFrom(...PLACES), canary, blank)
      .map(([place, name, space]) => place.replace('$', `${space}${name}${space}`));
    await fc.assert(
      fc.asyncProperty(statements, async (sql) => {
        expect(await translated(sql)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it('R30: lets nothing through that is not one SELECT over the own tables, whatever the text', async () => {
    const tokens = TRINO_CASES.map(({ sql }) => piecesOf(sql));
    const piece = fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...tokens.flat()));
    const mutation = fc.tuple(fc.nat(200), piece, fc.constantFrom<Change>('replace', 'insert', 'remove', 'repeat'));
    const statements = fc
      .tuple(fc.constantFrom(...tokens), fc.array(mutation, { minLength: 1, maxLength: 3 }))
      .map(([pieces, mutations]) => mutations.reduce(mutate, pieces).join(''));
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(statements, async (sql) => {
        const engineSql = await translated(sql);
        if (engineSql === undefined) return;
        passed += 1;
        const extracted = await connection.extractStatements(engineSql);
        expect(extracted.count).toBe(1);
        expect(connection.getTableNames(engineSql, false).filter((name) => name !== 'orders')).toEqual([]);
        // Preparing binds the statement, which wants its tables and functions: only its kind is of interest here.
        const prepared = await extracted.prepare(0).catch(() => undefined);
        if (prepared) expect(prepared.statementType).toBe(StatementType.SELECT);
      }),
      { numRuns: 3_000 },
    );
    expect(passed).toBeGreaterThan(100);
  });

  it('R31: answers any characters with a fault or a statement', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        await translated(text);
        await translated(`SELECT ${text}`);
        await translated(`SELECT '${text}' FROM orders`);
      }),
      { numRuns: 300 },
    );
    expect(await translated('SELECT id FROM orders')).toBeDefined();
  });
});

type Change = 'replace' | 'insert' | 'remove' | 'repeat';

/** Words, literals, signs and the blanks between them. */
const piecesOf = (sql: string): string[] => sql.match(/'[^']*'|"[^"]*"|\w+|\s+|[^\w\s]/g) ?? [];

function mutate(pieces: readonly string[], [at, piece, change]: [number, string, Change]): string[] {
  const place = at % pieces.length;
  const own = pieces[place] ?? '';
  const changed = { replace: [piece], insert: [piece, own], remove: [], repeat: [own, ' ', own] }[change];
  return pieces.toSpliced(place, 1, ...changed);
}
