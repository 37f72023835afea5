import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachment } from './content-disposition.js';

describe('attachment', () => {
  it('names plain files plainly', () => {
    expect(attachment('qry_01.csv')).toBe('attachment; filename="qry_01.csv"');
  });

  it('gives other names in both forms', () => {
    expect(attachment('Umsätze "2024"/Süd.csv')).toBe(
      `attachment; filename="Umsatze _2024__Sud.csv"; filename*=UTF-8''Ums%C3%A4tze%20%222024%22%2FS%C3%BCd.csv`,
    );
  });

  it('R24: lets no name leave its place in the header, and loses no character of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const header = attachment(name);
        expect(header).toMatch(/^attachment; filename="[ -!#-[\]-~]*"(; filename\*=UTF-8''[\w.!~%-]*)?$/);
        const exact = /filename\*=UTF-8''(.*)$/.exec(header)?.[1];
        if (exact !== undefined) expect(decodeURIComponent(exact)).toBe(Buffer.from(name).toString());
      }),
    );
  });
});
