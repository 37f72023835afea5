import { describe, expect, it } from '@jest/globals';
import { type ChatbotForm, definitionOf, emptyForm, formOf, isSame, toggled } from './chatbot-form';

const typed: ChatbotForm = {
  ...emptyForm(['run_sql']),
  name: ' Sales ',
  provider: 'openai-compatible',
  temperature: '0,2',
  max_tokens: '4000',
  tables: ['orders'],
};

describe('the form of a chatbot', () => {
  it('gives the API what is typed, and leaves the rest to the service', () => {
    expect(definitionOf(typed)).toEqual({
      name: 'Sales',
      description: '',
      system_prompt: '',
      model: { provider: 'openai-compatible', temperature: 0.2, max_tokens: 4000 },
      tools: ['run_sql'],
      tables: ['orders'],
    });
    expect(definitionOf(emptyForm([])).model).toEqual({});
  });

  it('shows what the API has', () => {
    expect(isSame(formOf(definitionOf(typed)), typed)).toBe(true);
    expect(isSame({ ...typed, tables: null }, typed)).toBe(false);
  });

  it('adds and removes names', () => {
    expect(toggled(['b'], 'a')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
