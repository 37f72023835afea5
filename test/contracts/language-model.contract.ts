import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import {
  isModelProblem,
  ModelAccessDenied,
  ModelAnswerEndless,
  ModelAnswerTruncated,
  ModelCancelled,
  ModelContextTooLong,
  ModelFirstTokenLate,
  ModelIdle,
  ModelRequestInvalid,
  ModelThrottled,
  ModelUnavailable,
} from '../../src/providers/language-model/errors.js';
import type { LanguageModel, ModelEvent, ModelRequest } from '../../src/providers/language-model/language-model.js';
import type { StreamingOptions } from '../../src/providers/language-model/streaming.language-model.js';
import { ManualClock } from '../support/manual-clock.js';
import { collect, type Outcome, streamingOptions } from '../support/models/ask.js';
import type { FakeAnswer, FakeModel, Refusal, ScriptedAnswer, StreamFault } from '../support/models/script.js';
import { until } from '../support/until.js';

export interface LanguageModelUnderTest {
  /** The provider's side: what is answered, and what was seen there. */
  readonly provider: FakeModel;
  /** The adapter with these options, on that provider. */
  model(options: StreamingOptions): Promise<LanguageModel> | LanguageModel;
  close(): Promise<void>;
}

const usage = { inputTokens: 120, outputTokens: 34, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** Everything an answer can hold. */
const rich: ScriptedAnswer = {
  parts: [
    { reasoning: ['I need ', 'two tables.'], signature: 'c2lnbmVk' },
    { text: ['Let me ', 'look 👀.'] },
    { toolUse: { id: 'use_1', name: 'describe_table', input: ['{"table"', ':"orders"}'] } },
    { toolUse: { id: 'use_2', name: 'run_sql', input: ['{"sql":"SELECT ', '1"}'] } },
  ],
  stopReason: 'tool_use',
  usage,
};

const hello: ScriptedAnswer = { parts: [{ text: ['Hel', 'lo'] }], usage };

const question: ModelRequest = {
  system: [{ text: 'You answer questions about tables.', cacheBoundary: true }, { text: 'Today is Monday.' }],
  messages: [{ role: 'user', content: [{ type: 'text', text: 'How many orders came from the city of Lyon?' }] }],
  tools: [
    { name: 'describe_table', description: 'Columns of a table', inputSchema: { type: 'object' } },
    { name: 'run_sql', description: 'Runs SQL', inputSchema: { type: 'object' } },
  ],
  parameters: { temperature: 0, maxTokens: 500 },
};

const patient: StreamingOptions = {
  ...streamingOptions,
  prices: new Map([['priced-model', { input: 3, output: 15 }]]),
};

const errorOf: Record<Exclude<StreamFault, 'silence'>, new (...args: never[]) => Error> = {
  reset: ModelAnswerTruncated,
  'early end': ModelAnswerTruncated,
  malformed: ModelAnswerTruncated,
  'bad checksum': ModelAnswerTruncated,
  throttled: ModelThrottled,
  unavailable: ModelUnavailable,
  invalid: ModelRequestInvalid,
};

/** What every language model promises. */
export function languageModelContract(name: string, open: () => Promise<LanguageModelUnderTest>): void {
  describe(`${name}: the promises of a language model`, () => {
    let test: LanguageModelUnderTest;
    let provider: FakeModel;
    let model: LanguageModel;

    beforeAll(async () => {
      test = await open();
      provider = test.provider;
      model = await test.model(patient);
    });

    afterAll(() => test.close());

    const ask = async (answer: FakeAnswer | readonly FakeAnswer[], asked = question, by = model): Promise<Outcome> => {
      provider.answerWith(...[answer].flat());
      return collect(by.stream(asked, new AbortController().signal));
    };

    const requestsOf = async (work: () => Promise<unknown>): Promise<number> => {
      const before = provider.requestCount;
      await work();
      return provider.requestCount - before;
    };

    /** An adapter whose time passes when the test says so: on a busy machine, no deadline comes before its time. */
    const withDeadlines = async (deadlines: Partial<StreamingOptions['deadlines']>) => {
      const clock = new ManualClock();
      const timed = await test.model({ ...patient, clock, deadlines: { ...patient.deadlines, ...deadlines } });
      return { clock, timed };
    };

    it('names its provider and the model that answers by default', () => {
      expect(model.provider).toMatch(/^[a-z-]+$/);
      expect(model.defaultModelId).not.toBe('');
    });

    it('streams a text, then its usage, then its end', async () => {
      expect(await ask(hello)).toEqual({
        events: [
          { type: 'text_delta', text: 'Hel' },
          { type: 'text_delta', text: 'lo' },
          { type: 'usage', ...usage, costUsd: null },
          { type: 'end', stopReason: 'end_turn', content: [{ type: 'text', text: 'Hello' }] },
        ],
        error: undefined,
      });
    });

    it('streams reasoning, text and several tool uses, and puts the answer together', async () => {
      const { events, error } = await ask(rich);
      expect(error).toBeUndefined();
      expect(events).toEqual([
        ...provider.framesOf(rich).flatMap(({ yields }) => yields),
        { type: 'usage', ...usage, costUsd: null },
        { type: 'end', stopReason: 'tool_use', content: provider.contentOf(rich) },
      ]);
      expect(events.filter(({ type }) => type === 'tool_use_finished')).toEqual([
        { type: 'tool_use_finished', id: 'use_1', name: 'describe_table', input: { table: 'orders' } },
        { type: 'tool_use_finished', id: 'use_2', name: 'run_sql', input: { sql: 'SELECT 1' } },
      ]);
    });

    it('takes an answer back with the results of its tools', async () => {
      const { events } = await ask(rich);
      const end = events.at(-1);
      const content = end?.type === 'end' ? end.content : [];
      const next: ModelRequest = {
        ...question,
        messages: [
          ...question.messages,
          { role: 'assistant', content },
          {
            role: 'user',
            content: [
              { type: 'tool_result', toolUseId: 'use_1', content: 'id bigint' },
              { type: 'tool_result', toolUseId: 'use_2', content: 'no such table', failed: true },
            ],
          },
        ],
      };
      expect((await ask(hello, next)).error).toBeUndefined();
      expect((await ask(hello, { ...next, toolChoice: 'none' })).error).toBeUndefined();
    });

    it.each(['{"sql": SEL', '[1]', '"text"'])('says that the input %s is malformed, and goes on', async (text) => {
      const answer: ScriptedAnswer = {
        parts: [{ text: ['Well: '] }, { toolUse: { id: 'use_1', name: 'run_sql', input: [text] } }],
        stopReason: 'tool_use',
      };
      const { events, error } = await ask(answer);
      expect(error).toBeUndefined();
      expect(events.slice(-2)).toEqual([
        { type: 'tool_use_malformed', id: 'use_1', name: 'run_sql', text },
        {
          type: 'end',
          stopReason: 'tool_use',
          content: [
            { type: 'text', text: 'Well: ' },
            { type: 'tool_use', id: 'use_1', name: 'run_sql', input: {} },
          ],
        },
      ]);
    });

    it('takes no input at all for an empty one', async () => {
      const toolUse = { id: 'use_1', name: 'list_tables', input: ['{}'] };
      const { events } = await ask({ parts: [{ toolUse }], stopReason: 'tool_use' });
      expect(events).toContainEqual({ type: 'tool_use_finished', id: 'use_1', name: 'list_tables', input: {} });
    });

    it.each(['end_turn', 'max_tokens', 'stop_sequence', 'content_filtered'] as const)(
      'ends with %s',
      async (stopReason) => {
        const { events } = await ask({ ...hello, stopReason });
        expect(events.at(-1)).toMatchObject({ type: 'end', stopReason });
      },
    );

    it('gives the cost where the prices are known, and no usage where the provider tells none', async () => {
      const priced = { ...question, parameters: { modelId: 'priced-model' } };
      const { events } = await ask(hello, priced);
      expect(events).toContainEqual({ type: 'usage', ...usage, costUsd: (120 * 3 + 34 * 15) / 1e6 });
      const silent = await ask({ parts: hello.parts });
      expect(silent.events.map(({ type }) => type)).toEqual(['text_delta', 'text_delta', 'end']);
    });

    it('counts each token in one place, and invents no price for the cache', async () => {
      const cached = { ...usage, cacheReadTokens: 2000 };
      const priced = { ...question, parameters: { modelId: 'priced-model' } };
      const { events } = await ask({ ...hello, usage: cached }, priced);
      expect(events).toContainEqual({ type: 'usage', ...cached, costUsd: null });
    });

    it('sends nothing before it is iterated', async () => {
      provider.answerWith(hello);
      const requests = await requestsOf(async () => {
        model.stream(question, new AbortController().signal);
        await delay(20);
      });
      expect(requests).toBe(0);
    });

    it('R51: a fault at any point of an answer gives what had arrived, and then the right error', async () => {
      const frames = provider.framesOf(rich);
      const stop = frames.findIndex(({ stop }) => stop);
      const kinds = provider.faults.filter((kind) => kind !== 'silence');
      for (const kind of kinds) {
        for (let at = 0; at <= stop; at += 1) {
          const arrived = frames.slice(0, at).flatMap(({ yields }) => yields);
          let outcome: Outcome | undefined;
          const requests = await requestsOf(async () => (outcome = await ask({ ...rich, fault: { at, kind } })));
          expect({ kind, at, events: outcome?.events }).toEqual({ kind, at, events: arrived });
          expect(isModelProblem(outcome?.error)).toBe(true);
          const mayBeUnreachable = arrived.length === 0 && errorOf[kind] === ModelAnswerTruncated;
          const allowed = mayBeUnreachable ? [ModelAnswerTruncated, ModelUnavailable] : [errorOf[kind]];
          expect(allowed).toContain(outcome?.error?.constructor);
          const isTriedAgain = arrived.length === 0 && kind !== 'invalid';
          expect({ kind, at, requests }).toEqual({ kind, at, requests: isTriedAgain ? patient.maxAttempts : 1 });
        }
      }
    });

    it('R51: silence at any point of an answer ends it at the deadline', async () => {
      const { clock, timed } = await withDeadlines({ firstTokenMs: 200, idleMs: 120 });
      const frames = provider.framesOf(rich);
      const stop = frames.findIndex(({ stop }) => stop);
      for (let at = 0; at <= stop; at += 1) {
        const arrived = frames.slice(0, at).flatMap(({ yields }) => yields);
        provider.answerWith({ ...rich, fault: { at, kind: 'silence' } });
        let seen = 0;
        let outcome: Outcome | undefined;
        const run = collect(timed.stream(question, new AbortController().signal), () => (seen += 1));
        void run.then((result) => (outcome = result));
        await until(async () => provider.openCount === 1 && seen === arrived.length);
        await until(async () => {
          if (!outcome) clock.advance(100);
          return outcome;
        });
        expect({ at, events: outcome?.events }).toEqual({ at, events: arrived });
        expect(outcome?.error).toBeInstanceOf(arrived.length === 0 ? ModelFirstTokenLate : ModelIdle);
        await until(async () => provider.openCount === 0);
      }
    });

    it('R51: what goes wrong after the answer is complete costs its usage, no more', async () => {
      const frames = provider.framesOf(rich);
      const at = frames.findIndex(({ stop }) => stop) + 1;
      for (const kind of provider.faults) {
        const { events, error } = await ask({ ...rich, fault: { at, kind } });
        expect(error).toBeUndefined();
        expect(events).toEqual([
          ...frames.flatMap(({ yields }) => yields),
          { type: 'end', stopReason: 'tool_use', content: provider.contentOf(rich) },
        ]);
      }
    });

    it('R51: an answer that never ends is ended', async () => {
      const { clock, timed } = await withDeadlines({ totalMs: 300 });
      const text = Array.from({ length: 100_000 }, (_, index) => `${index} `);
      provider.answerWith({ parts: [{ text }], pause: 10 });
      const events: ModelEvent[] = [];
      const run = collect(timed.stream(question, new AbortController().signal), (event) => {
        if (events.push(event) === 6) clock.advance(300);
      });
      expect((await run).error).toBeInstanceOf(ModelAnswerEndless);
      expect(events.length).toBeGreaterThan(5);
      expect(events.length).toBeLessThan(text.length);
      await until(async () => provider.openCount === 0);
    });

    it('R51: throttling before the first token is waited out, within bounds', async () => {
      const throttled = { refusal: 'throttled' } as const;
      const persistent = await test.model({ ...patient, maxAttempts: 4 });
      let outcome: Outcome | undefined;
      const ask3 = async () => (outcome = await ask([throttled, throttled, throttled, hello], question, persistent));
      expect(await requestsOf(ask3)).toBe(4);
      expect(outcome?.events.at(-1)).toMatchObject({ type: 'end' });

      expect(await requestsOf(async () => (outcome = await ask(throttled)))).toBe(2);
      expect(outcome).toMatchObject({ events: [], error: { retryable: true } });
      expect(outcome?.error).toBeInstanceOf(ModelThrottled);
    });

    it('waits as long as the provider asks, but not in vain', async () => {
      const began = performance.now();
      const { error } = await ask([{ refusal: 'throttled', retryAfterSeconds: 1 }, hello]);
      expect(error).toBeUndefined();
      expect(performance.now() - began).toBeGreaterThan(950);

      let outcome: Outcome | undefined;
      const later = { refusal: 'throttled', retryAfterSeconds: 60 } as const;
      expect(await requestsOf(async () => (outcome = await ask([later, hello])))).toBe(1);
      expect(outcome?.error).toMatchObject({ origin: { retryAfterMs: 60_000 }, headers: { 'retry-after': '60' } });
    });

    it.each<[Refusal, new (...args: never[]) => Error]>([
      ['denied', ModelAccessDenied],
      ['invalid', ModelRequestInvalid],
      ['unknown model', ModelRequestInvalid],
      ['too long', ModelContextTooLong],
    ])('does not ask again when the request is refused as %s', async (refusal, expected) => {
      let outcome: Outcome | undefined;
      expect(await requestsOf(async () => (outcome = await ask([{ refusal }, hello])))).toBe(1);
      expect(outcome?.error).toBeInstanceOf(expected);
      expect(outcome?.error).toMatchObject({
        retryable: false,
        origin: { provider: model.provider, modelId: model.defaultModelId },
      });
    });

    it('asks again when the provider is overloaded', async () => {
      expect((await ask([{ refusal: 'unavailable' }, hello])).events.at(-1)).toMatchObject({ type: 'end' });
    });

    it('sends nothing for who has cancelled already', async () => {
      provider.answerWith(hello);
      let outcome: Outcome | undefined;
      const requests = await requestsOf(
        async () => (outcome = await collect(model.stream(question, AbortSignal.abort()))),
      );
      expect({ requests, events: outcome?.events }).toEqual({ requests: 0, events: [] });
      expect(outcome?.error).toBeInstanceOf(ModelCancelled);
    });

    it.each([0, 3])('closes the connection when it is cancelled after %i events', async (after) => {
      provider.answerWith({ ...rich, ...(after === 0 ? { fault: { at: 0, kind: 'silence' } } : { pause: 30 }) });
      const cancel = new AbortController();
      const abandoned = provider.abandonedCount;
      const events: ModelEvent[] = [];
      const began = provider.requestCount;
      const run = collect(model.stream(question, cancel.signal), (event) => events.push(event));
      await until(async () => provider.requestCount > began && events.length >= after);
      cancel.abort();
      const { error } = await run;
      expect(error).toBeInstanceOf(ModelCancelled);
      await until(async () => provider.abandonedCount === abandoned + 1 && provider.openCount === 0);
    });

    it('stops waiting for the next attempt when it is cancelled', async () => {
      const { timed } = await withDeadlines({});
      provider.answerWith({ refusal: 'throttled', retryAfterSeconds: 4 });
      const cancel = new AbortController();
      const before = provider.requestCount;
      const run = collect(timed.stream(question, cancel.signal));
      await until(async () => provider.requestCount > before);
      await delay(50);
      cancel.abort();
      expect((await run).error).toBeInstanceOf(ModelCancelled);
      expect(provider.requestCount).toBe(before + 1);
    });

    it('closes the connection when nobody listens any more', async () => {
      provider.answerWith({ ...rich, pause: 30 });
      const abandoned = provider.abandonedCount;
      for await (const event of model.stream(question, new AbortController().signal)) {
        if (event.type === 'text_delta') break;
      }
      await until(async () => provider.abandonedCount === abandoned + 1 && provider.openCount === 0);
    });

    it('does not take a slow reader for a silent model', async () => {
      const { clock, timed } = await withDeadlines({ firstTokenMs: 1000, idleMs: 60 });
      provider.answerWith(hello);
      const types: string[] = [];
      for await (const { type } of timed.stream(question, new AbortController().signal)) {
        if (types.push(type) !== 1) continue;
        clock.advance(200);
        await delay(20);
      }
      expect(types).toEqual(['text_delta', 'text_delta', 'usage', 'end']);
    });

    it('keeps answers apart that stream at the same time', async () => {
      provider.answerWith({ ...rich, pause: 2 });
      const runs = Array.from({ length: 8 }, () => collect(model.stream(question, new AbortController().signal)));
      const outcomes = await Promise.all(runs);
      for (const { events } of outcomes) expect(events).toEqual(outcomes[0]?.events);
      expect(outcomes[0]?.events.at(-1)).toMatchObject({ type: 'end', content: provider.contentOf(rich) });
    });

    it('repeats neither prompts nor answers in errors and logs', async () => {
      const lines: string[] = [];
      const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
      const logging = await test.model({ ...patient, logger });
      const message = 'Bad input near "How many orders came from the city of Lyon?" at 1';
      const faults: FakeAnswer[] = [
        { refusal: 'invalid', message },
        { refusal: 'unavailable', message },
        { refusal: 'throttled', message },
        { ...rich, fault: { at: provider.framesOf(rich).length - 3, kind: 'reset' } },
      ];
      for (const fault of faults) {
        const { error } = await ask(fault, question, logging);
        logger.error({ err: error }, 'The run failed');
      }
      expect(lines.length).toBeGreaterThan(4);
      expect(lines.join('')).not.toMatch(/orders came from|Lyon|two tables|look 👀|SELECT/);
    });
  });
}
