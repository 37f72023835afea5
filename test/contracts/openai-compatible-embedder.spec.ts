import { describe, expect, it } from '@jest/globals';
import { OpenAiCompatibleEmbedder } from '../../src/providers/embedder/openai-compatible/openai-compatible.embedder.js';
import type { RemoteEmbedderOptions } from '../../src/providers/embedder/remote.embedder.js';
import { FakeOpenAiEmbedder } from '../support/embedders/fake-openai-embedder.js';
import { embedderContract } from './embedder.contract.js';
import { embedderOptions, remoteEmbedderContract } from './remote-embedder.contract.js';

const on = (
  server: FakeOpenAiEmbedder,
  options: Omit<RemoteEmbedderOptions, 'modelId'> = embedderOptions,
  baseUrl = `${server.address}/v1`,
) => new OpenAiCompatibleEmbedder({ ...options, baseUrl, apiKey: 'sk-test-key', modelId: 'small-embedder' });

embedderContract('OpenAiCompatibleEmbedder', async () => {
  const server = await new FakeOpenAiEmbedder(512).listen();
  return { embedder: on(server), close: () => server.close() };
});

remoteEmbedderContract('OpenAiCompatibleEmbedder', async () => {
  const server = await new FakeOpenAiEmbedder(512).listen();
  return { server, open: (options) => on(server, { ...embedderOptions, ...options }) };
});

describe('OpenAiCompatibleEmbedder', () => {
  it('sends texts in batches, and names what to check when nobody is there', async () => {
    const server = await new FakeOpenAiEmbedder(512).listen();
    const { signal } = new AbortController();
    try {
      await on(server).embed(
        Array.from({ length: 130 }, () => 'text'),
        'document',
        signal,
      );
      expect(server.batches.map(({ texts }) => texts.length).toSorted((a, b) => a - b)).toEqual([2, 64, 64]);
      expect(server.batches[0]?.body).not.toHaveProperty('dimensions');
      const elsewhere = on(server, embedderOptions, `${server.address}/v2`);
      await expect(elsewhere.embed(['text'], 'query', signal)).rejects.toThrow(/Not a request/);
    } finally {
      await server.close();
    }
    await expect(on(server, embedderOptions, 'http://127.0.0.1:9/v1').embed(['text'], 'query', signal)).rejects.toThrow(
      /cannot be reached/,
    );
  });
});
