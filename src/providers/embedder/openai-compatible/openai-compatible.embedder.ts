import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  isModelProblem,
  type ModelOrigin,
  ModelRequestInvalid,
  ModelUnavailable,
} from '../../language-model/errors.js';
import { problemOf, retryAfterMs, serverError } from '../../language-model/openai-compatible/faults.js';
import { bounded, postJson } from '../../language-model/openai-compatible/http.js';
import { saidOf } from '../../language-model/said.js';
import type { EmbeddingPurpose } from '../embedder.js';
import { RemoteEmbedder, type RemoteEmbedderOptions } from '../remote.embedder.js';

export interface OpenAiCompatibleEmbedderOptions extends RemoteEmbedderOptions {
  /** Up to and with `/v1`: `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
}

const mostErrorBytes = 64_000;
const mostAnswerBytes = 64_000_000;
const settings = { address: 'EMBEDDER_BASE_URL', key: 'EMBEDDER_API_KEY', asked: 'embeddings' };

/** Any server that speaks OpenAI's embeddings: OpenAI, Ollama, vLLM, LM Studio, llama.cpp, text-embeddings-inference. */
export class OpenAiCompatibleEmbedder extends RemoteEmbedder {
  readonly provider = 'openai-compatible';
  /** OpenAI reads 8191 tokens, and a character may be more than one of them. */
  readonly longestText = 6000;
  protected readonly limits = { texts: 64, characters: 100_000 };
  private readonly url: URL;

  constructor(private readonly server: OpenAiCompatibleEmbedderOptions) {
    super(server);
    this.url = new URL(`${server.baseUrl.replace(/\/+$/, '')}/embeddings`);
  }

  protected async attempt(
    texts: readonly string[],
    _: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]> {
    const response = await this.send(texts, signal);
    const origin = this.originOf(response);
    try {
      const limit = response.statusCode === 200 ? mostAnswerBytes : mostErrorBytes;
      const said = await text(bounded(response, limit));
      const body = parsed(said);
      const failed = response.statusCode !== 200 || (body as { error?: unknown } | undefined)?.error != null;
      if (failed) throw this.refusal(body ?? { message: said }, response.statusCode, origin, texts);
      if (/html/.test(response.headers['content-type'] ?? '')) {
        throw new ModelRequestInvalid(origin, `the server answers with a page. Check ${settings.address}.`);
      }
      return vectorsOf(body);
    } catch (error) {
      if (isModelProblem(error)) throw error;
      const { code, name } = error as NodeJS.ErrnoException;
      throw new ModelUnavailable({ ...origin, code: code ?? name }, 'broke off in the middle of its answer');
    }
  }

  private async send(texts: readonly string[], signal: AbortSignal): Promise<IncomingMessage> {
    const { apiKey, dimensions } = this.server;
    const body = { model: this.modelId, input: texts, encoding_format: 'float', ...(dimensions && { dimensions }) };
    try {
      const headers = { accept: 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
      return await postJson(this.url, headers, body, signal);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ModelUnavailable({ ...this.origin, code }, `cannot be reached (${code})`);
    }
  }

  private originOf({ statusCode, headers }: IncomingMessage): ModelOrigin {
    const requestId = headers['x-request-id'];
    return {
      ...this.origin,
      ...(statusCode === 200 ? {} : { code: `HTTP ${statusCode}` }),
      ...(typeof requestId === 'string' ? { requestId } : {}),
      retryAfterMs: retryAfterMs(headers, this.options.clock.now()),
    };
  }

  private refusal(body: unknown, status: number | undefined, origin: ModelOrigin, texts: readonly string[]) {
    const error = serverError(body, status === 200 ? undefined : status);
    const { apiKey } = this.server;
    const said = (message: string) => saidOf(message, texts, apiKey === undefined ? [] : [apiKey]);
    return problemOf(error, { ...origin, code: error.code ?? origin.code }, said, settings);
  }
}

/** In the order of the texts, whatever that of the answer. */
function vectorsOf(body: unknown): readonly (readonly number[])[] {
  const { data } = (body ?? {}) as { data?: { index?: number; embedding?: readonly number[] }[] };
  if (!Array.isArray(data)) return [];
  const vectors: (readonly number[])[] = [];
  for (const [place, each] of data.entries()) vectors[each.index ?? place] = each.embedding ?? [];
  return vectors;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
