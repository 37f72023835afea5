import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunk } from './chunking.js';
import { readText } from './reading/read-text.js';
import { describe as describeInterview } from './speakers.js';

/** A sentence ends with a full stop. */
const sentencesIn = (text: string) =>
  [...text.matchAll(/[^.]+\.?\s*/g)].map(({ 0: { length }, index }) => ({ start: index, end: index + length }));

const chunksOf = (text: string) => {
  const transcript = readText(text, 'txt');
  return { transcript, chunks: chunk(transcript, describeInterview(1, 'a.txt', transcript), sentencesIn) };
};

describe('chunking', () => {
  const words = fc.array(fc.constantFrom('we', 'waited', 'long', 'for.', 'it.', 'again.', 'x'.repeat(4000)), {
    minLength: 1,
    maxLength: 900,
  });
  const turns = fc.array(fc.tuple(fc.constantFrom('Ada', 'P1'), words), { minLength: 2, maxLength: 8 });

  it('has every character of every turn, in order, within the bound, and repeats only a sentence of a turn that was cut', () => {
    fc.assert(
      fc.property(turns, (said) => {
        const { transcript, chunks } = chunksOf(said.map(([who, what]) => `${who}: ${what.join(' ')}`).join('\n'));
        for (const { text, start, end, tokens, overlap } of chunks) {
          expect(text).toBe(transcript.text.slice(start, end));
          expect(tokens).toBeLessThanOrEqual(770);
          expect(overlap).toBeLessThanOrEqual(60 * 4);
        }
        for (const [index, { start, overlap }] of chunks.slice(1).entries()) {
          const before = chunks[index]!;
          expect(start).toBeGreaterThan(before.start);
          if (overlap > 0) expect(start + overlap).toBeGreaterThanOrEqual(before.end - 4);
          else expect(start).toBeGreaterThanOrEqual(before.end);
        }
        const isIn = (offset: number) => chunks.some(({ start, end }) => start <= offset && offset < end);
        for (const { start, end } of transcript.turns)
          for (let offset = start; offset < end; offset += 1)
            if (/\S/.test(transcript.text[offset]!) && !isIn(offset)) throw new Error(`${offset} is in no chunk.`);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps a question with its answer', () => {
    const answer = 'We waited for it all day long. '.repeat(50);
    const { chunks } = chunksOf(Array.from({ length: 5 }, () => `Ada: Why?\nP1: ${answer}`).join('\n'));
    expect(chunks.map(({ text }) => text.startsWith('Why?'))).toEqual([true, true, true, true, true]);
    expect(chunks.every(({ overlap }) => overlap === 0)).toBe(true);
  });
});
