import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, saying, streamingOptions } from '../../../../test/support/models/ask.js';
import { FakeOpenAiServer } from '../../../../test/support/models/fake-openai-server.js';
import {
  ModelAccessDenied,
  ModelAnswerTruncated,
  ModelContextTooLong,
  ModelRequestInvalid,
  ModelThrottled,
  ModelUnavailable,
} from '../errors.js';
import { OpenAiCompatibleLanguageModel } from './openai-compatible.language-model.js';

const apiKey = 'sk-test-key';

function modelAt(address: string): OpenAiCompatibleLanguageModel {
  const options = { ...streamingOptions, maxAttempts: 1 };
  return new OpenAiCompatibleLanguageModel({ ...options, baseUrl: `${address}/v1/`, apiKey, defaultModelId: 'local' });
}

describe('OpenAiCompatibleLanguageModel on a server as OpenAI’s', () => {
  let server: FakeOpenAiServer;

  beforeAll(async () => {
    server = await new FakeOpenAiServer().listen();
  });

  afterAll(() => server.close());

  it('reads an answer that comes byte by byte', async () => {
    server.pieceBytes = 1;
    server.answerWith({ parts: [{ text: ['Grüße ', '👀'] }] });
    const { events } = await ask(modelAt(server.address));
    server.pieceBytes = undefined;
    expect(events.at(-1)).toMatchObject({ type: 'end', content: [{ type: 'text', text: 'Grüße 👀' }] });
  });

  it('uses one connection for answers that follow each other', async () => {
    server.answerWith({ parts: [{ text: ['Hi'] }] });
    const model = modelAt(server.address);
    await ask(model);
    const before = server.connectionCount;
    for (let turn = 0; turn < 5; turn += 1) await ask(model);
    expect(server.connectionCount).toBe(before);
  });

  it('asks for the model of the request, or else for the default', async () => {
    server.answerWith({ parts: [{ text: ['Hi'] }] });
    const model = modelAt(server.address);
    await ask(model);
    expect(server.latestBody).toMatchObject({ model: 'local' });
    await ask(model, saying('Hi', { parameters: { modelId: 'other' } }));
    expect(server.latestBody).toMatchObject({ model: 'other' });
  });

  it('passes the provider’s request id and code on', async () => {
    server.answerWith({ refusal: 'throttled' });
    const { error } = await ask(modelAt(server.address));
    expect(error).toMatchObject({
      members: { provider: 'openai-compatible', provider_code: 'rate_limit_exceeded', provider_request_id: 'req_1' },
    });
  });
});

