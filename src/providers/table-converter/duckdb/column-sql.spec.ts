import { type DuckDBConnection, DuckDBInstance, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isAmount } from '../../../csv/number-columns.js';
import { numberStyle, readNumber } from '../../../csv/number-style.js';
import { createValueReader, type TypedColumn } from '../../../csv/value-reader.js';
import { columnSql } from './column-sql.js';

const COLUMNS: TypedColumn[] = [
  { type: 'varchar', null_values: ['NA'] },
  { type: 'bigint' },
  { type: 'bigint', null_values: ['-', 'NA', '0'] },
  { type: 'bigint', format: '1,234.50' },
  { type: 'double' },
  { type: 'double', format: '1.234,50' },
  { type: 'double', format: '1 234,50' },
  { type: 'decimal(18,2)' },
  { type: 'decimal(6,4)' },
  { type: 'decimal(38,0)' },
  { type: 'decimal(12,2)', format: '$1,234.50' },
  { type: 'decimal(12,2)', format: '1,50%' },
  { type: 'boolean' },
  { type: 'boolean', format: 'yes/no' },
  { type: 'date' },
  { type: 'date', format: '%d/%m/%Y' },
  { type: 'date', format: '%d %b %Y' },
  { type: 'date', format: '%m.%d.%y' },
  { type: 'timestamp' },
  { type: 'timestamp', format: '%d/%m/%Y %H:%M' },
  { type: 'timestamp', format: '%Y-%m-%d %I:%M:%S %p' },
  { type: 'timestamp with time zone' },
  { type: 'time' },
  { type: 'time', format: '%H:%M:%S.%f' },
  { type: 'json' },
];
// prettier-ignore
const TRICKY = [
  '1.5', '1e3', '1e2', '0x1F', '1_000', ' 12 ', '\t12', '+5', '-0', '-0.0', '007', '-07.5', '.5', '5.', '.', '1.0', '9223372036854775807', '-9223372036854775807',
  '-9223372036854775808', '9223372036854775808', '999999999999999999', '1000000000000000000', '0b11', '12\u00A0', '1,000', '1,00', '1.239', '1.200', '12345678901234567890123',
  'inf', 'nan', 'Infinity', '1e400', '1e-400', '1e0003', '$1,234.50', '-$5', '$-5', '$ 5', '10,5%', '10 %', '1 234,5', '1.234,5', '1.234.567', '00.5', '0.50',
  '0.12345', '2021-1-5', '2021-01-05', '2021/01/05', '2021-01-05x', '2021-02-30', '2020-02-29', '12021-01-01', '0000-01-01', '2021-01-05 (BC)', 'epoch', 'infinity',
  '05/01/2021', '5/1/2021', '31/02/2021', '05  Jan 2021', '5 jan 2021', '05 January 2021', '01.05.21', '01.05.70', '2021-01-05 10:00', '2021-01-05T10:00:00',
  '2021-01-05 10:00:00.120', '2021-01-05 10:00:00.1234567', '2021-01-05 10:00:00.1234560', '2021-01-05 24:00:00', '2021-01-05 23:59:60', '2021-01-05 1:02', '2021-01-05 1:2:3',
  '2021-01-05  10:00:00', '2021-01-05 10:00:00Z', '2021-01-05T10:00:00+02', '2021-01-05 10:00:00+0230', '2021-01-05 10:00:00-18:30', '2021-01-05 10:00:00+19', '0001-01-01 00:00:00+01',
  '9999-12-31 23:59:59-01', '2021-01-05 10:00:00 Europe/Berlin', '2021-01-05 12:00:00 am', '2021-01-05 00:30:00 PM', '05/01/2021 9:05', '10:00', '10:00:00', '24:00:00', '10:00:00.5', '1:00',
  '{"a": [1, 2]}', '[1,]', '{a:1}', '[]', '[NaN]', '[Infinity]', '[1//c\n]', '[1/**/]', "['a']", '[01]', '[1.]', '[+1]', '["\t"]', '{"a":1,}', '{"a":1 ,\n}', '[",]"]', '["\\",]"]', '[.5]', '[1]x', '[0x1]', '{"a":1}{', '["\\x"]', '["\\u12"]', 'true', 'TRUE', 'Yes', 'no', 't', 'NA', '-', '', ' ', 'n/a', "it's", '１２',
];
const texts = fc.oneof(
  fc.constantFrom(...TRICKY),
  fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 22 }),
  fc.string({ unit: fc.constantFrom(...'0015.,-+eE $%_\u00A0'), maxLength: 9 }),
  fc.string({ unit: fc.constantFrom(...'012:/-. T+Z'), minLength: 4, maxLength: 19 }),
  fc
    .date({ noInvalidDate: true, min: new Date('0001-01-02'), max: new Date('9999-12-30') })
    .map((date) => date.toISOString().slice(0, 10)),
  fc
    .date({ noInvalidDate: true, min: new Date('0001-01-02'), max: new Date('9999-12-30') })
    .map((date) => date.toISOString()),
  fc.double().map(String),
  fc.tuple(fc.integer(), fc.nat(9999)).map(([integer, fraction]) => `${integer}.${fraction}`),
  fc.json({ maxDepth: 1 }),
  fc.string({ maxLength: 5 }),
);

