import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidRequest } from '../../../platform/errors/common-problems.js';
import { bindParameters } from './bind-parameters.js';
import type { ParameterDefinition } from './parameter-values.js';

const definitions: ParameterDefinition[] = [
  { name: 'region', type: 'string', required: true },
  { name: 'since', type: 'date', default: '2024-01-01' },
  { name: 'top', type: 'integer', default: 10 },
  { name: 'open', type: 'boolean' },
];
const sql = 'select * from t where r = :region and d >= :since and (o = :open or :open is null) limit :top';
const bind = (values: Record<string, unknown>) => bindParameters(sql, definitions, { values, pointer: '/parameters/' });
const faults = (values: Record<string, unknown>) => {
  try {
    bind(values);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.errors;
    throw error;
  }
  return [];
};

describe('bindParameters', () => {
  it('binds by position, with defaults, NULL for what is optional, and the type where text would not do', () => {
    expect(bind({ region: 'north' })).toEqual({
      sql: 'select * from t where r = ? and d >= CAST(? AS DATE) and (o = ? or ? is null) limit ?',
      parameters: ['north', '2024-01-01', null, null, 10],
    });
  });

  it('names every fault', () => {
    expect(faults({ top: 1.5, since: '2023-02-29', open: 'yes', regoin: 'north' })).toEqual([
      {
        pointer: '/parameters/regoin',
        detail: 'is not a parameter of this query; its parameters are region, since, top, open',
      },
      { pointer: '/parameters/region', detail: 'is required' },
      { pointer: '/parameters/since', detail: 'must be a date such as 2024-05-31' },
      { pointer: '/parameters/top', detail: 'must be a whole number between -9007199254740991 and 9007199254740991' },
      { pointer: '/parameters/open', detail: 'must be true or false' },
    ]);
  });

  it('takes no value from a prototype', () => {
    expect(faults(Object.create({ region: 'north' }) as Record<string, unknown>)).toEqual([
      { pointer: '/parameters/region', detail: 'is required' },
    ]);
    expect(
      bindParameters('select :constructor', [{ name: 'constructor', type: 'string' }], { values: {}, pointer: '?' })
        .parameters,
    ).toEqual([null]);
  });

  it('R30: never makes a value part of the statement, whatever it is', () => {
    const fixed = bind({ region: '' }).sql;
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom("' or 1=1 --", ':top', '?', "'; drop table t; --")),
        (value) => {
          const bound = bind({ region: value });
          expect(bound.sql).toBe(fixed);
          expect(bound.parameters[0]).toBe(value);
        },
      ),
    );
  });
});
