import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  LineTooLong,
  MAX_COLUMNS,
  MAX_FIELD_CHARACTERS,
  MAX_LINE_CHARACTERS,
  readRecords,
  RecordReader,
  TooManyColumns,
  type CsvRow,
  type RecordFormat,
} from './records.js';

const COMMA: RecordFormat = { delimiter: ',', quote: '"', skip_rows: 0 };
const NEWLINE = /\r\n?|\n/g;

function readInPieces(text: string, format: RecordFormat, size: number): CsvRow[] {
  const reader = new RecordReader(format);
  const rows: CsvRow[] = [];
  for (let index = 0; index < text.length; index += size) rows.push(...reader.push(text.slice(index, index + size)));
  return [...rows, ...reader.end()];
}

function fieldsOf(text: string, format = COMMA): string[][] {
  return readRecords(text, format).rows.map(({ fields }) => fields);
}

describe('readRecords', () => {
  it('numbers rows by the physical line where they begin', () => {
    const { rows } = readRecords('a,b\n1,"x\ny\r\nz"\n\n2,3\n', COMMA);
    expect(rows).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['1', 'x\ny\r\nz'] },
      { line: 6, fields: ['2', '3'] },
    ]);
  });

  it('R24: reads LF, CRLF and CR in one file as line ends, and counts them', () => {
    const { rows, report } = readRecords('a,b\r\n1,2\r3,"4\r\n5"\n6,7', COMMA);
    expect(rows.map(({ line, fields }) => [line, ...fields])).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4\r\n5'],
      [5, '6', '7'],
    ]);
    expect(report.newlines).toEqual({ lf: 1, crlf: 1, cr: 1 });
  });

  it('R24: strips NUL characters and says where the first one was', () => {
    const { rows, report } = readRecords('a,b\n1,x\0\0y\n', COMMA);
    expect(rows[1]?.fields).toEqual(['1', 'xy']);
    expect(report).toMatchObject({ nulCharacters: 2, nulLine: 2 });
  });

  it('understands blanks between a delimiter and a quote, and keeps blanks elsewhere', () => {
    expect(fieldsOf('a, "b, c" , d\n  "e",f, g ')).toEqual([
      ['a', 'b, c', ' d'],
      ['e', 'f', ' g '],
    ]);
  });

  it('leaves text after a delimiter inside quotes alone', () => {
    expect(fieldsOf('"say, ""hi"", twice",2')).toEqual([['say, "hi", twice', '2']]);
  });

  it('skips physical lines, whatever quotes are in them', () => {
    const { rows } = readRecords('A "title\r\nof two lines\r\na,b\r\n1,2\r\n', { ...COMMA, skip_rows: 2 });
    expect(rows).toEqual([
      { line: 3, fields: ['a', 'b'] },
      { line: 4, fields: ['1', '2'] },
    ]);
  });

  it('splits without quotes when the dialect has none', () => {
    expect(fieldsOf('a|"b|c"\n', { delimiter: '|', quote: '', skip_rows: 0 })).toEqual([['a', '"b', 'c"']]);
  });

  it('R25: reads a quote that is never closed as a character, and says where it opens', () => {
    const { rows, report } = readRecords('a,b\n1, "x\n2,"y"\n3,"z\n', COMMA);
    expect(report.strayQuotes).toEqual([{ at: { line: 3, column: 3 }, opened: { line: 2, column: 4 } }]);
    expect(report.unclosedQuotes).toEqual([{ line: 4, column: 3 }]);
    expect(rows.at(-1)).toEqual({ line: 4, fields: ['3', '"z'] });
  });

  it('R25: goes on after an unclosed quote line by line', () => {
    const { rows, report } = readRecords('a,b\n1,"x\n2,y\n3,z', COMMA);
    expect(rows.map(({ fields }) => fields)).toEqual([
      ['a', 'b'],
      ['1', '"x'],
      ['2', 'y'],
      ['3', 'z'],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    expect(report.unclosedQuotes).toEqual([{ line: 2, column: 3 }]);
    expect(report.newlines).toEqual({ lf: 3, crlf: 0, cr: 0 });
  });

  it('R25: refuses a row of more columns than a table can have, with its line', () => {
    const wide = `a,b\n${'x,'.repeat(MAX_COLUMNS)}x`;
    expect(() => readRecords(wide, COMMA)).toThrow(TooManyColumns);
    expect(() => readRecords(wide, COMMA)).toThrow('Line 2 has at least 2,001 columns');
  });

  it('R25: reports a field that is too long, and refuses a line that is', () => {
    const { report } = readRecords(`a,b\n1,${'x'.repeat(MAX_FIELD_CHARACTERS + 1)}\n`, COMMA);
    expect(report.longFields).toEqual([{ line: 2, field: 2, characters: MAX_FIELD_CHARACTERS + 1 }]);
    const reader = new RecordReader(COMMA);
    reader.push('a,b\n1,"');
    const push = () => {
      for (let size = 0; size <= MAX_LINE_CHARACTERS * 2; size += 1_000_000) reader.push('x'.repeat(1_000_000));
    };
    expect(push).toThrow(LineTooLong);
    expect(push).toThrow('line 2, column 3');
  });

  it('gives back the rows that were written, with their lines, under any dialect and cut anywhere', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '1', ' ', ',', ';', '\t', '|', '"', "'", '\n', '\r\n', '.'),
      maxLength: 8,
    });
    const table = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 8 }))
      .chain(([columns, rows]) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    const dialect = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      quote: fc.constantFrom('"', "'"),
      newline: fc.constantFrom('\n', '\r\n', '\r'),
      quoteAll: fc.boolean(),
      lastNewline: fc.boolean(),
    });
    fc.assert(
      fc.property(
        table,
        dialect,
        fc.integer({ min: 1, max: 40 }),
        (rows, { delimiter, quote, newline, quoteAll, lastNewline }, size) => {
          const write = (text: string) =>
            quoteAll ||
            text.trim() !== text ||
            [delimiter, quote, '\n', '\r'].some((special) => text.includes(special)) ||
            text === ''
              ? quote + text.replaceAll(quote, quote + quote) + quote
              : text;
          const lines = rows.map((row) => row.map(write).join(delimiter));
          const text = lines.join(newline) + (lastNewline ? newline : '');
          const starts = lines.map(
            (_, index) => 1 + index + (lines.slice(0, index).join('').match(NEWLINE)?.length ?? 0),
          );
          const expected = rows.map((fields, index) => ({ line: starts[index], fields }));
          const format = { delimiter, quote, skip_rows: 0 };
          expect(readRecords(text, format).rows).toEqual(expected);
          expect(readInPieces(text, format, size)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('accounts for every physical line of any text, and reads it alike in any pieces', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ',', '"', '"', ' ', '\n', '\r', '\r\n', '\t', '\0'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 2 }), (source, size, skip) => {
        const format = { ...COMMA, skip_rows: skip };
        const { rows } = readRecords(source, format);
        const lineCount = (source.replaceAll('\0', '').match(NEWLINE)?.length ?? 0) + 1;
        let next = skip + 1;
        for (const { line, fields } of rows) {
          expect(line).toBeGreaterThanOrEqual(next);
          next = line + 1 + fields.join('').split(NEWLINE).length - 1;
        }
        expect(next - 1).toBeLessThanOrEqual(Math.max(lineCount, skip));
        expect(readInPieces(source, format, size)).toEqual(rows);
      }),
      { numRuns: 2000 },
    );
  });
});
