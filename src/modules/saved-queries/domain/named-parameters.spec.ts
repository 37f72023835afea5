import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findParameters, paddedPlaceholder, toPositional } from './named-parameters.js';

const names = (sql: string) => findParameters(sql).named.map(({ name }) => name);

describe('findParameters', () => {
  it('finds names with their places', () => {
    expect(findParameters('select *\nfrom t where a > :low and a <:high')).toEqual({
      named: [
        { name: 'low', start: 26, line: 2, column: 18 },
        { name: 'high', start: 38, line: 2, column: 30 },
      ],
      positional: [],
    });
  });

  it.each([
    ["select ':a', 'it''s :b', ''", []],
    ['select ":a" from "x "" :b"', []],
    ['select 1 -- :a\n, :b', ['b']],
    ['select /* :a \n :b */ :c', ['c']],
    ['select a::bigint, b :: date', []],
    ["select ':unclosed", []],
    ['select /* :unclosed', []],
    ['select arr[1:2], :x', ['x']],
    ['select :a||:a', ['a', 'a']],
    ["select json_object('k' : 1)", []],
    ['select :été', []],
  ])('reads %j as %j', (sql, expected) => {
    expect(names(sql)).toEqual(expected);
  });

  it('tells where unnamed placeholders are', () => {
    expect(findParameters("select '?', ? -- ?").positional).toEqual([{ line: 1, column: 13 }]);
  });
});

describe('toPositional', () => {
  const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);
  const harmless = fc.constantFrom(
    ' ',
    '\n',
    'select ',
    'a',
    '+',
    '(',
    ')',
    "' :no '",
    '" :no "',
    '/* :no */',
    '-- :no\n',
    ', ',
    '::',
    '1',
  );
  const statement = fc
    .array(
      fc.oneof(
        harmless,
        name.map((each) => ({ name: each })),
      ),
      { maxLength: 30 },
    )
    .map((parts) => ({
      sql: parts.map((part) => (typeof part === 'string' ? part : ` :${part.name} `)).join(''),
      expected: parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name])),
    }));

  it('replaces exactly the parameters, in their order', () => {
    fc.assert(
      fc.property(statement, ({ sql, expected }) => {
        const { order, sql: text } = toPositional(sql, () => '?');
        expect(order).toEqual(expected);
        expect(findParameters(text).named).toEqual([]);
        expect(findParameters(text).positional).toHaveLength(expected.length);
      }),
    );
  });

  it('keeps every line and column with padded placeholders', () => {
    fc.assert(
      fc.property(statement, ({ sql }) => {
        const { sql: text } = toPositional(sql, paddedPlaceholder);
        expect(text).toHaveLength(sql.length);
        expect(findParameters(text).positional).toEqual(
          findParameters(sql).named.map(({ line, column }) => ({ line, column })),
        );
      }),
    );
  });

  it('R30: gives any text to the engine without letting a value or a name into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sql) => {
        const { named } = findParameters(sql);
        const { sql: text } = toPositional(sql, () => '?');
        const kept = named.reduceRight(
          (rest, { name: each, start }) => rest.slice(0, start) + rest.slice(start + each.length + 1),
          sql,
        );
        const removed =
          [...text].filter((each) => each === '?').length - [...kept].filter((each) => each === '?').length;
        expect(removed).toBe(named.length);
      }),
    );
  });
});
