import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied } from '../access/errors.js';
import type { ResolvedChatbot } from '../chatbots/chatbot.js';
import { ChatbotsService } from '../chatbots/chatbots.service.js';
import type { Resumption, RunContext } from '../runs/run-executor.js';
import { said } from './answer-parts.js';
import { type BuiltinState, BuiltinAnswers } from './builtin-answers.js';
import { type CatalogContext, CatalogContexts } from './catalog-contexts.js';
import { catalogQuestionOf, sayCatalog } from './domain/catalog-question.js';
import type { Policies } from './domain/provenance.js';
import { smallTalkOf } from './domain/small-talk.js';
import { saySmallTalk } from './domain/say-small-talk.js';
import { AnswerTookTooLong } from './errors.js';
import { ModelAnswers } from './model/model-answers.js';
import type { ModelState, ValueTieState } from './model/model-state.js';
import { type SaidBefore, Turn, type TurnResult } from './turn.js';
import { VerifiedAnswers, type VerifiedState } from './verified-answers.js';

/** A question with all that its answer depends on. */
export interface QuestionToAnswer extends Pick<RunContext, 'caller' | 'emit' | 'signal'> {
  /** What is doing the work; unique. */
  readonly runId: string;
  readonly question: string;
  /** Absent: the default chatbot. */
  readonly chatbotId: string | undefined;
  readonly history: readonly SaidBefore[];
}

/** From a question to its checked answer, whoever asks: a conversation, or a program. */
@Injectable()
export class Answers {
  constructor(
    private readonly chatbots: ChatbotsService,
    private readonly catalogs: CatalogContexts,
    private readonly builtin: BuiltinAnswers,
    private readonly models: ModelAnswers,
    private readonly verified: VerifiedAnswers,
    private readonly config: Config,
  ) {}

  /**
   * The answer, or a question back. Its text has been emitted when this resolves. Rejects with a `Problem` for what the
   * user should know, and with the signal's reason when that was aborted.
   */
  async answer(asked: QuestionToAnswer, resumed?: Resumption): Promise<TurnResult> {
    const { signal } = asked;
    const timeUp = AbortSignal.timeout(this.config.turnSeconds * 1000);
    let turn: Turn | undefined;
    try {
      turn = await this.begin(asked, AbortSignal.any([signal, timeUp]));
      const result = resumed ? await this.goOn(turn, resumed) : await this.find(turn);
      if (result.kind === 'answer' && !turn.hasSpoken)
        await turn.emit({ type: 'text.delta', text: result.answer.content });
      return result;
    } catch (error) {
      signal.throwIfAborted();
      throw timeUp.aborted ? new AnswerTookTooLong(this.config.turnSeconds) : error;
    } finally {
      turn?.tell();
    }
  }

  private async begin(asked: QuestionToAnswer, signal: AbortSignal): Promise<Turn> {
    const { caller, question, chatbotId, history } = asked;
    const chatbot = await this.chatbots.resolve(caller, chatbotId);
    const catalog = await this.catalogs.of(caller, chatbot.tables);
    const { queriesPerTurn: queries, repairsPerTurn: repairs } = this.config;
    const policies = this.policies(caller, chatbot, catalog);
    return new Turn(asked, signal, { question, chatbot, catalog, history, limits: { queries, repairs }, policies });
  }

  private policies({ role, credential }: Caller, { tables }: ResolvedChatbot, catalog: CatalogContext): Policies {
    const { queryMaxRows, queryAskBytes, queryRefuseBytes, queriesPerTurn, repairsPerTurn } = this.config;
    return {
      role,
      credential: credential.kind,
      chatbot_tables: tables ?? null,
      readable_tables: catalog.tables.length,
      read_only: true,
      max_rows: queryMaxRows,
      ask_above_bytes: queryAskBytes,
      refuse_above_bytes: queryRefuseBytes,
      max_queries: queriesPerTurn,
      max_repairs: repairsPerTurn,
    };
  }

  private async find(turn: Turn): Promise<TurnResult> {
    const talk = smallTalkOf(turn.question);
    if (talk) return said(saySmallTalk(talk, turn.catalog.tables));
    const about = catalogQuestionOf(turn.question, turn.catalog.tables);
    if (about) {
      if (!turn.caller.permissions.has('tables:read')) throw new PermissionDenied('tables:read');
      return said(sayCatalog(about, turn.catalog.tables));
    }
    if (!turn.caller.permissions.has('queries:run')) throw new PermissionDenied('queries:run');
    return (await this.verified.answer(turn)) ?? this.models.answer(turn);
  }

  private goOn(turn: Turn, resumed: Resumption): Promise<TurnResult> {
    const state = resumed.state as BuiltinState | ModelState | ValueTieState | VerifiedState;
    if (state.path === 'builtin') return this.builtin.resume(turn, state, resumed.value);
    if (state.path === 'model' || state.path === 'value_tie') return this.models.resume(turn, state, resumed.value);
    return this.verified.resume(turn, state, resumed.value);
  }
}
