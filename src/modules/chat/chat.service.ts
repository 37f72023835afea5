import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ConditionFailed } from '../../providers/item-store/errors.js';
import type { Write } from '../../providers/item-store/item-store.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { ChatbotsService } from '../chatbots/chatbots.service.js';
import type { ConversationItem } from '../conversations/conversation.js';
import { ConversationTurns } from '../conversations/conversation-turns.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationBusy } from '../conversations/errors.js';
import type { RunInput } from '../answers/run-input.js';
import type { Run } from '../runs/run.js';
import { NothingToAnswer } from '../runs/errors.js';
import { type InterruptAnswer, RunEngine } from '../runs/run-engine.js';
import { RunsService } from '../runs/runs.service.js';
import { chosenOption } from './domain/chosen-option.js';

/** What somebody asks. */
export interface Question {
  readonly content: string;
  /** Absent: a new conversation. */
  readonly conversationId?: string | undefined;
  /** Absent: the conversation's, or else the default one. */
  readonly chatbotId?: string | undefined;
  /** The client's own id: the same one again gets the same run. */
  readonly clientId?: string | undefined;
  /** The answer that is to be given anew. */
  readonly regenerates?: string | undefined;
}

export interface Asked {
  readonly run: Run;
  /** The question had been asked before under the same client id. */
  readonly repeated: boolean;
}

const attempts = 5;

/** Takes questions: the message and its run are stored before anything else happens. */
@Injectable()
export class ChatService {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly turns: ConversationTurns,
    private readonly chatbots: ChatbotsService,
    private readonly engine: RunEngine,
    private readonly runs: RunsService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Throws `ConversationNotFound`, `ChatbotNotFound`, `TooManyRuns`, or `ConversationBusy` with the run that is under
   * way in the conversation.
   */
  async ask(caller: Caller, question: Question): Promise<Asked> {
    const earlier = await this.earlier(caller, question.clientId);
    if (earlier) return earlier;
    const { conversationId } = question;
    const asked = await (conversationId === undefined
      ? this.beginNew(caller, question)
      : this.goOn(caller, question, conversationId));
    if (!asked.repeated) {
      const { run_id: runId } = asked.run;
      // The run goes first: what it reads before it asks a model would wait for the disk together with this.
      await setImmediate();
      await this.audit.record({ ...caller, action: 'chat.asked', object: runId, outcome: 'allowed' });
    }
    return asked;
  }

  /** What was asked under the client's id before. */
  async earlier(caller: Caller, clientId: string | undefined): Promise<Asked | undefined> {
    const run = await this.engine.earlier(caller, clientId);
    return run && { run, repeated: true };
  }

  /** Asks the question of an answer again, as a new turn at the end of its conversation. Throws `MessageNotFound`. */
  async regenerate(caller: Caller, messageId: string, clientId?: string): Promise<Asked> {
    const question = await this.conversations.questionOf(caller, messageId);
    const { content, conversation_id: conversationId } = question;
    return this.ask(caller, { content, conversationId, clientId, regenerates: messageId });
  }

  /** A new conversation is stored with its first question, so that a repeated request leaves no empty one behind. */
  private async beginNew(caller: Caller, question: Question): Promise<Asked> {
    const chatbot = await this.chatbots.resolve(caller, question.chatbotId);
    const conversation = this.conversations.draft(caller, { chatbot_id: chatbot.id });
    return this.start(caller, question, conversation, chatbot.id, (run) =>
      this.turns.beginNew(conversation, run.run_id, question.content),
    );
  }

  private async goOn(caller: Caller, question: Question, conversationId: string): Promise<Asked> {
    for (let attempt = 1; ; attempt += 1) {
      const conversation = await this.conversations.item(caller, conversationId);
      if (conversation.active_run !== undefined) {
        const answered = await this.reply(caller, conversation.active_run, question);
        if (answered) return answered;
        if (attempt === attempts) throw new ConversationBusy(conversation.active_run);
        continue;
      }
      const chatbot = await this.chatbots.resolve(caller, question.chatbotId ?? conversation.chatbot_id);
      try {
        return await this.start(caller, question, conversation, chatbot.id, (run) =>
          this.turns.begin(conversation, run.run_id, question.content),
        );
      } catch (error) {
        // Somebody else asked in the conversation meanwhile: look again.
        if (!(error instanceof ConditionFailed) || attempt === attempts) throw error;
      }
    }
  }

  /**
   * What is said while a run waits for its user is the answer when it names one of the options; anything else is a new
   * question, for which the run makes way. Throws `ConversationBusy` while the run does not wait.
   */
  private async reply(caller: Caller, runId: string, { content, clientId }: Question): Promise<Asked | undefined> {
    const run = await this.runs.get(caller, runId);
    // The same request may have come twice at the same time, and the other one was first.
    const earlier = await this.earlier(caller, clientId);
    if (earlier) return earlier;
    if (run.state === 'running') throw new ConversationBusy(runId);
    const option = run.interrupt && chosenOption(run.interrupt.options, content);
    if (!run.interrupt || !option) {
      await this.runs.cancel(caller, runId);
      return undefined;
    }
    const { interrupt_id: interruptId } = run.interrupt;
    const resumed = await this.resume(caller, runId, { interruptId, value: option.value, clientId });
    return resumed && { run: resumed, repeated: false };
  }

  /** Undefined when somebody else has answered or cancelled meanwhile. */
  private async resume(caller: Caller, runId: string, answer: InterruptAnswer): Promise<Run | undefined> {
    try {
      return await this.runs.respond(caller, runId, answer);
    } catch (error) {
      if (error instanceof NothingToAnswer) return undefined;
      throw error;
    }
  }

  private start(
    caller: Caller,
    question: Question,
    conversation: ConversationItem,
    chatbotId: string,
    writes: (run: Run) => readonly Write[],
  ): Promise<Asked> {
    const { content, clientId, regenerates } = question;
    const input: RunInput = {
      question: content,
      chatbot_id: chatbotId,
      position: conversation.message_count + 1,
      ...(regenerates !== undefined && { regenerates }),
    };
    return this.engine.start(caller, {
      conversationId: conversation.conversation_id,
      input,
      clientId,
      writes,
    });
  }
}
