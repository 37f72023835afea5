import { describe, expect, it } from '@jest/globals';
import type { ModelRequest } from '../language-model.js';
import { chatRequest } from './chat-request.js';

const request: ModelRequest = {
  system: [{ text: 'Rules.', cacheBoundary: true }, { text: 'Today is Monday.' }],
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'How many?' }] },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm', signature: 's' },
        { type: 'tool_use', id: 'c1', name: 'run_sql', input: { sql: 'SELECT 1' } },
        { type: 'tool_use', id: 'c2', name: 'run_sql', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', toolUseId: 'c1', content: '1' },
        { type: 'tool_result', toolUseId: 'c2', content: 'no SQL', failed: true },
        { type: 'text', text: 'And?' },
      ],
    },
    { role: 'assistant', content: [{ type: 'text', text: 'One.' }] },
  ],
  tools: [{ name: 'run_sql', description: 'Runs SQL', inputSchema: { type: 'object' } }],
  parameters: { temperature: 0, topP: 0.9, maxTokens: 100, stop: ['END'] },
};

const sent = (asked: ModelRequest, limitName: 'max_tokens' | 'max_completion_tokens' = 'max_tokens') =>
  JSON.parse(JSON.stringify(chatRequest(asked, 'm', limitName))) as Record<string, unknown>;

describe('chatRequest', () => {
  it('says it all in the words of chat completions', () => {
    expect(sent(request)).toEqual({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.9,
      max_tokens: 100,
      stop: ['END'],
      messages: [
        { role: 'system', content: 'Rules.\n\nToday is Monday.' },
        { role: 'user', content: 'How many?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'run_sql', arguments: '{"sql":"SELECT 1"}' } },
            { id: 'c2', type: 'function', function: { name: 'run_sql', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: '1' },
        { role: 'tool', tool_call_id: 'c2', content: 'Error: no SQL' },
        { role: 'user', content: 'And?' },
        { role: 'assistant', content: 'One.' },
      ],
      tools: [
        { type: 'function', function: { name: 'run_sql', description: 'Runs SQL', parameters: { type: 'object' } } },
      ],
    });
  });

  it('leaves out what is not asked for', () => {
    const bare = { system: [], messages: request.messages.slice(0, 1), tools: [], parameters: {} };
    expect(sent(bare)).toEqual({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'How many?' }],
    });
    expect(sent({ ...bare, toolChoice: 'required' })).not.toHaveProperty('tool_choice');
  });

  it.each([
    ['none', 'none'],
    ['required', 'required'],
    [{ name: 'run_sql' }, { type: 'function', function: { name: 'run_sql' } }],
  ] as const)('passes the choice of tools %j on', (toolChoice, expected) => {
    expect(sent({ ...request, toolChoice })).toMatchObject({ tool_choice: expected });
  });

  it('holds the answer to a schema', () => {
    const responseSchema = { name: 'plan', schema: { type: 'object' } };
    expect(sent({ ...request, responseSchema })).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'plan', schema: { type: 'object' }, strict: true } },
    });
  });

  it('names the limit as the server knows it', () => {
    expect(sent(request, 'max_completion_tokens')).toMatchObject({ max_completion_tokens: 100 });
    expect(sent(request, 'max_completion_tokens')).not.toHaveProperty('max_tokens');
  });
});
