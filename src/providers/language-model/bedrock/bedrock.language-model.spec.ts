import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, saying, streamingOptions } from '../../../../test/support/models/ask.js';
import { useAwsEnvironment } from '../../../../test/support/models/aws-environment.js';
import { eventStreamFrame } from '../../../../test/support/models/event-stream-frame.js';
import { exceptionFrame, FakeBedrockServer, frame } from '../../../../test/support/models/fake-bedrock-server.js';
import type { Frame, ScriptedAnswer } from '../../../../test/support/models/script.js';
import { StartupError } from '../../../platform/errors/startup-error.js';
import {
  ModelAccessDenied,
  ModelAnswerTruncated,
  ModelContextTooLong,
  ModelRequestInvalid,
  ModelThrottled,
  ModelUnavailable,
} from '../errors.js';
import { BedrockLanguageModel } from './bedrock.language-model.js';

/** Sends frames of the test's own, whatever the script. */
class RawBedrockServer extends FakeBedrockServer {
  frames: readonly Frame<Buffer>[] | undefined;

  override framesOf(answer: ScriptedAnswer): readonly Frame<Buffer>[] {
    return this.frames ?? super.framesOf(answer);
  }
}

const environment = { ...process.env };
const claude = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const hello: ScriptedAnswer = { parts: [{ text: ['Hel', 'lo'] }] };
const stable = saying('Hi', { system: [{ text: 'Rules.', cacheBoundary: true }] });

