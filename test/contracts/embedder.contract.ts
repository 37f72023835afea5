import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ModelCancelled } from '../../src/providers/language-model/errors.js';
import type { Embedder } from '../../src/providers/embedder/embedder.js';

export interface EmbedderUnderTest {
  readonly embedder: Embedder;
  close(): Promise<void>;
}

const running = () => new AbortController().signal;

/** What every embedder promises. */
export function embedderContract(name: string, open: () => Promise<EmbedderUnderTest>): void {
  describe(`${name}: the promises of an embedder`, () => {
    let test: EmbedderUnderTest;
    let embedder: Embedder;

    beforeAll(async () => {
      test = await open();
      embedder = test.embedder;
    });

    afterAll(() => test.close());

    it('names itself and the space of its vectors', () => {
      expect(embedder.provider).toMatch(/^[a-z-]+$/);
      expect(embedder.space).toContain(embedder.provider);
      expect(embedder.space).toContain(embedder.modelId);
    });

    it('gives vectors of length 1, all with the same number of dimensions', async () => {
      const texts = [
        'Refunds are paid within two weeks.',
        '…',
        '返金は二週間以内に行われます',
        'a',
        '👀',
        'x'.repeat(300),
      ];
      const vectors = await embedder.embed(texts, 'document', running());
      expect(vectors).toHaveLength(texts.length);
      const [query] = await embedder.embed(['refund'], 'query', running());
      for (const vector of [...vectors, query!]) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(vector).toHaveLength(vectors[0]!.length);
        expect(dot(vector, vector)).toBeCloseTo(1, 4);
      }
    });

    it('gives the same text the same vector', async () => {
      const [one] = await embedder.embed(['The same text'], 'document', running());
      const [, other] = await embedder.embed(['Another one', 'The same text'], 'document', running());
      expect(dot(one!, other!)).toBeGreaterThan(0.9999);
    });

    it('puts what belongs together nearer than what does not', async () => {
      const [refund, deploy] = await embedder.embed(
        ['Customers get their refund within two weeks of the return.', 'The deployment failed: the disk was full.'],
        'document',
        running(),
      );
      const [question] = await embedder.embed(['When do customers get a refund?'], 'query', running());
      expect(dot(question!, refund!)).toBeGreaterThan(dot(question!, deploy!) + 0.1);
    });

    it('takes any number of texts, and keeps their order', async () => {
      const texts = Array.from({ length: 130 }, (_, index) => `Text ${index} about the number ${index * 7919}`);
      const vectors = await embedder.embed(texts, 'document', running());
      expect(vectors).toHaveLength(texts.length);
      for (const index of [0, 63, 64, 95, 96, 129]) {
        const [alone] = await embedder.embed([texts[index]!], 'document', running());
        expect(dot(alone!, vectors[index]!)).toBeGreaterThan(0.9999);
      }
      expect(await embedder.embed([], 'document', running())).toEqual([]);
    });

    it('cuts off what is too long, never between the halves of a character', async () => {
      const kept = 'word '.repeat(embedder.longestText / 5 + 1).slice(0, embedder.longestText - 1);
      const [cut, whole] = await embedder.embed([`${kept}😀 and more`, kept], 'document', running());
      expect(dot(cut!, whole!)).toBeGreaterThan(0.9);
    });

    it('does nothing for who has cancelled already', async () => {
      await expect(embedder.embed(['text'], 'query', AbortSignal.abort())).rejects.toBeInstanceOf(ModelCancelled);
    });
  });
}

export function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * other[index]!, 0);
}
