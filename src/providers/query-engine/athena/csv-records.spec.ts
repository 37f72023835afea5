import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvRecords, RECORD_END, TooManyBytes } from './csv-records.js';

const field = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);
const record = (row: readonly (string | null)[]) => row.map(field).join(',');

async function read(csv: string, limits = { records: 1_000, bytes: 1e9 }, chunkBytes = 1_000) {
  const bytes = Buffer.from(csv);
  let count = 0;
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
  }
  const content = await text(csvRecords(chunks(), limits, (records) => (count = records)));
  return { content, count };
}

describe('csvRecords', () => {
  it('gives every record but the header, whatever stands in it and however it arrives', async () => {
    const value = fc.option(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é') }));
    const rows = fc.array(fc.array(value, { minLength: 1, maxLength: 3 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 7 }),
        async (all, size, limit) => {
          const csv = [['header'], ...all].map((row) => `${record(row)}\n`).join('');
          const { content, count } = await read(csv, { records: limit, bytes: 1e9 }, size);
          expect(content).toBe(
            all
              .slice(0, limit)
              .map((row) => record(row) + RECORD_END)
              .join(''),
          );
          expect(count).toBe(Math.min(all.length, limit + 1));
        },
      ),
    );
  });

  it('reads no further than it is allowed to', async () => {
    await expect(read(`"a"\n${'"b"\n'.repeat(100)}`, { records: 1_000, bytes: 100 }, 10)).rejects.toThrow(TooManyBytes);
  });
});
