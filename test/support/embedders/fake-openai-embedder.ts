import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EmbedderFault, FakeEmbedder, type ReceivedBatch } from './fake-embedder.js';

const refusals = {
  throttled: [429, { code: 'rate_limit_exceeded', message: 'Rate limit reached' }],
  unavailable: [503, { type: 'server_error', message: 'The engine is overloaded' }],
  denied: [401, { code: 'invalid_api_key', message: 'Incorrect API key provided' }],
  invalid: [400, { type: 'invalid_request_error', message: "'$.input' is invalid." }],
  'unknown model': [404, { code: 'model_not_found', message: 'The model does not exist' }],
} as const;

/** Speaks OpenAI's `/v1/embeddings`, except that it answers in the order that it likes. */
export class FakeOpenAiEmbedder extends FakeEmbedder {
  protected textsOf(
    path: string,
    { model, input, encoding_format }: ReceivedBatch['body'],
    headers: IncomingMessage['headers'],
  ): readonly string[] | undefined {
    const isGood =
      path === '/v1/embeddings' &&
      model === 'small-embedder' &&
      encoding_format === 'float' &&
      headers.authorization === 'Bearer sk-test-key' &&
      Array.isArray(input) &&
      input.length <= 2048 &&
      input.every((each) => typeof each === 'string' && each !== '');
    return isGood ? (input as string[]) : undefined;
  }

  protected answerOf(vectors: readonly (readonly number[])[]): object {
    const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
    return {
      object: 'list',
      data: data.reverse(),
      model: 'small-embedder',
      usage: { prompt_tokens: 5, total_tokens: 5 },
    };
  }

  protected refuse(response: ServerResponse, fault: Extract<EmbedderFault, { refusal: string }>): void {
    const [status, error] = refusals[fault.refusal];
    const retryAfter =
      'retryAfterSeconds' in fault && fault.retryAfterSeconds !== undefined
        ? { 'retry-after': String(fault.retryAfterSeconds) }
        : {};
    const message = 'message' in fault ? { message: fault.message } : {};
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', ...retryAfter });
    response.end(JSON.stringify({ error: { ...error, ...message } }));
  }
}
