import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inferColumnType, widen, type TypeChange } from './column-types.js';
import { createValueReader, fits, type TypedColumn } from './value-reader.js';

function typeOf(values: (string | null)[], decimal: '.' | ',' = '.'): string {
  const { type, format } = inferColumnType(values, decimal);
  return format === undefined ? type : `${type} ${format}`;
}

describe('inferColumnType', () => {
  const cases: [type: string, values: (string | null)[]][] = [
    ['bigint', ['1', '-20', '+3', ' 4 ', '0']],
    ['bigint', ['999999999999999999']],
    ['bigint', ['0', '1', '1']],
    ['varchar', ['1234567890123456789']],
    ['varchar', ['00123', '00124']],
    ['varchar', ['1', '2', '003']],
    ['decimal(18,2)', ['1.50', '2.75', '-10.00']],
    ['decimal(38,2)', ['12345678901234567.25']],
    ['decimal(18,1)', ['12.8', '5.0']],
    ['double', ['1.5', '2.75']],
    ['double', ['1', '2', '12.5']],
    ['double', ['1e5', '2.5E-3']],
    ['double', ['.097', '.1']],
    ['double', ['0.12345678', '0.87654321']],
    ['decimal(38,7)', ['1234567890123456.1234567']],
    ['varchar', ['1234567890123456', '1e5']],
    ['bigint 1,234.50', ['1,234', '950', '12,345,678']],
    ['decimal(18,2) 1,234.50', ['1,234.50', '950.00']],
    ['decimal(18,2) 1.234,50', ['1.234,50', '950,00']],
    ['decimal(18,2) 1 234,50', ['1 234,50', '12\u00A0345,00']],
    ["bigint 1'234.50", ["1'234", "12'345'678"]],
    ['decimal(18,1) 1,50', ['1,5', '0,7']],
    ['decimal(18,3) 1,50', ['0,123', '0,456']],
    ['decimal(18,2) $1.50', ['$1.50', '-$20.75', '$-3.00']],
    ['decimal(18,2) $1,234.50', ['$1,234.50', '$7']],
    ['decimal(18,2) 1.234,50€', ['1.234,50 €', '7,00€']],
    ['bigint 1.50%', ['10%', '20 %']],
    ['double 1.50%', ['10%', '2.5%']],
    ['varchar', ['10%', '5']],
    ['boolean true/false', ['true', 'FALSE', 'True']],
    ['boolean true/false', ['true', 'true']],
    ['boolean yes/no', ['yes', 'No', 'no']],
    ['boolean y/n', ['Y', 'N']],
    ['boolean t/f', ['t', 'f']],
    ['varchar', ['NO', 'NO']],
    ['varchar', ['F', 'F']],
    ['varchar', ['yes', 'no', 'maybe']],
    ['date', ['2020-01-31', '2020-2-1']],
    ['varchar', ['2020-02-30']],
    ['date %d/%m/%Y', ['1/2/2020', '13/02/2020']],
    ['date %m/%d/%Y', ['01/02/2020', '02/13/2020']],
    ['varchar', ['03/04/2021', '05/06/2021']],
    ['varchar', ['13/04/2021', '04/13/2021']],
    ['date %d.%m.%Y', ['03.04.2021', '31.12.1999']],
    ['date %Y/%m/%d', ['2021/04/03']],
    ['date %d %b %Y', ['12 Jan 2020', '1 FEB 2020']],
    ['date %b %d, %Y', ['Jan 12, 2020', 'May 1, 2020']],
    ['date %B %d, %Y', ['January 12, 2020', 'May 1, 2020']],
    ['date %b %d %Y', ['Jan 1 2000', 'Dec 31 1999']],
    ['date %d-%b-%y', ['12-Jan-20', '01-Feb-99']],
    ['timestamp', ['2020-01-31 10:00:00', '2020-01-31T10:00:00.25', '2020-01-31 10:00']],
    ['timestamp', ['2020-01-31', '2020-01-31 10:00:00']],
    ['timestamp %Y/%m/%d %H:%M:%S', ['2015/01/01 01:00:00', '2015/01/02 04:00:00']],
    ['timestamp %m/%d/%Y %I:%M %p', ['1/31/2020 1:05 PM', '2/1/2020 12:00 am']],
    ['timestamp with time zone', ['2020-01-31T10:00:00Z', '2020-01-31 10:00:00+02:00', '2020-01-31T10:00:00.5-0530']],
    ['time', ['10:30', '23:59:59', '1:02:03.5']],
    ['time %I:%M %p', ['10:30 am', '1:05 PM']],
    ['varchar', ['25:00']],
    ['json', ['{"a": 1}', '[1, 2]', '[]']],
    ['varchar', ['{"a": 1', '{}']],
    ['varchar', ['Ann', 'Bob']],
    ['varchar', ['', null, ' ']],
    ['varchar', ['NA', '-']],
    ['varchar', ['=1+2', '+cmd']],
    ['varchar', ['10.0.0.1', '192.168.0.1']],
  ];

  it.each(cases)('finds %s in %j', (type, values) => expect(typeOf(values)).toBe(type));

  it('lets the decimal mark of the file decide what a column leaves open', () => {
    expect(typeOf(['1.234', '5.678'])).toBe('decimal(18,3)');
    expect(typeOf(['1.234', '5.678'], ',')).toBe('bigint 1.234,50');
    expect(typeOf(['1,234', '5,678'], ',')).toBe('decimal(18,3) 1,50');
    expect(typeOf(['1', '2'], ',')).toBe('bigint');
    expect(typeOf(['1.5', '2.7'], ',')).toBe('decimal(18,1)');
  });

  it('takes NA and its like for NULL where the other values are no text', () => {
    expect(inferColumnType(['1', 'NA', '', 'n/a', '2'])).toMatchObject({
      type: 'bigint',
      nullValues: ['NA', 'n/a'],
      nullable: true,
    });
    expect(inferColumnType(['\\N', '2020-01-31'])).toMatchObject({ type: 'date', nullValues: ['\\N'] });
    expect(inferColumnType(['NaN', '1.5', '#N/A', '-'])).toMatchObject({
      type: 'decimal(18,1)',
      nullValues: ['NaN', '#N/A', '-'],
    });
    expect(inferColumnType(['Ann', 'None'])).toMatchObject({ type: 'varchar', nullValues: [] });
    expect(inferColumnType(['1', '2'])).toMatchObject({ nullable: false });
  });

  it.each([
    [['1', '2'], '2 of 2 values are integers'],
    [['1', '2', '12.5'], 'row 3 is the first that is not an integer: 12.5'],
    [['1', 'x'], 'row 2 is the first that is not a number: x'],
    [['Ann'], 'row 1 is text: Ann'],
    [['00123'], 'row 1 has a leading zero that a number would lose: 00123'],
    [['12345678901234567890'], 'row 1 has more digits than a 64-bit integer holds: 12345678901234567890'],
    [['2020-01-31', 'soon'], 'row 2 is the first that is not a date: soon'],
    [
      ['1/2/2020', '13/2/2020'],
      '2 of 2 values are of type date written as %d/%m/%Y; 13/2/2020 decides which number is the day',
    ],
    [['1/2/2020'], 'every day is at most 12, so %d/%m/%Y and %m/%d/%Y both fit'],
    [['NO'], 'all values are no, which alone does not tell true from false'],
    [['1.50', '2.75'], '2 of 2 values are numbers with 2 digits after the decimal mark'],
    [[''], 'there is no value to judge by'],
  ])('explains %j', (values, evidence) => expect(inferColumnType(values).evidence).toBe(evidence));

  it('keeps as text what is too large for a number', () => {
    expect(inferColumnType(['1e911', '0'], '.')).toMatchObject({ type: 'varchar' });
  });

  it('R24: infers a type that fits every value it was inferred from', () => {
    const value = fc.oneof(
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.string({
        unit: fc.constantFrom('1', '0', '9', '.', ',', ' ', '-', '+', '$', '%', 'e', '/', ':', '€'),
        maxLength: 9,
      }),
      fc
        .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      fc.constantFrom('NA', '', '-', 'true', 'no', '[1]', '{}', '13/01/2020', '01/02/2020', '1.234,5'),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 6 }),
        fc.constantFrom<'.' | ','>('.', ','),
        (values, decimal) => {
          const { type, format, nullValues } = inferColumnType(values, decimal);
          const read = createValueReader({ type, format, null_values: [...nullValues] });
          expect(values.filter((text) => read(text) === undefined)).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('widen', () => {
  const row = 48_112;

  it.each<[TypedColumn, string, Partial<TypeChange> | undefined]>([
    [{ type: 'bigint' }, '12', undefined],
    [{ type: 'bigint' }, '', undefined],
    [
      { type: 'bigint' },
      '12.5',
      { type: 'decimal(38,1)', evidence: 'row 48,112 is the first that is not an integer: 12.5' },
    ],
    [
      { type: 'bigint' },
      '007',
      { type: 'varchar', evidence: 'row 48,112 has a leading zero that a number would lose: 007' },
    ],
    [{ type: 'bigint' }, '1234567890123456789', { type: 'varchar' }],
    [{ type: 'bigint', format: '1,234.50' }, '1,234.5', { type: 'decimal(38,1)', format: '1,234.50' }],
    [{ type: 'bigint' }, 'NA', { type: 'bigint', nullValues: ['NA'] }],
    [{ type: 'bigint', null_values: ['NA'] }, 'NA', undefined],
    [{ type: 'bigint' }, 'Ann', { type: 'varchar', nullValues: [] }],
    [{ type: 'decimal(18,2)' }, '1.5', undefined],
    [{ type: 'decimal(18,2)' }, '12345678901234567.25', { type: 'decimal(38,2)' }],
    [{ type: 'decimal(18,2)' }, '1.125', { type: 'decimal(38,3)' }],
    [{ type: 'decimal(18,2)' }, '1e3', { type: 'varchar' }],
    [{ type: 'double' }, '1e3', undefined],
    [{ type: 'double' }, 'x', { type: 'varchar' }],
    [{ type: 'date' }, '2020-01-31 10:00:00', { type: 'timestamp' }],
    [{ type: 'date', format: '%d/%m/%Y' }, '2020-01-31', { type: 'varchar', format: undefined }],
    [{ type: 'boolean', format: 'yes/no' }, 'maybe', { type: 'varchar' }],
    [{ type: 'varchar' }, 'anything', undefined],
  ])('%j with %s', (column, text, expected) => {
    const change = widen(column, text, { row });
    if (expected === undefined) expect(change).toBeUndefined();
    else expect(change).toMatchObject(expected);
  });

  it('prefers a double while no number is too long for it', () => {
    expect(widen({ type: 'bigint' }, '12.5', { row, integerDigits: 6 })?.type).toBe('double');
    expect(widen({ type: 'decimal(18,2)' }, '1.125', { row, integerDigits: 6 })?.type).toBe('double');
    expect(widen({ type: 'decimal(18,2)' }, '1e3', { row, integerDigits: 6 })?.type).toBe('double');
  });

  it('ends, and every step fits the value that asked for it', () => {
    const text = fc.string({ unit: fc.constantFrom('1', '0', '7', '.', '-', 'e', 'x', ','), maxLength: 24 });
    const start = fc.constantFrom<TypedColumn>(
      { type: 'bigint' },
      { type: 'decimal(18,2)' },
      { type: 'double' },
      { type: 'date' },
      { type: 'bigint', format: '1,234.50' },
    );
    fc.assert(
      fc.property(start, fc.array(text, { maxLength: 30 }), (first, texts) => {
        let column = first;
        for (const value of texts) {
          for (let step = 0, change = widen(column, value, { row }); change; change = widen(column, value, { row })) {
            column = { type: change.type, format: change.format, null_values: [...change.nullValues] };
            expect(++step).toBeLessThan(5);
          }
          expect(fits(value, column)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
