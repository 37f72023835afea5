import type { ServerResponse } from 'node:http';
import type { AnswerBlock, ModelEvent } from '../../../src/providers/language-model/language-model.js';
import { eventStreamFrame } from './event-stream-frame.js';
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

const refusals = {
  throttled: [429, 'ThrottlingException', 'Too many tokens, please wait before trying again.'],
  unavailable: [503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'],
  denied: [403, 'AccessDeniedException', 'User: arn:aws:sts::123456789012:assumed-role/app is not authorized'],
  invalid: [400, 'ValidationException', 'temperature and top_p cannot both be specified for this model.'],
  'unknown model': [404, 'ResourceNotFoundException', 'Could not resolve the foundation model'],
  'too long': [400, 'ValidationException', 'prompt is too long: 200049 tokens > 200000 maximum'],
} as const;

const streamExceptions = {
  throttled: 'throttlingException',
  unavailable: 'serviceUnavailableException',
  invalid: 'validationException',
} as const;

export const bedrockSignature =
  /^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/eu-central-1\/bedrock\/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$/;

/** Speaks Bedrock's `ConverseStream`, binary framing included, to whoever signs requests. */
export class FakeBedrockServer extends FakeModelServer {
  readonly faults = [
    'reset',
    'silence',
    'early end',
    'malformed',
    'bad checksum',
    'throttled',
    'unavailable',
    'invalid',
  ] as const;
  protected readonly contentType = 'application/vnd.amazon.eventstream';

  framesOf({ parts, stopReason = 'end_turn', usage }: ScriptedAnswer): readonly Frame<Buffer>[] {
    return [
      frame('messageStart', { role: 'assistant' }),
      ...parts.flatMap(framesOfPart),
      { ...frame('messageStop', { stopReason }), stop: true },
      ...(usage
        ? [
            frame('metadata', {
              usage: {
                inputTokens: usage.inputTokens,
                outputTokens: usage.outputTokens,
                totalTokens: usage.inputTokens + usage.outputTokens,
                cacheReadInputTokens: usage.cacheReadTokens,
                cacheWriteInputTokens: usage.cacheWriteTokens,
              },
              metrics: { latencyMs: 1 },
            }),
          ]
        : []),
    ];
  }

  contentOf(answer: ScriptedAnswer): readonly AnswerBlock[] {
    return blocksOf(answer, true);
  }

  protected faultyFrame(kind: StreamFault): Buffer {
    const good = frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'never shown' } }).content;
    if (kind === 'malformed') return good.subarray(0, good.length - 7);
    if (kind === 'bad checksum') return Buffer.concat([good.subarray(0, -1), Buffer.from([good.at(-1)! ^ 0xff])]);
    const type = streamExceptions[kind as keyof typeof streamExceptions];
    return exceptionFrame(type, 'arranged');
  }

  protected refuse(response: ServerResponse, { refusal, message, retryAfterSeconds }: RefusedAnswer): void {
    const [status, type, usual] = refusals[refusal];
    const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-errortype': type,
      'x-amzn-requestid': 'req_1',
      ...retryAfter,
    });
    response.end(JSON.stringify({ message: message ?? usual }));
  }

  protected rejection({ path, headers }: ReceivedRequest): RefusedAnswer | undefined {
    if (!/^\/model\/[^/]+\/converse-stream$/.test(path)) return { refusal: 'invalid', message: 'Unknown operation' };
    return bedrockSignature.test(headers.authorization ?? '') ? undefined : { refusal: 'denied' };
  }
}

/** One event of the stream. */
export function frame(type: string, payload: object, yields: readonly ModelEvent[] = []): Frame<Buffer> {
  const headers = { ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' };
  return { content: eventStreamFrame(headers, payload), yields };
}

export function exceptionFrame(type: string, message: string): Buffer {
  const headers = { ':message-type': 'exception', ':exception-type': type, ':content-type': 'application/json' };
  return eventStreamFrame(headers, { message });
}

function framesOfPart(part: ScriptPart, contentBlockIndex: number): Frame<Buffer>[] {
  const delta = (content: object, yields: readonly ModelEvent[]) =>
    frame('contentBlockDelta', { contentBlockIndex, delta: content }, yields);
  const stop = (yields: readonly ModelEvent[]) => frame('contentBlockStop', { contentBlockIndex }, yields);
  if ('text' in part) {
    return [...part.text.map((text) => delta({ text }, [{ type: 'text_delta', text }])), stop([])];
  }
  if ('reasoning' in part) {
    return [
      ...part.reasoning.map((text) => delta({ reasoningContent: { text } }, [{ type: 'reasoning_delta', text }])),
      delta({ reasoningContent: { signature: part.signature } }, []),
      stop([]),
    ];
  }
  const { id, name, input } = part.toolUse;
  return [
    frame('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId: id, name } } }, [
      { type: 'tool_use_started', id, name },
    ]),
    ...input.map((text) => delta({ toolUse: { input: text } }, [{ type: 'tool_use_input_delta', id, text }])),
    stop([toolUseEnd(part.toolUse)]),
  ];
}
