import { afterEach, describe, expect, it } from '@jest/globals';
import { LanguageModels } from '../../src/providers/language-model/language-models.js';
import { startApp, type TestApp } from '../support/app.js';
import { ask } from '../support/models/ask.js';
import { useAwsEnvironment } from '../support/models/aws-environment.js';
import { FakeOpenAiServer } from '../support/models/fake-openai-server.js';

describe('the choice of language models', () => {
  let test: TestApp | undefined;

  afterEach(() => test?.close());

  const start = async (settings: Record<string, string>) => {
    test = await startApp({ settings });
    return test.app.nest.get(LanguageModels);
  };

  it('is none unless one is set up', async () => {
    const models = await start({});
    expect(models.default).toBeUndefined();
    expect(models.providers).toEqual([]);
  });

  it('is every provider that is set up, one of them the default', async () => {
    const server = await new FakeOpenAiServer().listen();
    useAwsEnvironment('http://127.0.0.1:1');
    const models = await start({
      LANGUAGE_MODEL: 'openai-compatible',
      OPENAI_BASE_URL: `${server.address}/v1`,
      OPENAI_MODEL_ID: 'local-model',
      OPENAI_API_KEY: 'sk-test-key',
      BEDROCK_MODEL_ID: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
      MODEL_PRICES: 'local-model=1/2',
    });
    expect(models.providers).toEqual(['openai-compatible', 'bedrock']);
    expect(models.default).toBe(models.get('openai-compatible'));
    const usage = { inputTokens: 1000, outputTokens: 500, cacheReadTokens: 0, cacheWriteTokens: 0 };
    server.answerWith({ parts: [{ text: ['Hello'] }], usage });
    const { events } = await ask(models.default!);
    expect(events).toContainEqual({ type: 'usage', ...usage, costUsd: 0.002 });
    await server.close();
  });
});
