import type {
  AnswerBlock,
  LanguageModel,
  ModelEvent,
  ModelMessage,
  ModelRequest,
  StopReason,
  ToolResultBlock,
} from '../../../providers/language-model/language-model.js';
import { Problem } from '../../../platform/errors/problem.js';
import { BudgetExhausted } from '../../tools/errors.js';
import type { VerifiedText } from '../domain/verified-text.js';
import type { ModelTurn } from './model-turn.js';
import { type CallParts, ToolCalls } from './tool-calls.js';

/** How the work of a model has ended. */
export type LoopEnd =
  | { readonly kind: 'said'; readonly text: VerifiedText; readonly stopReason: StopReason }
  /** It could not say anything that holds. */
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'asking'; readonly waiting: string; readonly results: readonly ToolResultBlock[] };

export interface LoopParts extends CallParts {
  readonly model: LanguageModel;
  readonly request: Omit<ModelRequest, 'messages' | 'toolChoice'>;
  /** Counts what an answer of the model has cost. Throws `BudgetExhausted`. */
  readonly spend: (tokens: number, usd: number | null) => Promise<void>;
}

interface Reply {
  readonly content: readonly AnswerBlock[];
  readonly stopReason: StopReason;
  readonly text: VerifiedText;
  /** Inputs that are no JSON, by tool use. */
  readonly malformed: ReadonlyMap<string, string>;
}

const charactersPerToken = 4;
/** Text that is so much longer than what the model was allowed is a flood. */
const floodFactor = 3;
const numbersOnly = (faults: readonly string[]) =>
  `Your text was rejected. These are neither references to cells nor numbers of the question: ${faults.slice(0, 10).join(', ')}. Write the whole answer again, with references such as {{r0.c0}} in place of every number.`;

/** Lets a model call tools until it answers, asks, or has used up what it may. */
export class ModelLoop {
  private readonly calls: ToolCalls;
  private retried = false;

  constructor(
    private readonly parts: LoopParts,
    private readonly work: ModelTurn,
    readonly messages: ModelMessage[],
  ) {
    this.calls = new ToolCalls(parts, work);
  }

  async run(): Promise<LoopEnd> {
    for (;;) {
      const reply = await this.ask();
      this.messages.push({ role: 'assistant', content: reply.content });
      const uses = reply.content.filter((block) => block.type === 'tool_use');
      if (uses.length > 0 && !this.calls.mayCall) return { kind: 'nothing', why: 'It called tools without end.' };
      if (uses.length === 0) {
        const end = this.ended(reply);
        if (end) return end;
        continue;
      }
      const { results, waiting } = await this.calls.all(uses, reply.malformed);
      if (waiting !== undefined) return { kind: 'asking', waiting, results };
      this.messages.push({ role: 'user', content: results });
    }
  }

  /** Undefined when the model is to write its text again. */
  private ended({ text, stopReason }: Reply): LoopEnd | undefined {
    const isEmpty = text.text.trim() === '' && text.faults.length === 0;
    if (!isEmpty && text.faults.length === 0) return { kind: 'said', text, stopReason };
    if (this.retried) return { kind: 'nothing', why: 'It gave numbers that come from no result.' };
    this.retried = true;
    if (!isEmpty) this.calls.mayCall = false;
    const words = isEmpty ? 'Answer the question now.' : numbersOnly(text.faults);
    this.messages.push({ role: 'user', content: [{ type: 'text', text: words }] });
    return undefined;
  }

  private async ask(): Promise<Reply> {
    const { model, request, budget } = this.parts;
    const { parameters, tools } = request;
    const maxTokens = Math.max(1, Math.min(parameters.maxTokens ?? 4096, budget.tokensLeft));
    const stop = new AbortController();
    const signal = AbortSignal.any([this.work.turn.signal, stop.signal]);
    const toolChoice = tools.length === 0 || this.calls.mayCall ? 'auto' : 'none';
    const sent = { ...request, messages: this.messages, toolChoice, parameters: { ...parameters, maxTokens } } as const;
    const events = model.stream(sent, signal);
    try {
      return await this.read(events, maxTokens);
    } finally {
      stop.abort();
    }
  }

  private async read(events: AsyncIterable<ModelEvent>, maxTokens: number): Promise<Reply> {
    const text = this.work.verifiedText();
    const malformed = new Map<string, string>();
    let characters = 0;
    let isCounted = false;
    try {
      for await (const event of events) {
        if ('text' in event) characters += event.text.length;
        if (characters > maxTokens * charactersPerToken * floodFactor + 2000)
          throw new BudgetExhausted('tokens_per_turn', this.parts.budget.limits.tokens);
        if (event.type === 'text_delta') await this.show(text.push(event.text), text);
        else if (event.type === 'tool_use_malformed') malformed.set(event.id, event.text);
        else if (event.type === 'usage') {
          isCounted = true;
          await this.count(event);
        } else if (event.type === 'end') {
          await this.show(text.end(), text);
          return { content: event.content, stopReason: event.stopReason, text, malformed };
        }
      }
      throw new Error('The stream of a language model had no end.');
    } finally {
      if (!isCounted) await this.parts.spend(Math.ceil(characters / charactersPerToken), null).catch(ignoreExhaustion);
    }
  }

  private async show(shown: string, text: VerifiedText): Promise<void> {
    if (shown === '') return;
    const isFirst = text.text === shown;
    const { turn } = this.work;
    const apart = isFirst && turn.hasSpoken ? '\n\n' : '';
    await turn.emit({ type: 'text.delta', text: apart + shown });
  }

  private async count(usage: Extract<ModelEvent, { type: 'usage' }>): Promise<void> {
    const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, costUsd } = usage;
    const input = inputTokens + cacheReadTokens + cacheWriteTokens;
    await this.work.turn.emit({ type: 'usage', input_tokens: input, output_tokens: outputTokens, cost_usd: costUsd });
    await this.parts.spend(input + outputTokens, costUsd);
  }
}

function ignoreExhaustion(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}
