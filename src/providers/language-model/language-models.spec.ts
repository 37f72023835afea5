import { describe, expect, it } from '@jest/globals';
import { ScriptedLanguageModel } from '../../../test/support/models/scripted-language-model.js';
import { LanguageModels } from './language-models.js';

describe('LanguageModels', () => {
  const first = new ScriptedLanguageModel({}, undefined, 'first');
  const second = new ScriptedLanguageModel({}, undefined, 'second');

  it('finds models by their provider', () => {
    const models = new LanguageModels([first, second], 'second');
    expect(models.providers).toEqual(['first', 'second']);
    expect(models.get('first')).toBe(first);
    expect(models.get('third')).toBeUndefined();
    expect(models.default).toBe(second);
  });

  it('may have none, or no default among them', () => {
    expect(new LanguageModels([]).default).toBeUndefined();
    expect(new LanguageModels([first], 'none').default).toBeUndefined();
  });
});
