import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ColumnType } from './contract.js';
import { numberPattern, numberStyle } from './number-style.js';
import {
  createValueReader,
  decimalSize,
  fits,
  toDisplay,
  type DisplayValue,
  type TypedColumn,
} from './value-reader.js';

describe('toDisplay', () => {
  it.each<[TypedColumn, string, DisplayValue]>([
    [{ type: 'varchar' }, '', null],
    [{ type: 'varchar' }, ' a ', ' a '],
    [{ type: 'varchar', null_values: ['?'] }, '?', null],
    [{ type: 'bigint' }, ' +0042 ', '42'],
    [{ type: 'bigint' }, '-0', '0'],
    [{ type: 'bigint' }, '9223372036854775807', '9223372036854775807'],
    [{ type: 'bigint' }, ' ', null],
    [{ type: 'bigint', null_values: ['NA'] }, ' NA ', null],
    [{ type: 'bigint', format: '1,234.50' }, '-1,234', '-1234'],
    [{ type: 'decimal(18,2)' }, '1.5', '1.50'],
    [{ type: 'decimal(18,2)' }, '-.5', '-0.50'],
    [{ type: 'decimal(18,2)' }, '1.500', '1.50'],
    [{ type: 'decimal(18,2)', format: '1.234,50€' }, '1.234,5 €', '1234.50'],
    [{ type: 'decimal(18,2)', format: '$1.50' }, '-$3', '-3.00'],
    [{ type: 'decimal(5,0)' }, '7', '7'],
    [{ type: 'double' }, '1.50', 1.5],
    [{ type: 'double' }, '-0.0', 0],
    [{ type: 'double' }, '1e3', 1000],
    [{ type: 'double', format: '10%' }, '12.5%', 12.5],
    [{ type: 'boolean' }, 'TRUE', true],
    [{ type: 'boolean', format: 'ja/nein' }, 'Nein', false],
    [{ type: 'date' }, '2020-1-5', '2020-01-05'],
    [{ type: 'date', format: '%d/%m/%Y' }, '5/1/2020', '2020-01-05'],
    [{ type: 'date', format: '%j %Y' }, '366 2020', '2020-12-31'],
    [{ type: 'timestamp' }, '2020-01-05 10:00', '2020-01-05T10:00:00'],
    [{ type: 'timestamp' }, '2020-01-05 10:00:00.1200', '2020-01-05T10:00:00.12'],
    [{ type: 'timestamp', format: '%d.%m.%y %I:%M %p' }, '5.1.69 12:30 am', '1969-01-05T00:30:00'],
    [{ type: 'timestamp with time zone' }, '2020-01-01T01:00:00+02:00', '2019-12-31T23:00:00Z'],
    [{ type: 'timestamp with time zone', format: '%d/%m/%Y %H:%M %z' }, '1/1/2020 01:00 -0130', '2020-01-01T02:30:00Z'],
    [{ type: 'time' }, '9:05', '09:05:00'],
    [{ type: 'json' }, ' {"a": 1} ', '{"a": 1}'],
  ])('%j reads %j as %j', (column, text, value) => {
    expect(fits(text, column)).toBe(true);
    expect(toDisplay(text, column)).toBe(value);
  });

  it.each<[TypedColumn, string]>([
    [{ type: 'bigint' }, '1.0'],
    [{ type: 'bigint' }, '9223372036854775808'],
    [{ type: 'bigint' }, '1,234'],
    [{ type: 'bigint', format: '1,234.50' }, '1,23'],
    [{ type: 'decimal(4,2)' }, '123.00'],
    [{ type: 'decimal(4,2)' }, '1.005'],
    [{ type: 'decimal(18,2)' }, '1e3'],
    [{ type: 'decimal(18,2)', format: '$1.50' }, '1.50'],
    [{ type: 'decimal(18,2)', format: '$1.50' }, '-$-1.50'],
    [{ type: 'double' }, '1e999'],
    [{ type: 'double' }, 'inf'],
    [{ type: 'double' }, '0x1F'],
    [{ type: 'double' }, '1_000'],
    [{ type: 'boolean' }, '1'],
    [{ type: 'date' }, '2021-02-29'],
    [{ type: 'date', format: '%d/%m/%Y' }, '1/13/2020'],
    [{ type: 'date', format: '%d/%m/%Y' }, '1/1/20'],
    [{ type: 'timestamp' }, '2020-01-01 24:00:00'],
    [{ type: 'timestamp' }, '2020-01-01 10:00:00.1234567'],
    [{ type: 'timestamp with time zone' }, '2020-01-01 10:00:00'],
    [{ type: 'timestamp with time zone' }, '0001-01-01T00:00:00+02:00'],
    [{ type: 'time' }, '9'],
    [{ type: 'json' }, '"text"'],
  ])('%j does not fit %j, which is shown as it is', (column, text) => {
    expect(fits(text, column)).toBe(false);
    expect(toDisplay(text, column)).toBe(text);
  });
});