describe('columnSql', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("SET TimeZone = 'UTC'");
  });
  afterAll(() => connection.closeSync());

  async function read(
    column: TypedColumn,
    values: string[],
    amountsOnly: boolean,
    lean = false,
  ): Promise<(string | null | undefined)[]> {
    const names = { text: 's', cast: 'c', trimmed: 't' };
    const sql = columnSql(column, { ...names, lean, amountsOnly });
    const reader = await connection.runAndReadAll(
      `SELECT ${sql.isNull}, (${sql.value('NULL')})::VARCHAR
       FROM (SELECT ${['s', ...sql.computed].join(', ')} FROM (SELECT nullif(unnest($1), '') AS s))`,
      [listValue(values)],
      [LIST(VARCHAR)],
    );
    return reader.getRows().map(([isNull, value]) => {
      if (value === null) return isNull ? null : undefined;
      return column.type === 'double' ? String(Number(value)) : String(value);
    });
  }

  for (const column of COLUMNS) {
    it(`reads ${column.type} ${column.format ?? ''} ${column.null_values?.join() ?? ''} as the value reader does`, async () => {
      const expected = createValueReader(column);
      const check = async (values: string[]) => {
        const found = await read(column, values, false);
        expect(await read(column, values, false, true)).toEqual(found);
        const wanted = values.map((text) => inEngineForm(column, expected(text.replaceAll('\0', ''))));
        expect(values.map((text, index) => [text, found[index]])).toEqual(
          values.map((text, index) => [text, wanted[index]]),
        );
      };
      await check(TRICKY);
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            texts.map((text) => text.replaceAll('\0', '')),
            { minLength: 40, maxLength: 80 },
          ),
          check,
        ),
        { numRuns: 25 },
      );
    });
  }

  it('refuses numbers that look like names where nobody fixed the type', async () => {
    for (const type of ['bigint', 'double', 'decimal(38,2)'] as const) {
      const found = await read({ type }, TRICKY, true);
      const unnamed = await read({ type }, TRICKY, false);
      const wanted = TRICKY.map((text, index) => {
        const parts = readNumber(text.trim(), numberStyle(undefined) ?? never());
        return parts && !isAmount(parts) ? undefined : unnamed[index];
      });
      expect(found).toEqual(wanted);
    }
  });
});

/** The engine writes values as the reader does but for timestamps. */
function inEngineForm(
  { type }: TypedColumn,
  value: string | number | boolean | null | undefined,
): string | null | undefined {
  if (value === null || value === undefined) return value;
  if (type === 'timestamp') return String(value).replace('T', ' ');
  if (type === 'timestamp with time zone') return String(value).replace('T', ' ').replace('Z', '+00');
  return String(value);
}

function never(): never {
  throw new Error('unreachable');
}
