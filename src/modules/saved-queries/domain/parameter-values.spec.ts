import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptValue, type ParameterType, parameterTypes, readValue } from './parameter-values.js';

describe('parameter values', () => {
  it.each<[ParameterType, unknown, unknown]>([
    ['string', 'x', 'x'],
    ['string', 1, undefined],
    ['integer', 5, 5],
    ['integer', 5.5, undefined],
    ['integer', 2 ** 53, undefined],
    ['number', 5.5, 5.5],
    ['number', Infinity, undefined],
    ['boolean', true, true],
    ['boolean', 'true', undefined],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2023-02-29', undefined],
    ['date', '2023-13-01', undefined],
    ['timestamp', '2024-02-29T23:59', '2024-02-29 23:59:00'],
    ['timestamp', '2024-02-29 23:59:58.123456', '2024-02-29 23:59:58.123456'],
    ['timestamp', '2024-02-29T24:00:00', undefined],
    ['timestamp', '2024-02-29T10:00:00Z', undefined],
    ['string', { toString: () => 'x' }, undefined],
  ])('%s takes %j as %j', (type, value, expected) => {
    expect(acceptValue(type, value)).toEqual(expected);
  });

  it.each<[ParameterType, string, unknown]>([
    ['integer', '-12', -12],
    ['integer', '1e3', undefined],
    ['integer', '', undefined],
    ['integer', '99999999999999999999', undefined],
    ['number', '.5', 0.5],
    ['number', '1e400', undefined],
    ['number', '0x10', undefined],
    ['boolean', 'true', true],
    ['boolean', 'constructor', undefined],
    ['boolean', 'TRUE', undefined],
    ['date', '2024-05-31', '2024-05-31'],
  ])('%s reads %j as %j', (type, value, expected) => {
    expect(readValue(type, value)).toEqual(expected);
  });

  it('reads from an address only what it would take in a body', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parameterTypes), fc.string({ unit: 'binary' }), (type, value) => {
        const read = readValue(type, value);
        if (read !== undefined) expect(acceptValue(type, read)).toEqual(read);
      }),
    );
  });
});
