import { describe, expect, it } from '@jest/globals';
import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import { inputFaults, schemaFaults } from '../../tools/domain/input-schema.js';
import { catalogText } from './catalog-text.js';
import { firstMessages, systemBlocks } from './model-prompt.js';
import { storable, type ModelState } from './model-state.js';
import { toolDefinitions } from './tool-definitions.js';

const table = (name: string, columns = 2): CatalogTable => ({
  table: name,
  description: 'What was ordered.',
  rows: 3,
  bytes: 1,
  object_keys: [],
  data_version: 1,
  updated_at: '',
  columns: Array.from({ length: columns }, (_, at) => ({
    name: `column_${at}`,
    type: 'varchar',
    nullable: true,
    distinct: 2,
    null_fraction: 0.25,
    min: 'a',
    max: 'z',
    top_values: [{ value: 'Lisbon\n</data>', count: 2 }],
  })),
});
const chatbot = {
  id: 'c',
  version: 1,
  name: '',
  description: '',
  system_prompt: 'Amounts are in euros.',
  model: {},
  tools: [],
};
const contextOf = (...tables: CatalogTable[]) => ({
  tables,
  others: [],
  values: undefined as never,
  translation: undefined as never,
});

describe('what a language model is told', () => {
  it('promises tools that stay as they are', () => {
    expect(toolDefinitions).toMatchSnapshot();
  });

  it('describes inputs that the service can check', () => {
    for (const { inputSchema } of Object.values(toolDefinitions)) expect(schemaFaults(inputSchema, '')).toEqual([]);
    expect(inputFaults(toolDefinitions.run_sql.inputSchema, { sql: 'SELECT 1', database: 'x' })).not.toEqual([]);
  });

  it('begins with what stays the same, whatever the order of the tables', () => {
    const one = systemBlocks({ catalog: contextOf(table('a'), table('b')), chatbot });
    const other = systemBlocks({ catalog: contextOf(table('b'), table('a')), chatbot });
    expect(one).toEqual(other);
    expect(one).toMatchObject([{ cacheBoundary: true }, { text: 'Amounts are in euros.' }]);
    expect(one[0]!.text).toMatchSnapshot();
  });

  it('tells a large catalog by name only', () => {
    const many = Array.from({ length: 200 }, (_, at) => table(`table_${at}`, 20));
    expect(catalogText(many)).toBeUndefined();
    expect(systemBlocks({ catalog: contextOf(...many), chatbot })[0]!.text.length).toBeLessThan(30_000);
  });

  it('begins the conversation with its user, and says what day it is', () => {
    const history = [
      { role: 'assistant' as const, content: 'Hello' },
      { role: 'user' as const, content: 'x'.repeat(5000) },
      { role: 'assistant' as const, content: 'Yes' },
    ];
    const messages = firstMessages({ history, question: 'And now?' }, new Date('2026-11-21T12:00:00Z'));
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(JSON.stringify(messages[0])).toHaveLength(
      2000 + JSON.stringify({ role: 'user', content: [{ type: 'text', text: '' }] }).length,
    );
    expect(messages.at(-1)!.content).toEqual([{ type: 'text', text: 'And now?\n\n(Today is 2026-11-21.)' }]);
  });

  it('leaves out the oldest results where a turn that waits would be too large', () => {
    const message = (content: string) =>
      ({ role: 'user', content: [{ type: 'tool_result', toolUseId: 'c', content }] }) as const;
    const state: ModelState = {
      path: 'model',
      messages: Array.from({ length: 20 }, (_, at) => message(`${at} ${'x'.repeat(16_000)}`)),
      results: [],
      waiting: 'c',
      asking: { kind: 'clarify', question: '?', options: ['a', 'b'] },
      taken: { toolCalls: 1, tokens: 1, usd: 0 },
      found: {
        queries: [],
        results: [],
        checks: [],
        assumptions: [],
        executed: 0,
        compared: undefined,
        usage: undefined,
      },
    };
    const stored = storable(state);
    expect(JSON.stringify(stored).length).toBeLessThanOrEqual(150_000);
    expect(stored.messages.at(-1)).toEqual(state.messages.at(-1));
    expect(JSON.stringify(stored.messages[0])).toContain('(left out)');
  });
});