describe('a value that fits', () => {
  const canonical: Record<string, RegExp> = {
    bigint: /^(0|-?[1-9]\d{0,18})$/,
    date: /^\d{4}-\d\d-\d\d$/,
    timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?$/,
    'timestamp with time zone': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z$/,
    time: /^\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?$/,
  };
  const type = fc.constantFrom<ColumnType>(
    'bigint',
    'double',
    'decimal(18,2)',
    'decimal(38,0)',
    'boolean',
    'date',
    'timestamp',
    'timestamp with time zone',
    'time',
    'json',
  );
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('0', '1', '2', '9', '.', '-', ':', 'T', ' ', 'Z', '+', 'e'), maxLength: 24 }),
    fc.integer().map(String),
    fc.double({ noNaN: true }).map(String),
    fc.date({ noInvalidDate: true, min: new Date(-6e13), max: new Date(2e14) }).map((date) => date.toISOString()),
    fc
      .date({ noInvalidDate: true, min: new Date(-6e13), max: new Date(2e14) })
      .map((date) => date.toISOString().slice(0, 10)),
    fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(1e12) })
      .map((date) => date.toISOString().slice(11, 23)),
    fc.json(),
    fc.constantFrom('true', 'False'),
  );

  it('is shown in its one canonical form, which fits and is shown the same again', () => {
    fc.assert(
      fc.property(type, text, (columnType, source) => {
        const column = { type: columnType };
        const value = createValueReader(column)(source);
        if (value === undefined || value === null) return;
        expect(toDisplay(String(value), column)).toEqual(value);
        const scale = decimalSize(columnType)?.scale;
        if (scale !== undefined) expect(value).toMatch(scale === 0 ? /^-?\d+$/ : /^-?\d+\.\d{2}$/);
        else if (canonical[columnType]) expect(value).toMatch(canonical[columnType]);
        else expect(typeof value).toBe({ double: 'number', boolean: 'boolean', json: 'string' }[columnType as string]);
      }),
      { numRuns: 5000 },
    );
  });

  it('is told by a pattern that another engine can use, too', () => {
    const style = fc.constantFrom(
      '1.50',
      '1,50',
      '1,234.50',
      '1.234,50',
      '1 234,50',
      "1'234.50",
      '$1,234.50',
      '1.50%',
      '1,50€',
      '1,50$',
    );
    const number = fc.string({
      unit: fc.constantFrom('0', '1', '2', ',', '.', ' ', "'", '-', '$', '%', '€', 'e'),
      maxLength: 10,
    });
    fc.assert(
      fc.property(style, number, (format, source) => {
        const pattern = new RegExp(`^${numberPattern(numberStyle(format)!)}$`);
        const value = createValueReader({ type: 'double', format })(source);
        if (source.trim() !== '') expect(pattern.test(source)).toBe(value !== undefined);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('createValueReader', () => {
  it('refuses a type or a format that does not exist', () => {
    expect(() => createValueReader({ type: 'bigint', format: 'roman' })).toThrow(RangeError);
    expect(() => createValueReader({ type: 'text' as ColumnType })).toThrow('There is no type text.');
    expect(() => createValueReader({ type: 'date', format: '%Q' })).toThrow('has %Q');
  });
});
