import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import papaparse from 'papaparse';
import { InertCsv } from './inert-csv.js';

const dangerous = /^[=+\-@\t\r]/;

function inert(csv: string, chunkSize = 7): Promise<string> {
  const bytes = Buffer.from(csv);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, index) =>
    bytes.subarray(index * chunkSize, (index + 1) * chunkSize),
  );
  return text(Readable.from(chunks).pipe(new InertCsv()));
}

const parse = (csv: string) => papaparse.parse<string[]>(csv, { delimiter: ',', newline: '\n' }).data;

describe('InertCsv', () => {
  it('R27: puts an apostrophe before formulas, and nowhere else', async () => {
    const csv = 'line,value\n2,=1+1\n3,"=HYPERLINK(""x"")"\n4,a=b\n5,"a ""=b"""\n-6,@x\n';
    expect(await inert(csv)).toBe('line,value\n2,\'=1+1\n3,"\'=HYPERLINK(""x"")"\n4,a=b\n5,"a ""=b"""\n\'-6,\'@x\n');
  });

  it('R27: leaves no cell that begins like a formula, and changes nothing else', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', '\n', 'a', 'é', '東') }),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, chunkSize) => {
          const csv = papaparse.unparse(rows, { newline: '\n', quotes: (value: string) => /[\r\n",]/.test(value) });
          const cells = parse(await inert(csv, chunkSize));
          expect(cells).toEqual(
            parse(csv).map((row) => row.map((value) => (dangerous.test(value) ? `'${value}` : value))),
          );
          expect(cells.flat().filter((value) => dangerous.test(value))).toEqual([]);
        },
      ),
    );
  });
});
