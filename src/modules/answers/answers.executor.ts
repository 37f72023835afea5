import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Problem } from '../../platform/errors/problem.js';
import { PermissionDenied } from '../access/errors.js';
import { ChatbotsService } from '../chatbots/chatbots.service.js';
import type { ConversationItem, MessageItem } from '../conversations/conversation.js';
import { ConversationTurns } from '../conversations/conversation-turns.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationNotFound } from '../conversations/errors.js';
import type { Run } from '../runs/run.js';
import { RunEngine } from '../runs/run-engine.js';
import type { AssistantMessage } from '../runs/run-event.js';
import type { Resumption, RunContext, RunEffects, RunEnd, RunExecutor, RunResult } from '../runs/run-executor.js';
import { said } from './answer-parts.js';
import { type BuiltinState, BuiltinAnswers } from './builtin-answers.js';
import { CatalogContexts } from './catalog-contexts.js';
import { catalogQuestionOf, sayCatalog } from './domain/catalog-question.js';
import { smallTalkOf } from './domain/small-talk.js';
import { saySmallTalk } from './domain/say-small-talk.js';
import type { Provenance } from './domain/provenance.js';
import { AnswerTookTooLong } from './errors.js';
import { ModelAnswers } from './model/model-answers.js';
import type { ModelState } from './model/model-state.js';
import type { RunInput } from './run-input.js';
import { type Answer, type SaidBefore, Turn, type TurnResult } from './turn.js';
import { VerifiedAnswers, type VerifiedState } from './verified-answers.js';

/** Earlier messages that a question may refer to. */
const historyMessages = 20;

/** Answers questions: the runs of the chat. */
@Injectable()
export class AnswersExecutor implements RunExecutor, OnModuleInit {
  constructor(
    private readonly engine: RunEngine,
    private readonly chatbots: ChatbotsService,
    private readonly conversations: ConversationsService,
    private readonly turns: ConversationTurns,
    private readonly catalogs: CatalogContexts,
    private readonly builtin: BuiltinAnswers,
    private readonly models: ModelAnswers,
    private readonly verified: VerifiedAnswers,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.engine.executeWith(this);
  }

  async execute(context: RunContext, resumed?: Resumption): Promise<RunResult> {
    const { signal } = context;
    const timeUp = AbortSignal.timeout(this.config.turnSeconds * 1000);
    try {
      const turn = await this.begin(context, AbortSignal.any([signal, timeUp]));
      const result = resumed ? await this.goOn(turn, resumed) : await this.answer(turn);
      if (result.kind === 'ask') return { ...result, kind: 'suspended' };
      if (!turn.hasSpoken) await turn.emit({ type: 'text.delta', text: result.answer.content });
      return { kind: 'answered', message: messageOf(context.run, result.answer) };
    } catch (error) {
      signal.throwIfAborted();
      throw timeUp.aborted ? new AnswerTookTooLong(this.config.turnSeconds) : error;
    }
  }

  async ended(run: Run, end: RunEnd): Promise<RunEffects> {
    const message = end.message ?? endedMessage(run, end);
    const conversation = await this.conversationOf(run);
    if (conversation?.active_run !== run.run_id) return { message, writes: [] };
    const { content, status, message_id: messageId, provenance, chart, query_id, follow_ups } = message;
    const attachments =
      provenance || chart || query_id || follow_ups ? { provenance, chart, query_id, follow_ups } : undefined;
    const { position } = JSON.parse(run.input) as RunInput;
    return {
      message,
      writes: this.turns.end(conversation, run.run_id, position, { messageId, content, status, attachments }),
    };
  }

  private async begin(context: RunContext, signal: AbortSignal): Promise<Turn> {
    const { run, caller } = context;
    const input = JSON.parse(run.input) as RunInput;
    const chatbot = await this.chatbots.resolve(caller, input.chatbot_id);
    const [catalog, conversation] = await Promise.all([
      this.catalogs.of(caller, chatbot.tables),
      this.conversations.item(caller, run.conversation_id),
    ]);
    const history = await this.conversations.history(conversation, input.position, historyMessages);
    return new Turn(context, signal, { question: input.question, chatbot, catalog, history: history.map(saidBefore) });
  }

  private async answer(turn: Turn): Promise<TurnResult> {
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
    const state = resumed.state as BuiltinState | ModelState | VerifiedState;
    if (state.path === 'builtin') return this.builtin.resume(turn, state, resumed.value);
    if (state.path === 'model') return this.models.resume(turn, state, resumed.value);
    return this.verified.resume(turn, state, resumed.value);
  }

  /** Undefined when it was deleted meanwhile. */
  private async conversationOf({ workspace_id, user_id, conversation_id }: Run): Promise<ConversationItem | undefined> {
    try {
      return await this.conversations.item({ workspaceId: workspace_id, userId: user_id }, conversation_id);
    } catch (error) {
      if (error instanceof ConversationNotFound) return undefined;
      throw error;
    }
  }
}

function saidBefore({ role, content, attachments }: MessageItem): SaidBefore {
  const { provenance } = JSON.parse(attachments ?? '{}') as { provenance?: Provenance };
  return { role, content, plan: provenance?.plan };
}

function messageOf(
  { message_id }: Run,
  { content, provenance, chart, query_id, follow_ups }: Answer,
): AssistantMessage {
  return {
    content,
    message_id,
    status: 'completed',
    ...(provenance && { provenance }),
    ...(chart && { chart }),
    ...(query_id !== undefined && { query_id }),
    ...(follow_ups && follow_ups.length > 0 && { follow_ups }),
  };
}

/** What had been said, and what to do now. */
function endedMessage({ message_id }: Run, { outcome, partialText, problem }: RunEnd): AssistantMessage {
  const status = outcome === 'completed' ? 'partial' : outcome;
  const content = [partialText.trim(), sentenceFor(problem)].filter((part) => part !== '').join('\n\n');
  return { content, message_id, status };
}

function sentenceFor(problem: Problem | undefined): string {
  return problem ? `${problem.message} ${problem.kind.help}` : 'The answer was not finished. Ask again.';
}
