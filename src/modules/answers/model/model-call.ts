import type {
  AnswerBlock,
  LanguageModel,
  ModelEvent,
  ModelMessage,
  ModelRequest,
  StopReason,
  ToolChoice,
} from '../../../providers/language-model/language-model.js';
import { Problem } from '../../../platform/errors/problem.js';
import { BudgetExhausted } from '../../tools/errors.js';
import type { TurnBudget } from '../../tools/turn-budget.js';
import type { Turn } from '../turn.js';
import { charactersPerToken, estimatedUsage } from './estimated-usage.js';

export interface ModelCallParts {
  readonly model: LanguageModel;
  readonly request: Omit<ModelRequest, 'messages' | 'toolChoice'>;
  readonly budget: TurnBudget;
  /** Counts what an answer of the model has cost. Throws `BudgetExhausted`. */
  readonly spend: (tokens: number, usd: number | null) => Promise<void>;
}

/** What takes the text of an answer as it comes, and once more at its end. */
export interface TextReader {
  push(text: string): Promise<void>;
  end(): Promise<void>;
}

export interface ModelReply {
  readonly content: readonly AnswerBlock[];
  readonly stopReason: StopReason;
  /** Inputs that are no JSON, by tool use. */
  readonly malformed: ReadonlyMap<string, string>;
}

type Usage = Omit<Extract<ModelEvent, { type: 'usage' }>, 'type'>;

/** Text that is so much longer than what the model was allowed is a flood. */
const floodFactor = 3;

/** Asks a model within the turn's budget, and counts what each answer has used, however it ends. */
export class ModelCall {
  constructor(
    private readonly parts: ModelCallParts,
    /** Whose end ends the call, and who is told what it has used. */
    private readonly turn: Pick<Turn, 'signal' | 'tellUsage'>,
  ) {}

  async ask(messages: readonly ModelMessage[], toolChoice: ToolChoice, reader: TextReader): Promise<ModelReply> {
    const { model, request, budget } = this.parts;
    const { parameters } = request;
    const maxTokens = Math.max(1, Math.min(parameters.maxTokens ?? 4096, budget.tokensLeft));
    const stop = new AbortController();
    const signal = AbortSignal.any([this.turn.signal, stop.signal]);
    const sent = { ...request, messages, toolChoice, parameters: { ...parameters, maxTokens } };
    try {
      return await this.read(model.stream(sent, signal), sent, reader);
    } finally {
      stop.abort();
    }
  }

  private async read(
    events: AsyncIterable<ModelEvent>,
    sent: ModelRequest & { parameters: { maxTokens: number } },
    reader: TextReader,
  ): Promise<ModelReply> {
    const malformed = new Map<string, string>();
    let characters = 0;
    let hasBegun = false;
    let isCounted = false;
    try {
      for await (const event of events) {
        hasBegun = true;
        if ('text' in event) characters += event.text.length;
        if (characters > sent.parameters.maxTokens * charactersPerToken * floodFactor + 2000)
          throw new BudgetExhausted('tokens_per_turn', this.parts.budget.limits.tokens);
        if (event.type === 'text_delta') await reader.push(event.text);
        else if (event.type === 'tool_use_malformed') malformed.set(event.id, event.text);
        else if (event.type === 'usage') {
          isCounted = true;
          await this.count(event);
        } else if (event.type === 'end') {
          await reader.end();
          return { content: event.content, stopReason: event.stopReason, malformed };
        }
      }
      throw new Error('The stream of a language model had no end.');
    } finally {
      // Nobody bills an answer that has not begun.
      if (hasBegun && !isCounted) await this.countEstimated(sent, characters);
    }
  }

  private async countEstimated(sent: ModelRequest, characters: number): Promise<void> {
    const usage = estimatedUsage(sent, characters);
    const costUsd = this.parts.model.price(usage, sent.parameters.modelId);
    await this.count({ ...usage, costUsd }, true).catch(ignoreExhaustion);
  }

  private async count(usage: Usage, estimated = false): Promise<void> {
    const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, costUsd } = usage;
    const input = inputTokens + cacheReadTokens + cacheWriteTokens;
    this.turn.tellUsage({
      input_tokens: input,
      output_tokens: outputTokens,
      cost_usd: costUsd,
      ...(estimated && { estimated: true as const }),
    });
    await this.parts.spend(input + outputTokens, costUsd);
  }
}

function ignoreExhaustion(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}
