import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CsvRows } from './parse-csv';

const quote = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

describe('CsvRows', () => {
  it('reads quoted fields with everything in them', () => {
    expect(new CsvRows().push('line,value\r\n2,"a ""b"", c\nd"\n')).toEqual([
      ['line', 'value'],
      ['2', 'a "b", c\nd'],
    ]);
  });

  it('gives no row before its line has ended', () => {
    const rows = new CsvRows();
    expect(rows.push('1,"a')).toEqual([]);
    expect(rows.push('"')).toEqual([]);
    expect(rows.push('"b"\n2,')).toEqual([['1', 'a"b']]);
  });

  it('reads back what was written, however it is cut', () => {
    const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, fc.nat(30), (written, step) => {
        const text = written.map((row) => `${row.map(quote).join(',')}\n`).join('');
        const reader = new CsvRows();
        const pieces = text.match(new RegExp(`[^]{1,${step + 1}}`, 'gu')) ?? [];
        expect(pieces.flatMap((piece) => reader.push(piece))).toEqual(written);
      }),
    );
  });
});
