import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BedrockEmbedder } from '../../src/providers/embedder/bedrock/bedrock.embedder.js';
import { FakeBedrockEmbedder } from '../support/embedders/fake-bedrock-embedder.js';
import { useAwsEnvironment } from '../support/models/aws-environment.js';
import { embedderContract } from './embedder.contract.js';
import { embedderOptions, remoteEmbedderContract } from './remote-embedder.contract.js';

const models = [
  'amazon.titan-embed-text-v2:0',
  'amazon.titan-embed-text-v1',
  'cohere.embed-multilingual-v3',
  'eu.cohere.embed-v4:0',
];

for (const modelId of models) {
  embedderContract(`BedrockEmbedder with ${modelId}`, async () => {
    const server = await new FakeBedrockEmbedder(256).listen();
    useAwsEnvironment(server.address);
    const embedder = await BedrockEmbedder.open({ ...embedderOptions, dimensions: 256, modelId });
    return { embedder, close: () => server.close() };
  });
}

for (const modelId of ['amazon.titan-embed-text-v2:0', 'cohere.embed-multilingual-v3']) {
  remoteEmbedderContract(`BedrockEmbedder with ${modelId}`, async () => {
    const server = await new FakeBedrockEmbedder(256).listen();
    useAwsEnvironment(server.address);
    return { server, open: (options) => BedrockEmbedder.open({ ...options, modelId }) };
  });
}

describe('BedrockEmbedder', () => {
  let server: FakeBedrockEmbedder;
  const { signal } = new AbortController();

  beforeAll(async () => {
    server = await new FakeBedrockEmbedder(256).listen();
    useAwsEnvironment(server.address);
  });

  afterAll(() => server.close());

  const bodies = async (modelId: string, texts: string[], purpose: 'document' | 'query') => {
    const embedder = await BedrockEmbedder.open({ ...embedderOptions, dimensions: 256, modelId });
    const before = server.batches.length;
    await embedder.embed(texts, purpose, signal);
    return server.batches.slice(before).map(({ body }) => body);
  };

  it('asks Titan for one text at a time', async () => {
    const asked = await bodies('amazon.titan-embed-text-v2:0', ['one', 'two'], 'query');
    expect(asked).toHaveLength(2);
    expect(asked).toEqual(
      expect.arrayContaining(['one', 'two'].map((inputText) => ({ inputText, normalize: true, dimensions: 256 }))),
    );
  });

  it('asks Cohere for 96 texts at a time, and says what they are for', async () => {
    const texts = Array.from({ length: 100 }, (_, index) => `text ${index}`);
    const asked = await bodies('cohere.embed-multilingual-v3', texts, 'document');
    expect(asked.map((body) => (body.texts as string[]).length).toSorted((a, b) => b - a)).toEqual([96, 4]);
    expect(asked[0]).toMatchObject({ input_type: 'search_document', truncate: 'END', embedding_types: ['float'] });
    expect(asked[0]).not.toHaveProperty('output_dimension');
    expect(await bodies('eu.cohere.embed-v4:0', ['one'], 'query')).toEqual([
      {
        texts: ['one'],
        input_type: 'search_query',
        truncate: 'RIGHT',
        embedding_types: ['float'],
        output_dimension: 256,
      },
    ]);
  });

  it('says at start that it cannot ask a model', async () => {
    const unknown = BedrockEmbedder.open({ ...embedderOptions, modelId: 'anthropic.claude-sonnet-4-5' });
    await expect(unknown).rejects.toThrow(/EMBEDDER_MODEL_ID/);
  });
});
