import type { StreamingOptions } from '../../src/providers/language-model/streaming.language-model.js';
import type { FakeAnswer, FakeModel } from '../support/models/script.js';
import { ScriptedLanguageModel } from '../support/models/scripted-language-model.js';
import { languageModelContract } from './language-model.contract.js';

/** Several models that share one script, as several adapters share a server. */
class Stage implements FakeModel {
  private readonly models: ScriptedLanguageModel[] = [new ScriptedLanguageModel()];
  readonly faults = this.models[0]!.faults;
  framesOf = this.models[0]!.framesOf.bind(this.models[0]);
  contentOf = this.models[0]!.contentOf.bind(this.models[0]);

  model(options: StreamingOptions): ScriptedLanguageModel {
    const model = new ScriptedLanguageModel(options);
    this.models.push(model);
    return model;
  }

  answerWith(...answers: readonly FakeAnswer[]): void {
    for (const model of this.models) model.answerWith(...answers);
  }

  get requestCount(): number {
    return this.sum(({ requestCount }) => requestCount);
  }

  get abandonedCount(): number {
    return this.sum(({ abandonedCount }) => abandonedCount);
  }

  get openCount(): number {
    return this.sum(({ openCount }) => openCount);
  }

  private sum(count: (model: ScriptedLanguageModel) => number): number {
    return this.models.map(count).reduce((a, b) => a + b, 0);
  }
}

languageModelContract('ScriptedLanguageModel', async () => {
  const stage = new Stage();
  return { provider: stage, model: (options) => stage.model(options), close: async () => {} };
});