describe('BedrockLanguageModel', () => {
  let server: RawBedrockServer;
  let model: BedrockLanguageModel;

  const open = (more: object = {}) =>
    BedrockLanguageModel.open({ ...streamingOptions, maxAttempts: 1, defaultModelId: claude, ...more });

  beforeAll(async () => {
    server = await new RawBedrockServer().listen();
    useAwsEnvironment(server.address);
    model = await open();
  });

  afterEach(() => {
    server.frames = undefined;
    server.pieceBytes = undefined;
    useAwsEnvironment(server.address);
  });

  afterAll(async () => {
    await server.close();
    process.env = environment;
  });

  const readFrames = async (...frames: readonly (Frame<Buffer> | Buffer)[]) => {
    server.frames = frames.map((each) => (Buffer.isBuffer(each) ? { content: each, yields: [] } : each));
    server.answerWith(hello);
    return ask(model);
  };

  const text = frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hi' } });
  const start = frame('messageStart', { role: 'assistant' });

  it('reads an answer that comes in pieces of three bytes', async () => {
    server.pieceBytes = 3;
    server.answerWith({ parts: [{ text: ['Grüße ', '👀'] }] });
    const { events } = await ask(model);
    expect(events.at(-1)).toMatchObject({ type: 'end', content: [{ type: 'text', text: 'Grüße 👀' }] });
  });

  it('uses one connection for answers that follow each other', async () => {
    server.answerWith(hello);
    await ask(model);
    const before = server.connectionCount;
    for (let turn = 0; turn < 5; turn += 1) await ask(model);
    expect(server.connectionCount).toBe(before);
  });

  it('asks for the model of the request, signed, in the region of the environment', async () => {
    server.answerWith(hello);
    const arn = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc';
    expect((await ask(model, saying('Hi', { parameters: { modelId: arn } }))).error).toBeUndefined();
    expect(decodeURIComponent(server.requests.at(-1)!.path)).toBe(`/model/${arn}/converse-stream`);
    expect(server.requests.at(-1)!.headers.authorization).toContain('/eu-central-1/bedrock/aws4_request');
  });

  it('passes every request through the guardrail', async () => {
    server.answerWith({ ...hello, stopReason: 'content_filtered' });
    const guarded = await open({ guardrail: { id: 'gr-1', version: '2' } });
    expect((await ask(guarded)).events.at(-1)).toMatchObject({ stopReason: 'content_filtered' });
    expect(server.latestBody).toMatchObject({
      guardrailConfig: { guardrailIdentifier: 'gr-1', guardrailVersion: '2' },
    });
  });

  it('counts what the cache gave and took', async () => {
    const usage = { inputTokens: 5, outputTokens: 7, cacheReadTokens: 2000, cacheWriteTokens: 300 };
    server.answerWith({ ...hello, usage });
    const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
    const { events } = await ask(await open({ prices: new Map([[claude, price]]) }));
    expect(events.at(-2)).toEqual({ type: 'usage', ...usage, costUsd: (15 + 105 + 600 + 1125) / 1e6 });
  });

  it('does without a cache where the model refuses it, and remembers', async () => {
    const message = 'Malformed input request: #/system/1: extraneous key [cachePoint] is not permitted';
    server.answerWith({ refusal: 'invalid', message }, hello);
    const fresh = await open();
    const before = server.requestCount;
    expect((await ask(fresh, stable)).error).toBeUndefined();
    expect(server.requestCount - before).toBe(2);
    await ask(fresh, stable);
    expect(server.requestCount - before).toBe(3);
    expect(JSON.stringify(server.latestBody)).not.toContain('cachePoint');
    await ask(model, stable);
    expect(JSON.stringify(server.latestBody)).toContain('cachePoint');
  });

  it('keeps reasoning that the provider withholds, and sends it back', async () => {
    const { events } = await readFrames(
      start,
      frame('contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { redactedContent: 'AAEC' } } }),
      frame('contentBlockStop', { contentBlockIndex: 0 }),
      text,
      frame('messageStop', { stopReason: 'end_turn' }),
    );
    const content = [
      { type: 'reasoning' as const, text: '', redacted: 'AAEC' },
      { type: 'text' as const, text: 'Hi' },
    ];
    expect(events.at(-1)).toEqual({ type: 'end', stopReason: 'end_turn', content });
    const tools = [{ name: 'f', description: 'F', inputSchema: { type: 'object' } }];
    await ask(model, { ...stable, tools, messages: [...stable.messages, { role: 'assistant', content }] });
    expect(JSON.stringify(server.latestBody)).toContain('{"reasoningContent":{"redactedContent":"AAEC"}}');
  });

  it('joins a signature that comes in pieces', async () => {
    const reasoning = (reasoningContent: object) =>
      frame('contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent } });
    const { events } = await readFrames(
      start,
      reasoning({ text: 'hm' }),
      reasoning({ signature: 'c2ln' }),
      reasoning({ signature: 'bmVk' }),
      frame('contentBlockStop', { contentBlockIndex: 0 }),
      frame('messageStop', { stopReason: 'end_turn' }),
    );
    expect(events.at(-1)).toMatchObject({ content: [{ type: 'reasoning', text: 'hm', signature: 'c2lnbmVk' }] });
  });

  it.each([
    ['throttlingException', ModelThrottled],
    ['serviceUnavailableException', ModelUnavailable],
    ['internalServerException', ModelUnavailable],
    ['modelStreamErrorException', ModelUnavailable],
    ['validationException', ModelRequestInvalid],
    ['modelTimeoutException', ModelUnavailable],
    ['somethingNewException', ModelAnswerTruncated],
  ])('reports %s inside an open stream', async (type, expected) => {
    const { events, error } = await readFrames(start, text, exceptionFrame(type, 'arranged'));
    expect(events).toEqual([{ type: 'text_delta', text: 'Hi' }]);
    expect(error).toBeInstanceOf(expected);
  });

  it('reports the model’s own throttling, an overlong input and an unmodelled error inside a stream', async () => {
    const headers = { ':message-type': 'exception', ':exception-type': 'modelStreamErrorException' };
    const throttled = eventStreamFrame(headers, { message: 'busy', originalStatusCode: 429 });
    expect((await readFrames(start, text, throttled)).error).toBeInstanceOf(ModelThrottled);
    const overlong = exceptionFrame('validationException', 'Input is too long for requested model.');
    expect((await readFrames(start, overlong)).error).toBeInstanceOf(ModelContextTooLong);
    const error = { ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'broken' };
    expect((await readFrames(start, text, eventStreamFrame(error, {}))).error).toBeInstanceOf(ModelAnswerTruncated);
  });

  it.each(['malformed_model_output', 'malformed_tool_use'])('takes %s for a failure', async (stopReason) => {
    const { error } = await readFrames(start, text, frame('messageStop', { stopReason }));
    expect(error).toBeInstanceOf(ModelUnavailable);
    expect(error?.message).toContain(stopReason);
  });

  it('skips what it does not know', async () => {
    const { events, error } = await readFrames(
      start,
      frame('somethingNew', { a: 1 }),
      text,
      frame('contentBlockDelta', { contentBlockIndex: 0, delta: { citation: {} } }),
      frame('messageStop', { stopReason: 'something_new' }),
    );
    expect(error).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ stopReason: 'end_turn', content: [{ text: 'Hi' }] });
  });

  it('ends with the tool uses that the stop left open', async () => {
    const { events } = await readFrames(
      start,
      frame('contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 'c', name: 'f' } } }),
      frame('contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: '{"a":' } } }),
      frame('messageStop', { stopReason: 'max_tokens' }),
    );
    expect(events.slice(-2)).toMatchObject([
      { type: 'tool_use_malformed', text: '{"a":' },
      { type: 'end', stopReason: 'max_tokens' },
    ]);
  });

  it('says which right is missing, and nothing of the account', async () => {
    server.answerWith({ refusal: 'denied' });
    const { error } = await ask(model);
    expect(error?.message).toContain(`The model ${claude} (bedrock) may not be used`);
    expect(error?.message).toContain('bedrock:InvokeModelWithResponseStream');
    expect(error?.message).not.toContain('123456789012');
    expect(error).toMatchObject({ members: { provider_code: 'AccessDeniedException', provider_request_id: 'req_1' } });
  });

  it('reports missing credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    const { error } = await ask(await open());
    expect(error).toBeInstanceOf(ModelAccessDenied);
    expect(error?.message).toContain('no AWS credentials were found');
  });

  it('does not start without a region', async () => {
    delete process.env.AWS_REGION;
    await expect(open()).rejects.toThrow(StartupError);
    await expect(open()).rejects.toThrow('Set AWS_REGION');
  });

  it('reports a service that is not there', async () => {
    useAwsEnvironment('http://127.0.0.1:1');
    const { error } = await ask(await open());
    expect(error).toBeInstanceOf(ModelUnavailable);
    expect(error?.message).toContain('cannot be reached');
  });
});
