import { describe, expect, it } from '@jest/globals';
import type { AttemptEvent } from '../answer-assembly.js';
import { type ChatChunk, ChatChunks } from './chat-chunks.js';

function read(chunks: readonly ChatChunk[], done = true): AttemptEvent[] {
  const answer = new ChatChunks();
  return [...chunks.flatMap((chunk) => [...answer.read(chunk)]), ...(done ? answer.finish() : [])];
}

const call = (toolCall: object, finish_reason: string | null = null): ChatChunk => ({
  choices: [{ delta: { tool_calls: [toolCall] }, finish_reason }],
});

/** The tool uses at the end, with ids that were made up left out. */
function toolUses(chunks: readonly ChatChunk[]) {
  return read(chunks).flatMap((event) =>
    event.type === 'tool_use_finished'
      ? [[event.name, event.input]]
      : event.type === 'tool_use_malformed'
        ? [event]
        : [],
  );
}

describe('ChatChunks', () => {
  it('joins pieces by their index', () => {
    const chunks = [
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }),
      call({ index: 1, id: 'b', function: { name: 'g', arguments: '' } }),
      call({ index: 0, function: { arguments: '{"x"' } }),
      call({ index: 1, function: { arguments: '{}' } }),
      call({ index: 0, function: { arguments: ':1}' } }),
    ];
    expect(toolUses(chunks)).toEqual([
      ['f', { x: 1 }],
      ['g', {}],
    ]);
  });

  it('Ollama: whole calls without an index', () => {
    const chunks = [
      call({ id: 'call_1', function: { name: 'f', arguments: '{"x":1}' } }),
      call({ id: 'call_2', function: { name: 'f', arguments: '{"x":2}' } }, 'stop'),
    ];
    expect(toolUses(chunks)).toEqual([
      ['f', { x: 1 }],
      ['f', { x: 2 }],
    ]);
    expect(read(chunks).at(-1)).toEqual({ type: 'stop', stopReason: 'tool_use' });
  });

  it('Gemini: every call numbered 0, each chunk with a reason to stop', () => {
    const chunks = [
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":1}' } }, 'stop'),
      call({ index: 0, id: 'b', function: { name: 'f', arguments: '{"x":2}' } }, 'stop'),
    ];
    expect(toolUses(chunks)).toEqual([
      ['f', { x: 1 }],
      ['f', { x: 2 }],
    ]);
  });

  it('calls without index and id, in pieces or whole', () => {
    const chunks = [
      call({ function: { name: 'f', arguments: '{"x"' } }),
      call({ function: { arguments: ':1}' } }),
      call({ function: { name: 'f', arguments: '{"x":2}' } }),
      call({ function: { name: 'g', arguments: { y: 3 } } }),
    ];
    expect(toolUses(chunks)).toEqual([
      ['f', { x: 1 }],
      ['f', { x: 2 }],
      ['g', { y: 3 }],
    ]);
    const ids = read(chunks).flatMap((event) => (event.type === 'tool_use_started' ? [event.id] : []));
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^call_[0-9a-f-]{36}$/.test(id))).toBe(true);
  });

  it('a name and an id that are repeated with every piece', () => {
    const chunks = [
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }),
      call({ index: 0, id: 'a', function: { name: 'f', arguments: ':' } }),
      call({ index: 0, function: { name: 'f', arguments: '1}' } }),
    ];
    expect(toolUses(chunks)).toEqual([['f', { x: 1 }]]);
  });

  it('one id for calls with numbers of their own', () => {
    const chunks = [
      call({ index: 0, id: 'call', function: { name: 'f', arguments: '{"x":1}' } }),
      call({ index: 1, id: 'call', function: { name: 'f', arguments: '{"x":2}' } }),
    ];
    expect(toolUses(chunks)).toEqual([
      ['f', { x: 1 }],
      ['f', { x: 2 }],
    ]);
  });

  it('takes no arguments for an empty object', () => {
    expect(toolUses([call({ index: 0, id: 'a', function: { name: 'f' } })])).toEqual([['f', {}]]);
  });

  it('keeps what is cut off', () => {
    const cut = [call({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":' } }, 'length')];
    expect(read(cut).slice(-2)).toEqual([
      { type: 'tool_use_malformed', id: 'a', name: 'f', text: '{"x":' },
      { type: 'stop', stopReason: 'max_tokens' },
    ]);
  });

  it.each([{ reasoning_content: 'hm' }, { reasoning: 'hm' }, { reasoning: 'hm', reasoning_content: 'hm' }])(
    'reads reasoning from %j',
    (delta) => {
      expect(read([{ choices: [{ delta }] }])).toEqual([
        { type: 'reasoning_delta', text: 'hm' },
        { type: 'stop', stopReason: 'end_turn' },
      ]);
    },
  );

  it('reads content in parts, a whole message, and a refusal', () => {
    expect(read([{ choices: [{ delta: { content: [{ text: 'a' }, {}, { text: 'b' }] } }] }])[0]).toEqual({
      type: 'text_delta',
      text: 'ab',
    });
    expect(read([{ choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] }], false)).toEqual([
      { type: 'text_delta', text: 'whole' },
      { type: 'stop', stopReason: 'end_turn' },
    ]);
    expect(read([{ choices: [{ delta: { refusal: 'No.' } }] }])).toEqual([
      { type: 'text_delta', text: 'No.' },
      { type: 'stop', stopReason: 'refusal' },
    ]);
  });

  it('makes nothing of empty chunks', () => {
    const empty: ChatChunk[] = [
      {},
      { choices: null },
      { choices: [] },
      { choices: [{}] },
      { choices: [{ delta: null }] },
    ];
    expect(read(empty, false)).toEqual([]);
    expect(read([{ choices: [{ delta: { content: '', reasoning: '', tool_calls: null } }] }], false)).toEqual([]);
  });

  it('counts cached tokens once', () => {
    const usage = { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 80 } };
    expect(read([{ choices: [], usage }], false)).toEqual([
      { type: 'usage', inputTokens: 20, outputTokens: 7, cacheReadTokens: 80, cacheWriteTokens: 0 },
    ]);
  });
});
