import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parameterNames, parametersOf, readValue, toNamed, toPositional } from './named-parameters';
import { ApiProblem } from '../../lib/api/problem';
import { faultOfProblem, placeFault } from './faults';
import { positionIn, rangeToRun, statementAt, statementsOf } from './statements';

const texts = (sql: string) => statementsOf(sql).map(({ from, to }) => sql.slice(from, to));

describe('statementsOf', () => {
  it.each([
    ['select 1; select 2', ['select 1', 'select 2']],
    ["select ';' ;\n\n select 2;", ["select ';'", 'select 2']],
    ['select 1 -- a; b\n; select 2', ['select 1 -- a; b', 'select 2']],
    ['/* ; */ select ";"', ['/* ; */ select ";"']],
    [' ;; ', []],
    ["select 'open ; text", ["select 'open ; text"]],
  ])('splits %j', (sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it('keeps every statement in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', ';', "'", '"', '-', '\n', '/', '*') }), (sql) => {
        const ranges = statementsOf(sql);
        ranges.forEach(({ from, to }, index) => {
          expect(from).toBeLessThan(to);
          if (index > 0) expect(from).toBeGreaterThan(ranges[index - 1]!.to);
        });
      }),
    );
  });
});

describe('statementAt', () => {
  const sql = 'select 1;\nselect 2;\n';
  it.each([
    [0, 'select 1'],
    [9, 'select 1'],
    [10, 'select 2'],
    [20, 'select 2'],
  ])('finds the statement at %d', (position, expected) => {
    const range = statementAt(sql, position)!;
    expect(sql.slice(range.from, range.to)).toBe(expected);
  });
});

describe('rangeToRun', () => {
  const sql = 'select 1;\nselect 2;\n';
  it.each([
    [{ from: 12, to: 12 }, 'select 2'],
    [{ from: 8, to: 16 }, 'select'],
    [{ from: 9, to: 10 }, 'select 1'],
  ])('is the selection, or the statement at the cursor: %j', (selection, expected) => {
    const range = rangeToRun(sql, selection)!;
    expect(sql.slice(range.from, range.to)).toBe(expected);
  });
});

describe('positionIn', () => {
  it('places what the service says about a part in the whole text', () => {
    const text = 'select 1;\nselect a,\n  cty from t';
    const from = text.indexOf('select a');
    expect(text.slice(positionIn(text, from, 2, 3))).toBe('cty from t');
    expect(positionIn(text, 0, 99, 1)).toBe(text.length);
  });
});

describe('parameters', () => {
  it('are found as the service finds them', () => {
    expect(parameterNames('select :a, \':b\', a::date, ":c" -- :d\n where x = :e or y = :a')).toEqual(['a', 'e']);
  });

  it('keep their types while the statement is edited', () => {
    const known = [{ name: 'since', type: 'date' as const, default: '2024-01-01' }];
    expect(parametersOf('select :since, :new', known)).toEqual([
      known[0],
      { name: 'new', type: 'string', required: true },
    ]);
  });

  it('become placeholders as wide as their names, and values in order', () => {
    const sql = "select :n, ':n' from t where d = :since and x = :n";
    const parameters = [
      { name: 'n', type: 'integer' as const },
      { name: 'since', type: 'date' as const },
    ];
    expect(toPositional(sql, parameters, { n: 5, since: '2024-01-01' })).toEqual({
      sql: "select ? , ':n' from t where d = CAST(? AS DATE) and x = ? ",
      parameters: [5, '2024-01-01', 5],
    });
  });

  it('are named again when a query that ran is opened', () => {
    expect(toNamed("select ?, '?' from t where d = ? -- ?", [5, '2024-01-01'])).toEqual({
      sql: "select :p1, '?' from t where d = :p2 -- ?",
      parameters: [
        { name: 'p1', type: 'integer' },
        { name: 'p2', type: 'string' },
      ],
      values: { p1: '5', p2: '2024-01-01' },
    });
  });

  it('never let a value into the statement', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const bound = toPositional('select :a', [{ name: 'a', type: 'string' }], { a: value });
        expect(bound).toEqual({ sql: 'select ? ', parameters: [value] });
      }),
    );
  });

  it.each([
    [{ name: 'n', type: 'integer' as const, required: true }, '', { fault: 'Give a value.' }],
    [{ name: 'n', type: 'integer' as const, default: 7 }, '', { value: 7 }],
    [{ name: 'n', type: 'integer' as const }, '', { value: null }],
    [{ name: 'n', type: 'integer' as const }, '1.5', { fault: 'Give a whole number.' }],
    [{ name: 'n', type: 'number' as const }, '1.5', { value: 1.5 }],
    [{ name: 'n', type: 'boolean' as const }, 'true', { value: true }],
    [{ name: 'n', type: 'string' as const }, '', { value: '' }],
    [{ name: 'n', type: 'string' as const, default: 'north' }, '', { value: 'north' }],
    [{ name: 'n', type: 'timestamp' as const }, '2024-01-01T10:00', { value: '2024-01-01 10:00:00' }],
  ])('read %j from %j', (parameter, text, expected) => {
    expect(readValue(parameter, text)).toEqual(expected);
  });
});

describe('faults', () => {
  const text = 'select 1;\nselect a,\n  cty from t';
  const from = text.indexOf('select a');

  it('stand under the word that is to blame, in the whole text', () => {
    const [fault] = placeFault(text, from, { message: 'No such column.', line: 2, column: 3, hint: 'city?' });
    expect(text.slice(fault!.from, fault!.to)).toBe('cty');
    expect(fault!.message).toBe('No such column. city?');
  });

  it('at the end of the text stand under its last sign', () => {
    const [fault] = placeFault(text, from, { message: 'More was expected.', line: 2, column: 99 });
    expect(text.slice(fault!.from, fault!.to)).toBe('t');
  });

  it('without a place are not marked', () => {
    expect(placeFault(text, from, { message: 'Division by zero.' })).toEqual([]);
    expect(faultOfProblem(new ApiProblem(429, 'too-many-queries', 'Too many', 'Wait.'))).toBeUndefined();
  });
});
