import { describe, expect, it } from '@jest/globals';
import type { ModelRequest } from '../language-model.js';
import { converseRequest } from './converse-request.js';
import { cachePlaces } from './model-family.js';

const claude = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const cachePoint = { cachePoint: { type: 'default' } };

const request: ModelRequest = {
  system: [{ text: 'Rules.' }, { text: 'Catalog.', cacheBoundary: true }, { text: 'Today is Monday.' }, { text: ' ' }],
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'How many?' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'In Lyon.' },
        { type: 'text', text: '\n' },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm', signature: 'c2lnbmVk' },
        { type: 'reasoning', text: 'unsigned' },
        { type: 'reasoning', text: '', redacted: 'AAEC' },
        { type: 'tool_use', id: 'c1', name: 'run_sql', input: { sql: 'SELECT 1' } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', toolUseId: 'c1', content: '', failed: true }] },
  ],
  tools: [{ name: 'run_sql', description: 'Runs SQL', inputSchema: { type: 'object' } }],
  parameters: { temperature: 0, maxTokens: 100, stop: ['END'] },
};

const sent = (asked: ModelRequest = request, modelId = claude) => converseRequest(asked, modelId, cachePlaces(modelId));

describe('converseRequest', () => {
  it('says it all in the words of Converse', () => {
    expect(sent()).toEqual({
      modelId: claude,
      system: [{ text: 'Rules.' }, { text: 'Catalog.' }, cachePoint, { text: 'Today is Monday.' }],
      messages: [
        { role: 'user', content: [{ text: 'How many?' }, { text: 'In Lyon.' }] },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'hm', signature: 'c2lnbmVk' } } },
            { reasoningContent: { redactedContent: Buffer.from([0, 1, 2]) } },
            { toolUse: { toolUseId: 'c1', name: 'run_sql', input: { sql: 'SELECT 1' } } },
          ],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'c1', content: [{ text: '(empty)' }], status: 'error' } }],
        },
      ],
      inferenceConfig: { temperature: 0, maxTokens: 100, stopSequences: ['END'] },
      toolConfig: {
        tools: [
          { toolSpec: { name: 'run_sql', description: 'Runs SQL', inputSchema: { json: { type: 'object' } } } },
          cachePoint,
        ],
      },
    });
  });

  it('leaves out what is not asked for', () => {
    const bare = { system: [], messages: request.messages.slice(0, 1), tools: [], parameters: {} };
    expect(sent(bare)).toEqual({ modelId: claude, messages: [{ role: 'user', content: [{ text: 'How many?' }] }] });
  });

  it.each([
    [claude, 1, 1],
    ['arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-opus-4-1-v1:0', 1, 1],
    ['anthropic.claude-3-5-haiku-20241022-v1:0', 1, 1],
    ['anthropic.claude-3-haiku-20240307-v1:0', 0, 0],
    ['anthropic.claude-3-5-sonnet-20240620-v1:0', 0, 0],
    ['eu.amazon.nova-pro-v1:0', 1, 0],
    ['arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc', 1, 0],
    ['meta.llama3-1-70b-instruct-v1:0', 0, 0],
    ['openai.gpt-oss-120b-1:0', 0, 0],
  ])('%s gets %i cache points in its instructions and %i among its tools', (modelId, inSystem, inTools) => {
    const { system, toolConfig } = sent(request, modelId);
    expect(system?.filter((block) => 'cachePoint' in block)).toHaveLength(inSystem);
    expect(toolConfig?.tools?.filter((tool) => 'cachePoint' in tool)).toHaveLength(inTools);
  });

  it('caches nothing where nothing is said to be stable', () => {
    const { system, toolConfig } = sent({ ...request, system: [{ text: 'Rules.' }] });
    expect(system).toEqual([{ text: 'Rules.' }]);
    expect(toolConfig?.tools).toHaveLength(1);
  });

  it('makes text of tool uses where no tool may be used', () => {
    const { messages, toolConfig } = sent({ ...request, toolChoice: 'none' });
    expect(toolConfig).toBeUndefined();
    expect(messages?.slice(1)).toEqual([
      { role: 'assistant', content: [{ text: '[Called run_sql with {"sql":"SELECT 1"}]' }] },
      { role: 'user', content: [{ text: '[The call failed: ]' }] },
    ]);
  });

  it.each([
    ['required', { any: {} }],
    [{ name: 'run_sql' }, { tool: { name: 'run_sql' } }],
    ['auto', undefined],
  ] as const)('passes the choice of tools %j on', (toolChoice, expected) => {
    expect(sent({ ...request, toolChoice }).toolConfig?.toolChoice).toEqual(expected);
  });

  it('holds the answer to a schema, and passes it through the guardrail', () => {
    const responseSchema = { name: 'plan', schema: { type: 'object' } };
    const guardrail = { id: 'gr-1', version: '2' };
    expect(converseRequest({ ...request, responseSchema }, claude, cachePlaces(claude), guardrail)).toMatchObject({
      outputConfig: {
        textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'plan', schema: '{"type":"object"}' } } },
      },
      guardrailConfig: { guardrailIdentifier: 'gr-1', guardrailVersion: '2' },
    });
  });
});
