import type { IncomingMessage } from 'node:http';
import type { AttemptEvent } from '../answer-assembly.js';
import {
  isModelProblem,
  ModelAnswerTruncated,
  type ModelOrigin,
  type ModelProblem,
  ModelRequestInvalid,
  ModelUnavailable,
} from '../errors.js';
import type { ModelRequest } from '../language-model.js';
import { said } from '../said.js';
import { StreamingLanguageModel, type StreamingOptions } from '../streaming.language-model.js';
import { type ChatChunk, ChatChunks } from './chat-chunks.js';
import { chatRequest } from './chat-request.js';
import { problemOf, retryAfterMs, serverError } from './faults.js';
import { bounded, postJson } from './http.js';
import { serverSentEvents } from './server-sent-events.js';

export interface OpenAiCompatibleOptions extends StreamingOptions {
  /** Up to and with `/v1`: `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  /** Servers on one's own machine mostly need none. */
  readonly apiKey?: string | undefined;
  readonly defaultModelId: string;
}

const mostErrorBytes = 64_000;
const mostAnswerBytes = 64_000_000;

/**
 * Any server that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, LM Studio, llama.cpp, a gateway. Written over
 * Node's own HTTP client: what servers do differently is the larger part of the work, and OpenAI's package does not know it.
 */
export class OpenAiCompatibleLanguageModel extends StreamingLanguageModel {
  readonly provider = 'openai-compatible';
  readonly defaultModelId: string;
  private readonly url: URL;

  constructor(private readonly settings: OpenAiCompatibleOptions) {
    super(settings);
    this.defaultModelId = settings.defaultModelId;
    this.url = new URL(`${settings.baseUrl.replace(/\/+$/, '')}/chat/completions`);
  }

  protected async *attempt(request: ModelRequest, modelId: string, signal: AbortSignal): AsyncGenerator<AttemptEvent> {
    const response = await this.send(request, modelId, signal);
    const origin = this.originOf(response, modelId);
    const type = response.headers['content-type'] ?? '';
    if (response.statusCode !== 200) throw await this.refusal(response, origin, request);
    if (/html/.test(type)) {
      throw new ModelRequestInvalid(origin, `the server answers with ${type}. Check OPENAI_BASE_URL.`);
    }
    const chunks = type.includes('application/json') ? wholeAnswer(response) : streamedChunks(response);
    const answer = new ChatChunks();
    try {
      for await (const chunk of chunks) {
        if (chunk === 'done') yield* answer.finish();
        else if (chunk.error != null) throw this.problemOf(serverError(chunk), origin, request);
        else yield* answer.read(chunk);
      }
    } catch (error) {
      if (isModelProblem(error)) throw error;
      // The connection was lost, or what it brought cannot be read.
      const { code, name } = error as NodeJS.ErrnoException;
      throw new ModelAnswerTruncated({ ...origin, code: code ?? name });
    }
  }

  private async send(request: ModelRequest, modelId: string, signal: AbortSignal): Promise<IncomingMessage> {
    const { apiKey } = this.settings;
    // OpenAI's newer models refuse the old name of the limit, and most other servers do not know the new one.
    const limitName = this.url.hostname === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens';
    try {
      return await postJson(
        this.url,
        { accept: 'text/event-stream', ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
        chatRequest(request, modelId, limitName),
        signal,
      );
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ModelUnavailable({ provider: this.provider, modelId, code }, `cannot be reached (${code})`);
    }
  }

  private originOf({ statusCode, headers }: IncomingMessage, modelId: string): ModelOrigin {
    const requestId = headers['x-request-id'];
    return {
      provider: this.provider,
      modelId,
      ...(statusCode === 200 ? {} : { code: `HTTP ${statusCode}` }),
      ...(typeof requestId === 'string' ? { requestId } : {}),
      retryAfterMs: retryAfterMs(headers, this.options.clock.now()),
    };
  }

  private async refusal(response: IncomingMessage, origin: ModelOrigin, request: ModelRequest): Promise<ModelProblem> {
    const text = await textOf(bounded(response, mostErrorBytes)).catch(() => '');
    return this.problemOf(serverError(parsed(text) ?? { message: text }, response.statusCode), origin, request);
  }

  private problemOf(error: ReturnType<typeof serverError>, origin: ModelOrigin, request: ModelRequest): ModelProblem {
    const { apiKey } = this.settings;
    return problemOf(error, { ...origin, code: error.code ?? origin.code }, (message) =>
      said(message, request, apiKey === undefined ? [] : [apiKey]),
    );
  }
}

async function* streamedChunks(response: IncomingMessage): AsyncGenerator<ChatChunk | 'done'> {
  for await (const { event, data } of serverSentEvents(bounded(response, mostAnswerBytes))) {
    if (data.trim() === '[DONE]') yield 'done';
    else yield chunkOf(data, event);
  }
}

/** Servers that cannot stream answer at once. */
async function* wholeAnswer(response: IncomingMessage): AsyncGenerator<ChatChunk | 'done'> {
  const chunk = chunkOf(await textOf(bounded(response, mostAnswerBytes)), undefined);
  yield chunk;
  if (chunk.choices?.length) yield 'done';
}

function chunkOf(data: string, event: string | undefined): ChatChunk {
  const chunk = parsed(data);
  if (typeof chunk !== 'object' || chunk === null) throw new SyntaxError('Not a chunk of an answer');
  return event === 'error' && !('error' in chunk) ? { error: chunk } : chunk;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces).toString('utf8');
}
