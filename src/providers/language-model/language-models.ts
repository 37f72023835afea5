import type { LanguageModel } from './language-model.js';

/** The providers of language models that are set up here. There may be none: whoever needs one asks first. */
export class LanguageModels {
  private readonly byProvider: ReadonlyMap<string, LanguageModel>;
  /** What answers where no provider is named; undefined when `LANGUAGE_MODEL` is `none`. */
  readonly default: LanguageModel | undefined;

  constructor(models: readonly LanguageModel[], defaultProvider?: string) {
    this.byProvider = new Map(models.map((model) => [model.provider, model]));
    this.default = defaultProvider === undefined ? undefined : this.byProvider.get(defaultProvider);
  }

  /** Undefined when the provider is not set up. */
  get(provider: string): LanguageModel | undefined {
    return this.byProvider.get(provider);
  }

  get providers(): readonly string[] {
    return [...this.byProvider.keys()];
  }
}
