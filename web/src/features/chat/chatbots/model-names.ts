import type { Schemas } from '@/lib/api/client';
import type { Provider } from './chatbot-form';

export const providerNames: Readonly<Record<Provider, string>> = {
  builtin: 'Built-in translator, no language model',
  'openai-compatible': 'OpenAI-compatible service',
  bedrock: 'Amazon Bedrock',
};

/** A chatbot's model in a few words. */
export function modelName({ provider, model_id }: Schemas['ChatbotModel']): string {
  return model_id ?? (provider ? providerNames[provider] : 'the service’s model');
}
