import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { countRecords } from './record-count.js';

const createFolder = temporaryFolders();

async function count(content: string, quote = '"', skip = 0) {
  const path = join(createFolder(), 'file.csv');
  writeFileSync(path, content);
  return countRecords(path, { quote, skip, signal: new AbortController().signal });
}

/** The same by its definition, one character after the other. */
function countPlainly(text: string, quote: string, skip: number): number {
  const lines: string[] = [''];
  let isOpen = false;
  for (const character of text.split('\n').slice(skip).join('\n')) {
    if (character === quote) isOpen = !isOpen;
    if (character === '\n' && !isOpen) lines.push('');
    else lines[lines.length - 1] += character;
  }
  return lines.filter((line) => line !== '' && line !== '\r').length;
}

describe('countRecords', () => {
  it('counts rows, with and without a last newline, over newlines in quotes and blank lines', async () => {
    expect(await count('a,b\n1,2\n')).toEqual({ records: 2, regular: true });
    expect(await count('a,b\r\n1,"x\r\n\r\ny"\r\n\r\n\n3,4')).toEqual({ records: 3, regular: true });
    expect(await count('title\n\na,b\n1,2\n', '"', 3)).toEqual({ records: 1, regular: true });
    expect(await count('"a\n"b\n', '')).toEqual({ records: 2, regular: true });
    expect(await count('')).toEqual({ records: 0, regular: true });
  });

  it('says when it cannot judge', async () => {
    expect((await count('a\0\n')).regular).toBe(false);
    expect((await count('a,"b\n')).regular).toBe(false);
  });

  it('agrees with its definition, few quotes or many, in files of several chunks', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcdefgh"\n\r,'), minLength: 1, maxLength: 40 });
    const sparse = fc.constant(`${'x'.repeat(300)}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(text, sparse), { minLength: 1 }),
        fc.nat(3),
        fc.boolean(),
        async (parts, skip, isLarge) => {
          const content = parts
            .join('')
            .repeat(isLarge ? 2_000 : 1)
            .slice(0, 3_000_000);
          expect((await count(content, '"', skip)).records).toBe(countPlainly(content, '"', skip));
        },
      ),
      { numRuns: 30 },
    );
  });
});
