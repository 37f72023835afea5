import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { SystemClock } from '../../../src/providers/clock/system.clock.js';
import type { AttemptEvent } from '../../../src/providers/language-model/answer-assembly.js';
import {
  ModelAccessDenied,
  ModelAnswerTruncated,
  ModelContextTooLong,
  type ModelOrigin,
  type ModelProblem,
  ModelRequestInvalid,
  ModelThrottled,
  ModelUnavailable,
} from '../../../src/providers/language-model/errors.js';
import type { AnswerBlock, ModelEvent, ModelRequest } from '../../../src/providers/language-model/language-model.js';
import {
  StreamingLanguageModel,
  type StreamingOptions,
} from '../../../src/providers/language-model/streaming.language-model.js';
import {
  AnswerQueue,
  blocksOf,
  type FakeAnswer,
  type FakeModel,
  type Frame,
  type RefusedAnswer,
  type ScriptedAnswer,
  type ScriptPart,
  type StreamFault,
  toolUseEnd,
} from './script.js';

/** Decides what the model answers, from all that it was told. */
export type Reply = (request: ModelRequest) => FakeAnswer;

/**
 * A language model that plays its part: what `answerWith` arranged, or what `reply` says to each request. Faults come
 * at any frame. Retries, deadlines and prices are those of the real adapters.
 */
export class ScriptedLanguageModel extends StreamingLanguageModel implements FakeModel {
  readonly faults = ['reset', 'silence', 'early end', 'throttled', 'unavailable', 'invalid'] as const;
  readonly requests: ModelRequest[] = [];
  abandonedCount = 0;
  openCount = 0;
  private readonly answers = new AnswerQueue();

  constructor(
    options: Partial<StreamingOptions> = {},
    private readonly reply: Reply = () => this.answers.next(),
    readonly provider = 'scripted',
    readonly defaultModelId = 'scripted-1',
  ) {
    super({
      clock: new SystemClock(),
      deadlines: { firstTokenMs: 5000, idleMs: 5000, totalMs: 30_000 },
      maxAttempts: 2,
      prices: new Map(),
      ...options,
    });
  }

  get requestCount(): number {
    return this.requests.length;
  }

  answerWith(...answers: readonly FakeAnswer[]): void {
    this.answers.replace(answers);
  }

  framesOf({ parts, stopReason = 'end_turn', usage }: ScriptedAnswer): readonly Frame<readonly AttemptEvent[]>[] {
    return [
      ...parts.flatMap(framesOfPart),
      { content: [{ type: 'stop', stopReason }], yields: [], stop: true },
      ...(usage ? [{ content: [{ type: 'usage' as const, ...usage }], yields: [] }] : []),
    ];
  }

  contentOf(answer: ScriptedAnswer): readonly AnswerBlock[] {
    return blocksOf(answer, true);
  }

  protected async *attempt(request: ModelRequest, modelId: string, signal: AbortSignal): AsyncGenerator<AttemptEvent> {
    const origin = { provider: this.provider, modelId };
    this.requests.push(request);
    const answer = this.reply(request);
    if ('refusal' in answer) throw refusalOf(answer, origin);
    this.openCount += 1;
    try {
      for (const [index, { content }] of this.framesOf(answer).entries()) {
        if (answer.pause !== undefined) await delay(answer.pause, undefined, { signal });
        if (answer.fault?.at === index) {
          if (answer.fault.kind === 'early end') return;
          await fail(answer.fault.kind, origin, signal);
        }
        yield* content;
      }
    } finally {
      this.openCount -= 1;
      if (signal.aborted) this.abandonedCount += 1;
    }
  }
}

/**
 * A model without judgement: it does what any text that reaches it says, in the instructions, the conversation or a
 * tool's result. `[[call run_sql {"sql": "…"}]]` calls a tool, `[[say …]]` writes; once for each text. Without an order
 * it says "ok".
 */
export function obedient(): Reply {
  const obeyed = new Set<string>();
  return ({ system, messages }) => {
    const texts = [...system.map(({ text }) => text), ...messages.flatMap(({ content }) => content.map(textOf))];
    const orders = texts.flatMap((text) => [...text.matchAll(/\[\[(call (\w+) (\{.*?\})|say (.*?))\]\]/gs)]);
    const next = orders.find(([whole]) => !obeyed.has(whole));
    if (!next) return { parts: [{ text: ['ok'] }] };
    const [whole, , name, input, words] = next;
    obeyed.add(whole);
    if (name === undefined) return { parts: [{ text: [words!] }] };
    const toolUse = { id: `call_${obeyed.size}`, name, input: [input!] };
    return { parts: [{ toolUse }], stopReason: 'tool_use' };
  };
}

function textOf(block: ModelRequest['messages'][number]['content'][number]): string {
  if (block.type === 'tool_result') return block.content;
  return block.type === 'text' ? block.text : '';
}

function framesOfPart(part: ScriptPart): Frame<readonly AttemptEvent[]>[] {
  if ('text' in part) return part.text.map((text) => same({ type: 'text_delta', text }));
  if ('reasoning' in part) {
    return [
      ...part.reasoning.map((text) => same({ type: 'reasoning_delta', text })),
      { content: [{ type: 'reasoning_sealed', signature: part.signature }], yields: [] },
    ];
  }
  const { id, name, input } = part.toolUse;
  return [
    same({ type: 'tool_use_started', id, name }),
    ...input.map((text) => same({ type: 'tool_use_input_delta', id, text })),
    same(toolUseEnd(part.toolUse)),
  ];
}

function same(event: ModelEvent): Frame<readonly AttemptEvent[]> {
  return { content: [event as AttemptEvent], yields: [event] };
}

async function fail(kind: StreamFault, origin: ModelOrigin, signal: AbortSignal): Promise<never> {
  if (kind === 'silence') await once(signal, 'abort');
  if (kind === 'throttled' || kind === 'unavailable' || kind === 'invalid') throw refusalOf({ refusal: kind }, origin);
  throw new ModelAnswerTruncated(origin);
}

function refusalOf({ refusal, retryAfterSeconds }: RefusedAnswer, origin: ModelOrigin): ModelProblem {
  const retryAfterMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000;
  switch (refusal) {
    case 'throttled':
      return new ModelThrottled({ ...origin, retryAfterMs });
    case 'unavailable':
      return new ModelUnavailable({ ...origin, retryAfterMs }, 'is overloaded');
    case 'denied':
      return new ModelAccessDenied(origin, 'arranged.');
    case 'invalid':
    case 'unknown model':
      return new ModelRequestInvalid(origin, 'arranged.');
    case 'too long':
      return new ModelContextTooLong(origin);
  }
}
