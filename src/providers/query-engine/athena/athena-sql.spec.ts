import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tokensOf } from '../dialect/sql-text.js';
import { SqlRejected } from '../query-engine.js';
import { refuseDatabases, withoutComments, withoutDefaultSchema, withoutSemicolon } from './athena-sql.js';

describe('withoutComments', () => {
  it.each([
    ['SELECT 1 -- one\nFROM t', 'SELECT 1       \nFROM t'],
    ['SELECT /* é😀\n */ 1', 'SELECT      \n    1'],
    [`SELECT '--', "/*", 'it''s' -- x`, `SELECT '--', "/*", 'it''s'     `],
    ['SELECT 1 --\r UNION ALL SELECT 2', 'SELECT 1                       '],
    ['SELECT 1 /* /* */ + 2', 'SELECT 1          + 2'],
    ['SELECT /*', 'SELECT   '],
  ])('makes of %j %j', (sql, plain) => {
    expect(withoutComments(sql)).toBe(plain);
  });

  it('leaves all that is not a comment, in its place', () => {
    const piece = fc.constantFrom(
      '--',
      '/*',
      '*/',
      '\n',
      '\r',
      "'",
      "''",
      '"',
      '""',
      'a',
      ' ',
      '.',
      '/',
      '*',
      '-',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const sql = pieces.join('');
        const plain = withoutComments(sql);
        expect(withoutComments(plain)).toBe(plain);
        expect(tokensOf(plain).map(({ text }) => text)).toEqual(tokensOf(sql).map(({ text }) => text));
      }),
    );
  });
});

describe('withoutDefaultSchema', () => {
  it.each([
    ['SELECT * FROM default.orders', 'SELECT * FROM         orders'],
    ['SELECT * FROM AwsDataCatalog."default".Orders o', 'SELECT * FROM                          Orders o'],
    ['SELECT default.orders.id FROM default . orders', 'SELECT         orders.id FROM           orders'],
    ['SELECT default FROM orders', 'SELECT default FROM orders'],
    ['SELECT default.id FROM orders AS default', 'SELECT default.id FROM orders AS default'],
  ])('makes of %j %j', (sql, plain) => {
    expect(withoutDefaultSchema(sql, ['orders'])).toBe(plain);
  });

  it('refuses what it cannot tell apart', () => {
    expect(() => withoutDefaultSchema('SELECT default.orders FROM visits AS default', ['orders'])).toThrow(SqlRejected);
  });
});

it('R2: refuses the names of databases, in whatever way they are written', () => {
  for (const sql of ['SELECT * FROM Tabletalk_other.orders', 'SELECT * FROM "tabletalk_other"."orders"']) {
    expect(() => refuseDatabases(sql, 'tabletalk_')).toThrow('tabletalk_');
  }
  expect(() => refuseDatabases('SELECT * FROM orders', 'tabletalk_')).not.toThrow();
});

it.each([
  ['SELECT 1;', 'SELECT 1'],
  ["SELECT ';' ; ;", "SELECT ';' "],
  ['SELECT 1', 'SELECT 1'],
])('takes the semicolon from the end of %j', (sql, plain) => {
  expect(withoutSemicolon(sql)).toBe(plain);
});
