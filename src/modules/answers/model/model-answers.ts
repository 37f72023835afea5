import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../../../platform/errors/problem.js';
import { Clock } from '../../../providers/clock/clock.js';
import { isModelProblem } from '../../../providers/language-model/errors.js';
import type {
  LanguageModel,
  ModelMessage,
  ModelParameters,
  ToolResultBlock,
} from '../../../providers/language-model/language-model.js';
import { LanguageModels } from '../../../providers/language-model/language-models.js';
import { translate } from '../../../translator/translate.js';
import { ChatSpending } from '../../tools/chat-spending.js';
import { BudgetExhausted } from '../../tools/errors.js';
import { ToolsService } from '../../tools/tools.service.js';
import type { Tool } from '../../tools/tool.js';
import type { TurnBudget } from '../../tools/turn-budget.js';
import { approval, expiryAfter, provenanceOf, said, withAssumptions } from '../answer-parts.js';
import { BuiltinAnswers } from '../builtin-answers.js';
import { chartOf } from '../domain/chart.js';
import { sayPassages, sourceList } from '../domain/document-sources.js';
import { followUps } from '../domain/follow-ups.js';
import { type CellSource, fillIn } from '../domain/references.js';
import { inertText } from '../domain/inert-text.js';
import { sayPlainly } from '../domain/say-plainly.js';
import { valueLinks, type ValueTie, valueTie } from '../domain/value-links.js';
import type { Turn, TurnResult } from '../turn.js';
import { ModelCall } from './model-call.js';
import { ModelLoop, type LoopEnd } from './model-loop.js';
import { firstMessages, systemBlocks } from './model-prompt.js';
import { type ModelState, restore, storable, type ValueTieState } from './model-state.js';
import { ModelTools } from './model-tools.js';
import { type Asking, ModelTurn } from './model-turn.js';
import { writeOther } from './write-other.js';

/** Passages that are shown where the model's own words do not hold. */
const mostPassages = 3;

/** Answers by a language model with tools. Where it cannot, the built-in translator does, and says so. */
@Injectable()
export class ModelAnswers {
  constructor(
    @Inject(LanguageModels) private readonly models: LanguageModels,
    private readonly tools: ModelTools,
    private readonly toolsOfWorkspace: ToolsService,
    private readonly spending: ChatSpending,
    private readonly builtin: BuiltinAnswers,
    private readonly clock: Clock,
  ) {}

  /** `meant` is what the user has said to a question about the values. */
  async answer(turn: Turn, meant?: string): Promise<TurnResult> {
    const { provider } = turn.chatbot.model;
    if (provider === 'builtin') return this.builtin.answer(turn);
    const model = this.modelOf(turn);
    if (model) return this.linked(turn, model, meant);
    if (provider !== undefined)
      turn.assumptions.push(`the model provider ${provider} is not set up here, so the built-in translator answered`);
    return this.builtin.answer(turn);
  }

  /** Goes on with what the user said to what a tool, or the service, had asked. */
  async resume(turn: Turn, state: ModelState | ValueTieState, value: string): Promise<TurnResult> {
    if (state.path === 'value_tie') return this.answer(turn, `By "${state.written}" I mean: ${value}`);
    const model = this.modelOf(turn);
    if (!model) return this.answer(turn);
    restore(turn, state);
    return this.work(turn, model, [...state.messages], firstMessages(turn, this.clock.now()), { state, value });
  }

  private modelOf({ chatbot: { model } }: Turn): LanguageModel | undefined {
    return model.provider === undefined ? this.models.default : this.models.get(model.provider);
  }

  /** Looks the values that the question names up; where one may be meant in several columns, the user is asked first. */
  private async linked(turn: Turn, model: LanguageModel, meant: string | undefined): Promise<TurnResult> {
    const { question, catalog, chatbot } = turn;
    const links = await turn.step('link_values', () => valueLinks(question, catalog.values));
    const mayAsk = meant === undefined && chatbot.tools.includes('ask_user');
    const tie = mayAsk ? valueTie(question, links, catalog.tables) : undefined;
    if (tie) return this.askWhich(tie);
    const messages = firstMessages(turn, this.clock.now(), { links, ...(meant !== undefined && { meant }) });
    return this.work(turn, model, [...messages], messages);
  }

