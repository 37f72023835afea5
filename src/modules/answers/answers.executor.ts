import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Problem } from '../../platform/errors/problem.js';
import type { ConversationItem, MessageItem } from '../conversations/conversation.js';
import { ConversationTurns } from '../conversations/conversation-turns.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationNotFound } from '../conversations/errors.js';
import type { Run } from '../runs/run.js';
import { RunEngine } from '../runs/run-engine.js';
import type { AssistantMessage } from '../runs/run-event.js';
import type { Resumption, RunContext, RunEffects, RunEnd, RunExecutor, RunResult } from '../runs/run-executor.js';
import { Answers } from './answers.js';
import type { Provenance } from './domain/provenance.js';
import type { RunInput } from './run-input.js';
import type { Answer, SaidBefore } from './turn.js';

/** Earlier messages that a question may refer to. */
const historyMessages = 20;

/** Answers questions: the runs of the chat. */
@Injectable()
export class AnswersExecutor implements RunExecutor, OnModuleInit {
  constructor(
    private readonly engine: RunEngine,
    private readonly conversations: ConversationsService,
    private readonly turns: ConversationTurns,
    private readonly answers: Answers,
  ) {}

  onModuleInit(): void {
    this.engine.executeWith(this);
  }

  async execute({ run, caller, signal, emit }: RunContext, resumed?: Resumption): Promise<RunResult> {
    const { question, chatbot_id: chatbotId, position, regenerates } = JSON.parse(run.input) as RunInput;
    const conversation = await this.conversations.item(caller, run.conversation_id);
    const said = await this.conversations.history(conversation, position, historyMessages);
    const history = beforeAnswer(said, regenerates).map(saidBefore);
    const asked = { runId: run.run_id, caller, signal, emit, question, chatbotId, history };
    const result = await this.answers.answer(asked, resumed);
    if (result.kind === 'ask') return { ...result, kind: 'suspended' };
    return { kind: 'answered', message: messageOf(run, result.answer) };
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

/** An answer that is given anew knows what its question knew: neither the answer nor what came after it. */
function beforeAnswer(messages: readonly MessageItem[], answerId: string | undefined): readonly MessageItem[] {
  const answer = messages.findIndex(({ message_id }) => message_id === answerId);
  return answer < 0 ? messages : messages.slice(0, Math.max(0, answer - 1));
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
