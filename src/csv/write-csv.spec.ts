import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from './write-csv.js';

/** The fields of one line, as RFC 4180 says that they are read; undefined for an empty field without quotes. */
function read(line: string): (string | undefined)[] {
  const fields: (string | undefined)[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/gy;
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    const [, quoted, plain] = match;
    fields.push(quoted?.replaceAll('""', '"') ?? (plain === '' ? undefined : plain));
  }
  return fields;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", 'a') }),
);

describe('csvLine', () => {
  it('is read back as it was, but for the apostrophe before what would be a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text), { minLength: 1 }), (fields) => {
        const given = fields.map((field) => (field !== null && /^[=+\-@\t\r\n]/.test(field) ? `'${field}` : field));
        expect(read(csvLine(fields))).toEqual(given.map((field) => field ?? undefined));
      }),
    );
  });

  it('never begins a field with what a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(text, (field) => {
        expect(csvLine([field])).not.toMatch(/^"?[=+\-@\t]/);
      }),
    );
  });
});