  private askWhich({ written, options }: ValueTie): TurnResult {
    const asking = {
      kind: 'clarify',
      question: `"${inertText(written)}" is stored in several columns. Which is meant?`,
      options,
    } as const;
    const state: ValueTieState = { path: 'value_tie', written };
    return { kind: 'ask', interrupt: interruptOf(asking, expiryAfter(this.clock.now())), state };
  }

  private async work(
    turn: Turn,
    model: LanguageModel,
    messages: ModelMessage[],
    question: readonly ModelMessage[],
    resumed?: { state: ModelState; value: string },
  ): Promise<TurnResult> {
    const work = new ModelTurn(turn);
    const leave = this.tools.enter(work);
    try {
      const budget = await this.spending.begin(turn.caller, resumed?.state.taken);
      if (resumed) messages.push({ role: 'user', content: await this.resumedResults(work, resumed) });
      const loop = await this.loop(work, model, budget, messages, question);
      const end = await turn.step('generate', () => loop.run());
      if (end.kind === 'asking') return this.suspend(work, loop, budget, end);
      return await turn.step('summarise', () => this.conclude(work, model, end));
    } catch (error) {
      turn.signal.throwIfAborted();
      return await this.rescue(work, model, error);
    } finally {
      leave();
    }
  }

  private async loop(
    work: ModelTurn,
    model: LanguageModel,
    budget: TurnBudget,
    messages: ModelMessage[],
    question: readonly ModelMessage[],
  ): Promise<ModelLoop> {
    const { caller, chatbot, runId, signal } = work.turn;
    const tools = await this.toolsOfWorkspace.named(caller.workspaceId, chatbot.tools);
    const request = {
      system: systemBlocks(work.turn),
      tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      parameters: parametersOf(chatbot.model),
    };
    const parts = {
      model,
      request,
      tools,
      budget,
      call: (tool: Tool, input: unknown) => this.toolsOfWorkspace.call(tool, { caller, signal, runId }, input),
      spend: (tokens: number, usd: number | null) => this.spending.spend(caller, budget, tokens, usd),
    };
    work.writeOther = (nth) => writeOther(new ModelCall(parts, work.turn), question, nth);
    return new ModelLoop(parts, work, messages);
  }

  /** What the model is told of the user's answer. */
  private async resumedResults(
    work: ModelTurn,
    { state, value }: { state: ModelState; value: string },
  ): Promise<ToolResultBlock[]> {
    const { asking, waiting, results } = state;
    const block = { type: 'tool_result', toolUseId: waiting } as const;
    if (asking.kind === 'clarify') return [...results, { ...block, content: `The user answered: ${value}` }];
    if (value !== 'approve')
      return [...results, { ...block, content: 'The user does not want this query to be run.', failed: true }];
    try {
      return [...results, { ...block, content: (await this.tools.runApproved(work, asking.sql)).content }];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return [...results, { ...block, content: error.message, failed: true }];
    }
  }

  private suspend(
    { turn, asking }: ModelTurn,
    { messages }: ModelLoop,
    budget: TurnBudget,
    { waiting, results }: Extract<LoopEnd, { kind: 'asking' }>,
  ): TurnResult {
    const { queries, results: tables, documents, checks, assumptions, executed, compared, usage } = turn;
    const found = { queries, results: tables, documents, checks, assumptions, executed, compared, usage };
    const state: ModelState = {
      path: 'model',
      messages,
      results,
      waiting,
      asking: asking!,
      taken: budget.taken,
      found,
    };
    return { kind: 'ask', interrupt: interruptOf(asking!, expiryAfter(this.clock.now())), state: storable(state) };
  }

