import { OpenAiCompatibleLanguageModel } from '../../src/providers/language-model/openai-compatible/openai-compatible.language-model.js';
import { FakeOpenAiServer } from '../support/models/fake-openai-server.js';
import { languageModelContract } from './language-model.contract.js';

languageModelContract('OpenAiCompatibleLanguageModel', async () => {
  const server = await new FakeOpenAiServer().listen();
  return {
    provider: server,
    model: (options) =>
      new OpenAiCompatibleLanguageModel({
        ...options,
        baseUrl: `${server.address}/v1`,
        apiKey: 'sk-test-key',
        defaultModelId: 'local-model',
      }),
    close: () => server.close(),
  };
});
