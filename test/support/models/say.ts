import { LanguageModels } from '../../../src/providers/language-model/language-models.js';
import type { Overrides } from '../../../src/app.js';
import type { ScriptedAnswer } from './script.js';
import type { ScriptedLanguageModel } from './scripted-language-model.js';

let calls = 0;

/** An answer that calls a tool. A text is sent as it is, also when it is no JSON. */
export function calling(name: string, input: object | string): ScriptedAnswer {
  calls += 1;
  const written = typeof input === 'string' ? input : JSON.stringify(input);
  return { parts: [{ toolUse: { id: `call_${calls}`, name, input: [written] } }], stopReason: 'tool_use', usage };
}

/** An answer in words, which arrive one by one. */
export function speaking(text: string): ScriptedAnswer {
  return { parts: [{ text: text.match(/\S+\s*|\s+/g) ?? [] }], usage };
}

const usage = { inputTokens: 100, outputTokens: 20, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** Makes the model the one that answers where a chatbot names none. */
export function withModel(model: ScriptedLanguageModel): Pick<Overrides, 'adapters'> {
  return { adapters: (adapters) => ({ ...adapters, languageModels: new LanguageModels([model], model.provider) }) };
}
