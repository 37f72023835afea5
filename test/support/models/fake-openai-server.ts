import type { ServerResponse } from 'node:http';
import type { AnswerBlock, ModelEvent, StopReason } from '../../../src/providers/language-model/language-model.js';
import { FakeModelServer, type ReceivedRequest } from './fake-model-server.js';
import {
  blocksOf,
  type Frame,
  type RefusedAnswer,
  type ScriptedAnswer,
  type ScriptPart,
  type StreamFault,
  toolUseEnd,
} from './script.js';

const finishReasons: Record<StopReason, string> = {
  end_turn: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  stop_sequence: 'stop',
  refusal: 'stop',
  content_filtered: 'content_filter',
};

const refusals = {
  throttled: [429, { code: 'rate_limit_exceeded', message: 'Rate limit reached' }],
  unavailable: [503, { type: 'server_error', message: 'The engine is overloaded' }],
  denied: [401, { code: 'invalid_api_key', message: 'Incorrect API key provided' }],
  invalid: [400, { type: 'invalid_request_error', message: "Unsupported value: 'temperature'" }],
  'unknown model': [404, { code: 'model_not_found', message: 'The model does not exist' }],
  'too long': [400, { code: 'context_length_exceeded', message: 'maximum context length is 8192 tokens' }],
} as const;

/** Speaks OpenAI's streaming chat completions, as OpenAI itself does. */
export class FakeOpenAiServer extends FakeModelServer {
  readonly faults = ['reset', 'silence', 'early end', 'malformed', 'throttled', 'unavailable', 'invalid'] as const;
  protected readonly contentType = 'text/event-stream; charset=utf-8';

  framesOf({ parts, stopReason = 'end_turn', usage }: ScriptedAnswer): readonly Frame<Buffer>[] {
    const toolUses = parts.flatMap((part) => ('toolUse' in part ? [part.toolUse] : []));
    let index = -1;
    return [
      chunk({ role: 'assistant', content: '' }, []),
      ...parts.flatMap((part) => framesOfPart(part, () => ('toolUse' in part ? (index += 1) : index))),
      {
        ...frame({ choices: [{ index: 0, delta: {}, ...stopOf(stopReason) }] }, toolUses.map(toolUseEnd)),
        stop: true,
      },
      ...(usage
        ? [
            frame({
              choices: [],
              usage: {
                prompt_tokens: usage.inputTokens + usage.cacheReadTokens,
                completion_tokens: usage.outputTokens,
                prompt_tokens_details: { cached_tokens: usage.cacheReadTokens },
              },
            }),
          ]
        : []),
      { content: Buffer.from('data: [DONE]\n\n'), yields: [] },
    ];
  }

  contentOf(answer: ScriptedAnswer): readonly AnswerBlock[] {
    return blocksOf(answer, false);
  }

  protected faultyFrame(kind: StreamFault): Buffer {
    if (kind === 'malformed') return Buffer.from('data: {"choices":[{"delta":{"cont\n\n');
    const [, error] = refusals[kind as 'throttled' | 'unavailable' | 'invalid'];
    return eventOf({ error });
  }

  protected refuse(response: ServerResponse, { refusal, message, retryAfterSeconds }: RefusedAnswer): void {
    const [status, error] = refusals[refusal];
    const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', ...retryAfter });
    response.end(JSON.stringify({ error: message === undefined ? error : { ...error, message } }));
  }

  protected rejection({ path, headers, body }: ReceivedRequest): RefusedAnswer | undefined {
    const isChat = path === '/v1/chat/completions' && body.stream === true && typeof body.model === 'string';
    if (!isChat || !Array.isArray(body.messages)) return { refusal: 'invalid', message: 'Not a request for a chat' };
    return headers.authorization === 'Bearer sk-test-key' ? undefined : { refusal: 'denied' };
  }
}

/** One event of the stream. */
export function eventOf(data: object): Buffer {
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}

function frame(data: object, yields: readonly ModelEvent[] = []): Frame<Buffer> {
  return { content: eventOf(data), yields };
}

function chunk(delta: object, yields: readonly ModelEvent[]): Frame<Buffer> {
  return frame({ choices: [{ index: 0, delta, finish_reason: null }] }, yields);
}

/** vLLM's way to tell a stop sequence; OpenAI itself does not tell. */
function stopOf(reason: StopReason): object {
  return { finish_reason: finishReasons[reason], ...(reason === 'stop_sequence' ? { stop_reason: 'STOP' } : {}) };
}

function framesOfPart(part: ScriptPart, nextIndex: () => number): Frame<Buffer>[] {
  if ('text' in part) {
    return part.text.map((text) => chunk({ content: text }, [{ type: 'text_delta', text }]));
  }
  if ('reasoning' in part) {
    return part.reasoning.map((text) => chunk({ reasoning_content: text }, [{ type: 'reasoning_delta', text }]));
  }
  const { id, name, input } = part.toolUse;
  const index = nextIndex();
  return [
    chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }, [
      { type: 'tool_use_started', id, name },
    ]),
    ...input.map((text) =>
      chunk({ tool_calls: [{ index, function: { arguments: text } }] }, [{ type: 'tool_use_input_delta', id, text }]),
    ),
  ];
}
