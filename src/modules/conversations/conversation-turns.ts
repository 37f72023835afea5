import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import { Clock } from '../../providers/clock/clock.js';
import { type Write, write } from '../../providers/item-store/item-store.js';
import {
  type ConversationItem,
  conversationTable,
  inWorkspace,
  type MessageItem,
  messageTable,
  type MessageStatus,
} from './conversation.js';

const titleCharacters = 80;
const snippetCharacters = 200;

/** The answer that ends a turn. */
export interface TurnAnswer {
  readonly messageId: string;
  readonly content: string;
  readonly status: MessageStatus;
  /** What the message carries besides its text; JSON. */
  readonly attachments?: object | undefined;
}

/**
 * What a turn writes: a question and its answer take two places one after the other, and a conversation has one turn
 * under way at a time. The writes join the transactions that begin and end the run.
 */
@Injectable()
export class ConversationTurns {
  constructor(private readonly clock: Clock) {}

  /** Fails, with nothing written, when another turn is under way or has been since the conversation was read. */
  begin(conversation: ConversationItem, runId: string, question: string): Write[] {
    const { message_count } = conversation;
    const stillSo = { exists: true, equals: { message_count, active_run: undefined } };
    const set = this.begun(conversation, runId, question);
    return [
      this.asked(conversation, runId, question),
      write.update(conversationTable, keyOf(conversation), { set }, stillSo),
    ];
  }

  /** The first turn, together with the conversation itself, which is not stored yet. */
  beginNew(conversation: ConversationItem, runId: string, question: string): Write[] {
    const begun = { ...conversation, ...this.begun(conversation, runId, question) };
    return [this.asked(conversation, runId, question), write.put(conversationTable, begun, { exists: false })];
  }

  /** The place of the answer is the one after the question: `position` is the question's. */
  end(conversation: ConversationItem, runId: string, position: number, answer: TurnAnswer): Write[] {
    const { messageId, content, status, attachments } = answer;
    const message = this.message(conversation, position + 1, { role: 'assistant', content, runId, messageId, status });
    return [
      write.put(messageTable, { ...message, ...(attachments && { attachments: JSON.stringify(attachments) }) }),
      write.update(
        conversationTable,
        keyOf(conversation),
        { set: this.touched(conversation, content), remove: ['active_run'] },
        { exists: true, equals: { active_run: runId } },
      ),
    ];
  }

  private asked(conversation: ConversationItem, runId: string, question: string): Write {
    const position = conversation.message_count + 1;
    return write.put(messageTable, this.message(conversation, position, { role: 'user', content: question, runId }));
  }

  private begun(conversation: ConversationItem, runId: string, question: string): Partial<ConversationItem> {
    const isFirst = conversation.message_count === 0;
    return {
      ...this.touched(conversation, question),
      message_count: conversation.message_count + 2,
      active_run: runId,
      ...(isFirst && conversation.titled_by === 'question' && { title: titleOf(question) }),
    };
  }

  private touched({ conversation_id }: ConversationItem, content: string): Partial<ConversationItem> {
    const now = this.clock.now().toISOString();
    return { updated: `${now}#${conversation_id}`, updated_at: now, last_message: content.slice(0, snippetCharacters) };
  }

  private message(
    { workspace_id, conversation_id }: ConversationItem,
    position: number,
    {
      role,
      content,
      runId,
      messageId = newId('msg'),
      status = 'completed',
    }: Pick<MessageItem, 'role' | 'content'> & { runId: string; messageId?: string; status?: MessageStatus },
  ): MessageItem {
    return {
      conversation: inWorkspace(workspace_id, conversation_id),
      position,
      message: inWorkspace(workspace_id, messageId),
      message_id: messageId,
      conversation_id,
      role,
      content,
      status,
      created_at: this.clock.now().toISOString(),
      run_id: runId,
    };
  }
}

function keyOf({ workspace_id, conversation_id }: ConversationItem) {
  return { workspace_id, conversation_id };
}

/** The question's first line, cut at a word. */
function titleOf(question: string): string {
  const line = question.trim().split('\n')[0]!.trim();
  if ([...line].length <= titleCharacters) return line || 'New conversation';
  const cut = [...line].slice(0, titleCharacters).join('');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), titleCharacters / 2)).trim()}…`;
}