  private conclude(work: ModelTurn, model: LanguageModel, end: Exclude<LoopEnd, { kind: 'asking' }>): TurnResult {
    if (end.kind === 'nothing') return this.plainly(work, model, end.why);
    const { text, stopReason } = end;
    const isCut = stopReason === 'max_tokens';
    const content = isCut
      ? `${text.text.trim()} …\n\nThe answer was cut off: it was longer than it may be.`
      : text.text.trim();
    return this.answered(work, model, content, text.sources, text.cited);
  }

  /** What was found, without any words of the model. */
  private plainly(work: ModelTurn, model: LanguageModel, why: string): TurnResult {
    const { turn } = work;
    turn.checks.push({ name: 'answer_text', ok: false, detail: `The words of the model were not used. ${why}` });
    const last = turn.results.at(-1);
    if (!last && turn.documents.length > 0) return this.passages(work, model);
    if (!last)
      return said(
        'I could not back an answer with data, so I give none. Ask in other words, or for something smaller.',
      );
    const filled = fillIn(sayPlainly(last), turn.results);
    return this.answered(work, model, filled.text, filled.sources);
  }

  /** What documents say, in their own words. */
  private passages(work: ModelTurn, model: LanguageModel): TurnResult {
    const best = work.turn.documents.slice(0, mostPassages);
    const text = `This is what documents say:\n\n${sayPassages(best)}`;
    return this.answered(work, model, text, [], new Set(best.map(({ number }) => number)), false);
  }

  private answered(
    work: ModelTurn,
    model: LanguageModel,
    text: string,
    cells: readonly CellSource[],
    citedNumbers: ReadonlySet<number> = new Set(),
    listsSources = true,
  ): TurnResult {
    const { turn } = work;
    const documents = turn.documents.map((each) => ({ ...each, cited: citedNumbers.has(each.number) }));
    const cited = listsSources ? documents.filter((each) => each.cited) : [];
    const content = withAssumptions(cited.length === 0 ? text : `${text}\n\n${sourceList(cited)}`, turn);
    const last = turn.results.at(-1);
    const model_id = turn.chatbot.model.model_id ?? model.defaultModelId;
    const provenance = {
      ...provenanceOf(turn),
      ...(documents.length > 0 && { documents }),
      model: { provider: model.provider, model_id },
      cells,
    };
    if (!last) return { kind: 'answer', answer: { content, provenance } };
    const chart = work.chart ?? chartOf(last);
    return {
      kind: 'answer',
      answer: { content, provenance, chart, query_id: last.queryId, follow_ups: this.next(turn) },
    };
  }

  private next({ question, catalog }: Turn): readonly string[] {
    const read = translate(question, catalog.translation, { now: this.clock.now() });
    return read.kind === 'answer' ? followUps(read.plan, question, catalog.tables, catalog.translation) : [];
  }

  /** Before anything was said the built-in translator takes over; later what was said is kept, and the run fails. */
  private async rescue(work: ModelTurn, model: LanguageModel, error: unknown): Promise<TurnResult> {
    const { turn } = work;
    if (!isModelProblem(error) && !(error instanceof BudgetExhausted)) throw error;
    if (turn.hasSpoken) throw error;
    if (turn.results.length > 0) return this.plainly(work, model, error.message);
    turn.assumptions.push(`the language model did not answer, so the built-in translator did: ${error.message}`);
    return this.builtin.answer(turn);
  }
}

function parametersOf({ model_id, temperature, top_p, max_tokens }: Turn['chatbot']['model']): ModelParameters {
  return {
    ...(model_id !== undefined && { modelId: model_id }),
    ...(temperature !== undefined && { temperature }),
    ...(top_p !== undefined && { topP: top_p }),
    ...(max_tokens !== undefined && { maxTokens: max_tokens }),
  };
}

function interruptOf(asking: Asking, expiresAt: string) {
  if (asking.kind === 'approve') return approval(asking.reasons, expiresAt);
  const { question, options } = asking;
  return {
    kind: 'clarify',
    question,
    options: options.map((label) => ({ value: label, label })),
    expires_at: expiresAt,
  } as const;
}