describe('OpenAiCompatibleLanguageModel on servers of their own kind', () => {
  const servers: { close(): void }[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(listener: RequestListener): Promise<OpenAiCompatibleLanguageModel> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push({ close: () => void (server.closeAllConnections(), server.close()) });
    return modelAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  const stream = (text: string) =>
    serve((_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text));

  const refuse = (status: number, body: object | string, headers: Record<string, string> = {}) =>
    serve((_, response) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body)),
    );

  const hi = 'data: {"choices":[{"delta":{"content":"Hi"}}]}';
  const stop = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}';
  const complete = [
    { type: 'text_delta', text: 'Hi' },
    { type: 'end', stopReason: 'end_turn', content: [{ type: 'text', text: 'Hi' }] },
  ];

  it.each([
    ['CRLF and comments', `: ping\r\n\r\n${hi}\r\n\r\n: ping\r\n${stop}\r\n\r\ndata: [DONE]\r\n\r\n`],
    ['no [DONE]', `${hi}\n\n${stop}\n\n`],
    ['no reason to stop', `${hi}\n\ndata: [DONE]\n\n`],
    ['no blank line at the end', `${hi}\n\n${stop}\n\ndata: [DONE]`],
    [
      'a reason to stop in every chunk',
      `${hi.replace('}]}', '},"finish_reason":"stop"}]}').replace('}},', '},')}\n\ndata: [DONE]\n\n`,
    ],
  ])('understands %s', async (_, text) => {
    expect(await ask(await stream(text))).toEqual({ events: complete, error: undefined });
  });

  it('understands servers that do not stream', async () => {
    const whole = { choices: [{ message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] };
    expect(await ask(await refuse(200, whole))).toEqual({ events: complete, error: undefined });
  });

  it('sends no authorization without a key', async () => {
    let authorization: string | undefined;
    const { address } = await new Promise<{ address: string }>((resolve) => {
      const server = createServer((request, response) => {
        ({ authorization } = request.headers);
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${hi}\n\n${stop}\n\n`);
      }).listen(0, '127.0.0.1', () =>
        resolve({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }),
      );
      servers.push(server);
    });
    await ask(new OpenAiCompatibleLanguageModel({ ...streamingOptions, baseUrl: address, defaultModelId: 'm' }));
    expect(authorization).toBeUndefined();
  });

  it.each([
    ['data: {"error":{"message":"slow down","code":429}}', ModelThrottled],
    ['data: {"error":{"message":"Rate limit","type":"rate_limit_error"}}', ModelThrottled],
    ['data: {"error":"engine died"}', ModelUnavailable],
    [
      'data: {"object":"error","error":{"message":"Context size has been exceeded, see the context window"}}',
      ModelContextTooLong,
    ],
    [
      'event: error\ndata: {"message":"Trying to keep the first 9 tokens when context the overflows"}',
      ModelContextTooLong,
    ],
    ['event: error\ndata: {"code":400,"details":"n","message":"top_k is too large"}', ModelRequestInvalid],
    ['data: {"choices":[{"delta":{"content":', ModelAnswerTruncated],
    ['data: nonsense', ModelAnswerTruncated],
    ['data: {"choices":[{"delta":{"tool_calls":[null]}}]}', ModelAnswerTruncated],
  ])('reports %s inside a stream', async (event, expected) => {
    const { events, error } = await ask(await stream(`${hi}\n\n${event}\n\ndata: [DONE]\n\n`));
    expect(events).toEqual(complete.slice(0, 1));
    expect(error).toBeInstanceOf(expected);
  });

  it.each([
    [
      'OpenAI, quota',
      429,
      { error: { message: 'You exceeded your quota', code: 'insufficient_quota' } },
      ModelAccessDenied,
    ],
    [
      'vLLM, context',
      400,
      { error: { message: "the model's context length is only 1024 tokens", code: 400 } },
      ModelContextTooLong,
    ],
    [
      'llama.cpp, context',
      500,
      { error: { code: 500, message: 'n', type: 'exceed_context_size_error' } },
      ModelContextTooLong,
    ],
    [
      'Ollama, model',
      404,
      { error: { message: 'model "x" not found, try pulling it first', type: 'api_error' } },
      ModelRequestInvalid,
    ],
    ['FastAPI, body', 422, { detail: [{ loc: ['body', 'tools'], msg: 'not allowed' }] }, ModelRequestInvalid],
    ['a gateway, 403', 403, 'Forbidden', ModelAccessDenied],
    ['a proxy, 502', 502, '<html>Bad gateway</html>', ModelUnavailable],
    ['a proxy, 408', 408, '', ModelUnavailable],
    ['Anthropic’s overload', 529, { error: { message: 'Overloaded' } }, ModelUnavailable],
    ['an error with status 200', 200, { error: { message: 'quota exceeded', code: 429 } }, ModelThrottled],
    ['JSON that is no answer', 200, { status: 'ok' }, ModelAnswerTruncated],
  ])('reports %s', async (_, status, body, expected) => {
    const { events, error } = await ask(await refuse(status, body));
    expect(events).toEqual([]);
    expect(error).toBeInstanceOf(expected);
  });

  it('follows no redirect and takes no page for an answer', async () => {
    const redirect = await refuse(307, '', { location: 'http://127.0.0.1:1/' });
    expect((await ask(redirect)).error).toBeInstanceOf(ModelRequestInvalid);
    const page = await refuse(200, '<html></html>', { 'content-type': 'text/html' });
    expect((await ask(page)).error?.message).toContain('Check OPENAI_BASE_URL');
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
  ])('reads when to come back from %j', async (headers, retryAfterMs) => {
    const { error } = await ask(await refuse(429, {}, headers));
    expect(error).toMatchObject({ origin: { retryAfterMs } });
  });

  it('never shows the key', async () => {
    const model = await refuse(400, { error: { message: `Key ${apiKey} cannot use "top_p"` } });
    const { error } = await ask(model);
    expect(error?.message).toContain('Key … cannot use');
  });

  it('reports a server that is not there', async () => {
    const { error } = await ask(modelAt('http://127.0.0.1:1'));
    expect(error).toBeInstanceOf(ModelUnavailable);
    expect(error?.message).toContain('ECONNREFUSED');
  });

  it('ends an answer that is larger than any answer', async () => {
    const line = `: ${'x'.repeat(1_000_000)}\n\n`;
    const model = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const more = (): void => {
        while (!response.destroyed && response.write(line));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect((await ask(model)).error).toBeInstanceOf(ModelAnswerTruncated);
  });
});
