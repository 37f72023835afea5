import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BuiltinEmbedder } from '../../src/providers/embedder/builtin/builtin.embedder.js';
import { dot, embedderContract } from './embedder.contract.js';

embedderContract('BuiltinEmbedder', async () => ({ embedder: new BuiltinEmbedder(), close: async () => undefined }));

describe('BuiltinEmbedder', () => {
  const embedder = new BuiltinEmbedder();
  const embed = (...texts: string[]) => embedder.embed(texts, 'document', new AbortController().signal);

  it('says that it knows words, not what they mean', () => {
    expect(embedder).toMatchObject({ isLexical: true, isRemote: false });
  });

  it('is the same on every machine', async () => {
    const [vector] = await embed('Refunds are paid within two weeks.');
    const largest = [...vector!.entries()].toSorted(([, one], [, other]) => Math.abs(other) - Math.abs(one));
    expect(largest.slice(0, 3).map(([index]) => index)).toEqual([4, 59, 80]);
  });

  it('sees through inflection, accents and slips of the pen', async () => {
    const [refund, refunded, slip, other] = await embed('refund', 'Refunded', 'refuund', 'invoice');
    expect(dot(refund!, refunded!)).toBeGreaterThan(0.99);
    expect(dot(refund!, slip!)).toBeGreaterThan(0.2);
    expect(Math.abs(dot(refund!, other!))).toBeLessThan(0.2);
  });

  it('gives any text that is not blank a vector of length 1', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== ''),
        async (text) => {
          const [vector] = await embed(text);
          expect(dot(vector!, vector!)).toBeCloseTo(1, 4);
        },
      ),
      { numRuns: 300 },
    );
  });
});
