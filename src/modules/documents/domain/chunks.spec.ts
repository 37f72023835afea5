import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wellFormed } from '../../../platform/text/well-formed.js';
import { chunksOf, mostTokens, tokensOf } from './chunks.js';

const long = (word: string) => Array.from({ length: 60 }, (_, number) => `${word} ${number}.`).join(' ');
const textsOf = (text: string, parts?: { start: number; end: number }[]) =>
  chunksOf(text, parts).map(({ start, end }) => text.slice(start, end));

describe('chunksOf', () => {
  it('keeps what is short together', () => {
    expect(textsOf('One.\n\nTwo.\n\n# Three\n\nFour.')).toEqual(['One.\n\nTwo.\n\n# Three\n\nFour.']);
    expect(textsOf(' \n\n ')).toEqual([]);
    expect(textsOf('')).toEqual([]);
  });

  it('begins anew at headings, and knows what it stands below', () => {
    const text = `# Refunds\n\n${long('Refund')}\n\n## When\n\n${long('Week')}\n\n# Invoices\n\n${long('Invoice')}`;
    const chunks = chunksOf(text);
    expect(chunks.map(({ headings }) => headings)).toEqual([['Refunds'], ['Refunds', 'When'], ['Invoices']]);
    expect(text.slice(chunks[1]!.start)).toMatch(/^## When/);
  });

  it('cuts at paragraphs where there are some, and takes no comment in code for a heading', () => {
    const code = `\`\`\`\n# a comment\n\n${long('code')}\n\`\`\``;
    expect(textsOf(`${long('Before')}\n\n${code}\n\n${long('After')}`)).toEqual([long('Before'), code, long('After')]);
    expect(chunksOf(code)[0]?.headings).toEqual([]);
  });

  it('never mixes what different people wrote', () => {
    const text = 'Ada asks\nGrace answers\nAda thanks';
    const parts = [
      { start: 9, end: 22 },
      { start: 23, end: 33 },
    ];
    expect(textsOf(text, parts)).toEqual(['Ada asks', 'Grace answers', 'Ada thanks']);
  });

  it('cuts what has no structure', () => {
    expect(textsOf('x'.repeat(3000)).join('')).toBe('x'.repeat(3000));
    expect(textsOf('返金'.repeat(400)).every((chunk) => tokensOf(chunk) <= mostTokens)).toBe(true);
  });

  it('leaves nothing out, keeps the order, cuts no character in two, and is never too long', () => {
    const word = fc.oneof(
      fc.constantFrom('\n\n', '\n', ' ', '. ', '。', '# Head\n', '\n## Sub\n', '```\n', '😀', '返金規定'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.nat(400).map((length) => 'word '.repeat(length)),
    );
    const stretch = fc.tuple(fc.nat(2000), fc.nat(300)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.array(stretch, { maxLength: 5 }), (words, parts) => {
        const text = wellFormed(words.join(''));
        const chunks = chunksOf(
          text,
          parts.toSorted((one, other) => one.start - other.start),
        );
        let at = 0;
        for (const { start, end } of chunks) {
          expect(text.slice(at, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          const chunk = text.slice(start, end);
          expect(chunk).toBe(chunk.trim());
          expect(tokensOf(chunk)).toBeLessThanOrEqual(mostTokens);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
        if (parts.length === 0) {
          for (const { start, end } of chunks) expect(wellFormed(text.slice(start, end))).toBe(text.slice(start, end));
        }
      }),
      { numRuns: 300 },
    );
  });
});
