import type { IncomingMessage, ServerResponse } from 'node:http';
import { bedrockSignature } from '../models/fake-bedrock-server.js';
import { type EmbedderFault, FakeEmbedder, type ReceivedBatch } from './fake-embedder.js';

const refusals = {
  throttled: [429, 'ThrottlingException', 'Too many requests, please wait before trying again.'],
  unavailable: [503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'],
  denied: [403, 'AccessDeniedException', 'User: arn:aws:sts::123456789012:assumed-role/app is not authorized'],
  invalid: [400, 'ValidationException', 'Malformed input request, please reformat your input and try again.'],
  'unknown model': [404, 'ResourceNotFoundException', 'Could not resolve the foundation model'],
} as const;

/** Speaks Bedrock's `InvokeModel` for the embedding models of Titan and Cohere, to whoever signs requests. */
export class FakeBedrockEmbedder extends FakeEmbedder {
  protected textsOf(
    path: string,
    body: ReceivedBatch['body'],
    headers: IncomingMessage['headers'],
  ): readonly string[] | undefined {
    if (!bedrockSignature.test(headers.authorization ?? '') || !path.endsWith('/invoke')) return undefined;
    if (/titan/.test(path)) return textsForTitan(path, body);
    return textsForCohere(path, body);
  }

  protected answerOf(vectors: readonly (readonly number[])[], path: string): object {
    if (/titan/.test(path)) return { embedding: vectors[0], inputTextTokenCount: 5 };
    return { id: '1', texts: [], embeddings: { float: vectors }, response_type: 'embeddings_by_type' };
  }

  protected refuse(response: ServerResponse, fault: Extract<EmbedderFault, { refusal: string }>): void {
    const [status, type, usual] = refusals[fault.refusal];
    const retryAfter =
      'retryAfterSeconds' in fault && fault.retryAfterSeconds !== undefined
        ? { 'retry-after': String(fault.retryAfterSeconds) }
        : {};
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-errortype': type,
      'x-amzn-requestid': 'req_1',
      ...retryAfter,
    });
    response.end(JSON.stringify({ message: 'message' in fault ? fault.message : usual }));
  }
}

/** Titan refuses fields that it does not know. */
function textsForTitan(path: string, body: ReceivedBatch['body']): readonly string[] | undefined {
  const known = /-v2/.test(path) ? ['inputText', 'normalize', 'dimensions'] : ['inputText'];
  const { inputText } = body;
  if (typeof inputText !== 'string' || inputText === '' || inputText.length > 50_000) return undefined;
  return Object.keys(body).every((field) => known.includes(field)) ? [inputText] : undefined;
}

function textsForCohere(path: string, body: ReceivedBatch['body']): readonly string[] | undefined {
  const { texts, input_type: purpose, truncate } = body;
  const isThird = /-v3/.test(path);
  const isGood =
    Array.isArray(texts) &&
    texts.length <= 96 &&
    texts.every((each) => typeof each === 'string' && each.length <= 2048) &&
    (purpose === 'search_document' || purpose === 'search_query') &&
    ['NONE', ...(isThird ? ['START', 'END'] : ['LEFT', 'RIGHT'])].includes(String(truncate)) &&
    (!isThird || !('output_dimension' in body));
  return isGood ? (texts as string[]) : undefined;
}
