import { BedrockLanguageModel } from '../../src/providers/language-model/bedrock/bedrock.language-model.js';
import { useAwsEnvironment } from '../support/models/aws-environment.js';
import { FakeBedrockServer } from '../support/models/fake-bedrock-server.js';
import { languageModelContract } from './language-model.contract.js';

languageModelContract('BedrockLanguageModel', async () => {
  const server = await new FakeBedrockServer().listen();
  useAwsEnvironment(server.address);
  return {
    provider: server,
    model: (options) =>
      BedrockLanguageModel.open({ ...options, defaultModelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0' }),
    close: () => server.close(),
  };
});
