import type { Usage } from '../../../interviews/analysis.js';
import { ModelRequestInvalid } from '../../../providers/language-model/errors.js';
import type { LanguageModel, ModelMessage, SystemBlock } from '../../../providers/language-model/language-model.js';
import { ModelCall, type ModelReply } from '../../answers/model/model-call.js';
import type { ChatSpending } from '../../tools/chat-spending.js';
import { type InputSchema, inputFaults } from '../../tools/domain/input-schema.js';
import type { TurnBudget } from '../../tools/turn-budget.js';
import { ModelAnswerUnusable } from '../errors.js';
import type { StageContext } from '../stage.js';

/** What a model is asked, and the form in which it has to answer. */
export interface Question {
  readonly name: string;
  readonly system: readonly SystemBlock[];
  readonly text: string;
  readonly schema: InputSchema;
}

export interface StructuredAnswer<Answer> {
  readonly answer: Answer;
  readonly usage: Usage;
}

const mostAnswerTokens = 8192;
/** What was wrong, as far as the model is told. */
const toldFaults = 8;

/** Answers of a language model that are JSON of a given form: held to it where the model can be, checked in any case. */
export class StructuredAnswers {
  private holdsToSchema = true;

  constructor(
    private readonly model: LanguageModel,
    private readonly budget: TurnBudget,
    private readonly spending: ChatSpending,
    private readonly context: Pick<StageContext, 'caller' | 'signal'>,
  ) {}

  /** Asks, and once more when the answer does not fit. Rejects with `ModelAnswerUnusable` when that does not either. */
  async ask<Answer>(question: Question): Promise<StructuredAnswer<Answer>> {
    const usage: Usage[] = [];
    const messages: ModelMessage[] = [{ role: 'user', content: [{ type: 'text', text: question.text }] }];
    const first = await this.read(question, messages, usage);
    if ('value' in first) return { answer: first.value as Answer, usage: total(usage) };
    const repair = `Your answer cannot be used: ${first.fault} Answer again with the whole JSON, and nothing else.`;
    messages.push(
      { role: 'assistant', content: [{ type: 'text', text: first.text || '…' }] },
      { role: 'user', content: [{ type: 'text', text: repair }] },
    );
    const second = await this.read(question, messages, usage);
    if ('value' in second) return { answer: second.value as Answer, usage: total(usage) };
    throw new ModelAnswerUnusable(
      `Asked twice for ${question.name}, the model ${this.model.defaultModelId} did not give it: ${second.fault}`,
    );
  }

  private async read(
    question: Question,
    messages: readonly ModelMessage[],
    usage: Usage[],
  ): Promise<{ value: unknown } | { fault: string; text: string }> {
    let text = '';
    const reader = { push: async (delta: string) => void (text += delta), end: async () => undefined };
    const { stopReason } = await this.call(question, messages, reader, usage);
    if (stopReason === 'refusal' || stopReason === 'content_filtered') return { fault: 'it was refused.', text: '' };
    const value = parsed(text);
    if (value === undefined)
      return { fault: stopReason === 'max_tokens' ? 'it is cut short; be briefer.' : 'it is no JSON object.', text };
    const faults = inputFaults(question.schema, value).slice(0, toldFaults);
    if (faults.length === 0) return { value };
    return { fault: faults.map(({ pointer, detail }) => `${pointer || 'it'} ${detail}`).join('; ') + '.', text };
  }

  private async call(
    question: Question,
    messages: readonly ModelMessage[],
    reader: Parameters<ModelCall['ask']>[2],
    usage: Usage[],
  ): Promise<ModelReply> {
    try {
      return await this.callOnce(question, this.holdsToSchema, usage).ask(messages, 'none', reader);
    } catch (error) {
      if (!(error instanceof ModelRequestInvalid) || !this.holdsToSchema) throw error;
      // Not every model can be held to a schema; the question says what is wanted, too.
      this.holdsToSchema = false;
      return this.callOnce(question, false, usage).ask(messages, 'none', reader);
    }
  }

  private callOnce({ name, system, schema }: Question, isHeld: boolean, usage: Usage[]): ModelCall {
    const { caller, signal } = this.context;
    const told = `Answer with one JSON object and nothing else. It has to fit this JSON Schema: ${JSON.stringify(schema)}`;
    const request = {
      system: [...system, { text: told, cacheBoundary: true }],
      tools: [],
      parameters: { maxTokens: mostAnswerTokens },
      ...(isHeld && { responseSchema: { name, schema: { ...schema } } }),
    };
    const spend = (tokens: number, usd: number | null) => this.spending.spend(caller, this.budget, tokens, usd);
    const tellUsage = (each: Usage) => void usage.push(each);
    return new ModelCall({ model: this.model, request, budget: this.budget, spend }, { signal, tellUsage });
  }
}

/** Of an answer with words or fences around it, the object. */
function parsed(text: string): object | undefined {
  const begin = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (begin === -1 || end < begin) return undefined;
  try {
    return JSON.parse(text.slice(begin, end + 1)) as object;
  } catch {
    return undefined;
  }
}

export function total(usages: readonly Usage[]): Usage {
  const costs = usages.map(({ cost_usd }) => cost_usd);
  return {
    input_tokens: usages.reduce((sum, { input_tokens }) => sum + input_tokens, 0),
    output_tokens: usages.reduce((sum, { output_tokens }) => sum + output_tokens, 0),
    cost_usd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
  };
}
