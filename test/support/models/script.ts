import type {
  AnswerBlock,
  ModelEvent,
  StopReason,
  TokenUsage,
} from '../../../src/providers/language-model/language-model.js';

/** A part of an answer, whatever the provider; the pieces of a text arrive one by one. */
export type ScriptPart =
  | { readonly text: readonly string[] }
  | { readonly reasoning: readonly string[]; readonly signature: string }
  | { readonly toolUse: { readonly id: string; readonly name: string; readonly input: readonly string[] } };

/** What goes wrong in the middle of an answer. */
export type StreamFault =
  'reset' | 'silence' | 'early end' | 'malformed' | 'bad checksum' | 'throttled' | 'unavailable' | 'invalid';

export interface ScriptedAnswer {
  readonly parts: readonly ScriptPart[];
  readonly stopReason?: StopReason;
  /** Absent: the provider does not tell. */
  readonly usage?: TokenUsage;
  /** Comes instead of frame `at`, counted from 0. */
  readonly fault?: { readonly at: number; readonly kind: StreamFault };
  /** Milliseconds before each frame. */
  readonly pause?: number;
}

/** How a request can be refused before any answer. */
export type Refusal = 'throttled' | 'unavailable' | 'denied' | 'invalid' | 'unknown model' | 'too long';

export interface RefusedAnswer {
  readonly refusal: Refusal;
  readonly message?: string;
  readonly retryAfterSeconds?: number;
}

export type FakeAnswer = ScriptedAnswer | RefusedAnswer;

/** Something on the wire, and what the port makes of it. */
export interface Frame<Content> {
  readonly content: Content;
  readonly yields: readonly ModelEvent[];
  /** With this frame the answer is complete. */
  readonly stop?: boolean;
}

/** A provider under a test's control. */
export interface FakeModel {
  /** What the next requests get, in this order; the last of them also whatever comes later. */
  answerWith(...answers: readonly FakeAnswer[]): void;
  /** Requests so far. */
  readonly requestCount: number;
  /** Answers whose receiver went away before their end. */
  readonly abandonedCount: number;
  /** Answers that are being sent. */
  readonly openCount: number;
  /** What each frame of an answer makes of itself at the port, and which completes it. */
  framesOf(answer: ScriptedAnswer): readonly Pick<Frame<unknown>, 'yields' | 'stop'>[];
  /** The blocks that the end of an answer holds. */
  contentOf(answer: ScriptedAnswer): readonly AnswerBlock[];
  /** The faults that this provider's wire can have. */
  readonly faults: readonly StreamFault[];
}

/** The answers still to be given. */
export class AnswerQueue {
  private answers: readonly FakeAnswer[] = [];

  replace(answers: readonly FakeAnswer[]): void {
    this.answers = answers;
  }

  next(): FakeAnswer {
    const [next, ...later] = this.answers;
    if (!next) throw new Error('No answer was arranged');
    if (later.length > 0) this.answers = later;
    return next;
  }
}

/** `signed`: whether the provider signs its reasoning. */
export function blocksOf({ parts }: ScriptedAnswer, signed: boolean): readonly AnswerBlock[] {
  return parts.map((part): AnswerBlock => {
    if ('text' in part) return { type: 'text', text: part.text.join('') };
    if ('reasoning' in part) {
      return { type: 'reasoning', text: part.reasoning.join(''), ...(signed ? { signature: part.signature } : {}) };
    }
    const { id, name, input } = part.toolUse;
    return { type: 'tool_use', id, name, input: parsedInput(input) ?? {} };
  });
}

export function toolUseEnd({ id, name, input }: { id: string; name: string; input: readonly string[] }): ModelEvent {
  const object = parsedInput(input);
  return object
    ? { type: 'tool_use_finished', id, name, input: object }
    : { type: 'tool_use_malformed', id, name, text: input.join('') };
}

function parsedInput(pieces: readonly string[]): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(pieces.join('')) as unknown;
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
