import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareDecimals } from './compare-decimals';
import { sortRows } from './sort-rows';

const sorted = (values: unknown[], ...rest: [Parameters<typeof sortRows>[1], Parameters<typeof sortRows>[2]]) =>
  [...sortRows(values, ...rest)].map((index) => values[index]);

describe('compareDecimals', () => {
  it('compares whole numbers of any length as they are', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        expect(Math.sign(compareDecimals(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('compares fractions as they are', () => {
    const hundredths = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const text = (value: bigint) => {
      const digits = String(value < 0n ? -value : value).padStart(3, '0');
      return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
    };
    fc.assert(
      fc.property(hundredths, hundredths, (a, b) => {
        expect(Math.sign(compareDecimals(text(a), text(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
    expect(compareDecimals('1.10', '1.1')).toBe(0);
    expect(compareDecimals('-0.00', '0')).toBe(0);
    expect(compareDecimals('-1.10', '-1.1')).toBe(0);
  });
});

describe('sortRows', () => {
  it('tells numbers apart that a double would round to the same', () => {
    expect(sorted(['9007199254740993', '9007199254740992', '9007199254740994'], 'exact', 'ascending')).toEqual([
      '9007199254740992',
      '9007199254740993',
      '9007199254740994',
    ]);
  });

  it('puts NULL last in both directions and knows NaN and the infinities', () => {
    const values = [null, 'NaN', 1, '-Infinity', 'Infinity', -5];
    expect(sorted(values, 'number', 'ascending')).toEqual(['-Infinity', -5, 1, 'Infinity', 'NaN', null]);
    expect(sorted(values, 'number', 'descending')).toEqual(['NaN', 'Infinity', 1, -5, '-Infinity', null]);
  });

  it('keeps the order of equal rows in both directions', () => {
    expect([...sortRows(['b', 'a', 'b', 'a'], 'text', 'ascending')]).toEqual([1, 3, 0, 2]);
    expect([...sortRows(['b', 'a', 'b', 'a'], 'text', 'descending')]).toEqual([0, 2, 1, 3]);
  });

  it('loses and doubles no row', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string())), fc.constantFrom('ascending', 'descending'), (values, direction) => {
        const order = sortRows(values, 'text', direction);
        expect([...order].toSorted((a, b) => a - b)).toEqual(values.map((_, index) => index));
      }),
    );
  });
});
