import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import type { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { Clock } from '../../providers/clock/clock.js';
import type { ItemKey } from '../../providers/item-store/item-store.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { type ConversationItem, inWorkspace, type MessageItem, ownerOf } from './conversation.js';
import {
  ChangeConversation,
  Conversation,
  ConversationPage,
  CreateConversation,
  ListConversations,
  Message,
  MessagePage,
} from './conversation.dto.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationBusy, ConversationNotFound, MessageNotFound } from './errors.js';

/** What a conversation is called before its first question. */
const untitled = 'New conversation';
/** Conversations that one page of a search looks at. */
const searchedAtOnce = 1000;
const longestFork = 2000;

/** Conversations of a user: nobody else sees them, not even the workspace's admins. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async create(caller: Caller, { title, chatbot_id }: CreateConversation): Promise<Conversation> {
    const conversation = this.draft(caller, { title, chatbot_id });
    await this.conversations.insert(conversation);
    await this.record(caller, 'conversation.created', conversation.conversation_id);
    return shown(conversation);
  }

  /** A conversation that is not stored yet: its first turn stores it. */
  draft(caller: Caller, { title, chatbot_id }: CreateConversation): ConversationItem {
    return this.newConversation(caller, {
      title: title ?? untitled,
      titled_by: title === undefined ? 'question' : 'person',
      ...(chatbot_id !== undefined && { chatbot_id }),
    });
  }

  async list(caller: Caller, { search, limit, cursor }: ListConversations): Promise<ConversationPage> {
    const owner = ownerOf(caller);
    const scope = `conversations/${owner}/${search ?? ''}`;
    let after = cursor === undefined ? undefined : this.cursors.decode<ItemKey<ConversationItem>>(scope, cursor);
    const wanted = search?.normalize('NFKC').toLowerCase();
    const found: ConversationItem[] = [];
    let looked = 0;
    do {
      const page = await this.conversations.list(owner, limit - found.length, after);
      found.push(...page.items.filter((item) => wanted === undefined || mentions(item, wanted)));
      looked += page.items.length;
      after = page.next;
    } while (after && found.length < limit && looked < searchedAtOnce);
    return { items: found.map(shown), next_cursor: after ? this.cursors.encode(scope, after) : null };
  }

  async get(caller: Caller, id: string): Promise<Conversation> {
    return shown(await this.item(caller, id));
  }

  /** Throws `ConversationNotFound`, also for somebody else's. */
  async item({ workspaceId, userId }: Pick<Caller, 'workspaceId' | 'userId'>, id: string): Promise<ConversationItem> {
    const conversation = await this.conversations.find(workspaceId, id);
    if (conversation?.user_id !== userId) throw new ConversationNotFound(id);
    return conversation;
  }

  async change(caller: Caller, id: string, { title, chatbot_id }: ChangeConversation): Promise<Conversation> {
    const conversation = await this.item(caller, id);
    const changed = await this.conversations.change(conversation, {
      ...(title !== undefined && { title, titled_by: 'person' }),
      ...(chatbot_id !== undefined && { chatbot_id }),
    });
    await this.record(caller, 'conversation.changed', id);
    return shown(changed);
  }

  /** Throws `ConversationBusy` while an answer is under way. */
  async delete(caller: Caller, id: string): Promise<void> {
    const conversation = await this.item(caller, id);
    if (conversation.active_run !== undefined) throw new ConversationBusy(conversation.active_run);
    await this.conversations.delete(conversation);
    await this.record(caller, 'conversation.deleted', id);
  }

  /** A new conversation with the messages up to one; both go their own ways from there. */
  async fork(caller: Caller, id: string, lastMessageId: string | undefined): Promise<Conversation> {
    const origin = await this.item(caller, id);
    const last = lastMessageId === undefined ? undefined : await this.messageItem(caller, lastMessageId);
    if (last && last.conversation_id !== id) throw new MessageNotFound(lastMessageId!);
    const until = (last?.position ?? origin.message_count) + 1;
    const messages = (await this.conversations.messagesBefore(origin, until, longestFork)).toReversed();
    const fork = this.newConversation(caller, {
      title: `${origin.title} (2)`.slice(0, 200),
      titled_by: origin.titled_by,
      message_count: messages.length,
      ...(origin.chatbot_id !== undefined && { chatbot_id: origin.chatbot_id }),
      ...(messages.length > 0 && { last_message: messages.at(-1)!.content.slice(0, 200) }),
    });
    await this.conversations.insert(
      fork,
      messages.map((message, index) => copied(message, fork, index + 1)),
    );
    await this.record(caller, 'conversation.forked', fork.conversation_id);
    return shown(fork);
  }

  async messages(caller: Caller, id: string, { limit, cursor }: PageQuery): Promise<MessagePage> {
    const conversation = await this.item(caller, id);
    const scope = `messages/${inWorkspace(caller.workspaceId, id)}`;
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : this.cursors.decode<number>(scope, cursor);
    const rows = await this.conversations.messagesBefore(conversation, before, limit + 1);
    const page = pageOf(rows, limit, shownMessage, ({ position }) => this.cursors.encode(scope, position));
    this.audit.note({ ...caller, action: 'conversation.read', object: id, outcome: 'allowed' });
    return { ...page, items: page.items.reverse() };
  }

  /** The latest messages before a position, in the order of the conversation. */
  async history(conversation: ConversationItem, before: number, limit: number): Promise<readonly MessageItem[]> {
    return (await this.conversations.messagesBefore(conversation, before, limit)).toReversed();
  }

  /** Throws `MessageNotFound`, also for somebody else's. */
  async messageItem(caller: Caller, messageId: string): Promise<MessageItem> {
    const message = await this.conversations.message(caller.workspaceId, messageId);
    const conversation = message && (await this.conversations.find(caller.workspaceId, message.conversation_id));
    if (!message || conversation?.user_id !== caller.userId) throw new MessageNotFound(messageId);
    return message;
  }

  /** The question that a message is the answer to, or is itself. Throws `MessageNotFound`. */
  async questionOf(caller: Caller, messageId: string): Promise<MessageItem> {
    const message = await this.messageItem(caller, messageId);
    if (message.role === 'user') return message;
    const conversation = await this.item(caller, message.conversation_id);
    const [question] = await this.conversations.messagesBefore(conversation, message.position, 1);
    if (question?.role !== 'user') throw new MessageNotFound(messageId);
    return question;
  }

  private newConversation(
    caller: Caller,
    rest: Pick<ConversationItem, 'title' | 'titled_by'> & Partial<ConversationItem>,
  ): ConversationItem {
    const now = this.clock.now();
    const id = newId('conv', now.getTime());
    return {
      workspace_id: caller.workspaceId,
      conversation_id: id,
      user_id: caller.userId,
      owner: ownerOf(caller),
      updated: `${now.toISOString()}#${id}`,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      message_count: 0,
      ...rest,
    };
  }

  private async record(caller: Caller, action: string, object: string): Promise<void> {
    await this.audit.record({ ...caller, action, object, outcome: 'allowed' });
  }
}

function mentions({ title, last_message = '' }: ConversationItem, wanted: string): boolean {
  return `${title}\n${last_message}`.normalize('NFKC').toLowerCase().includes(wanted);
}

function copied(message: MessageItem, fork: ConversationItem, position: number): MessageItem {
  const messageId = newId('msg');
  const { feedback: _, ...rest } = message;
  return {
    ...rest,
    position,
    conversation: inWorkspace(fork.workspace_id, fork.conversation_id),
    conversation_id: fork.conversation_id,
    message: inWorkspace(fork.workspace_id, messageId),
    message_id: messageId,
  };
}

function shown(item: ConversationItem): Conversation {
  const { conversation_id, title, created_at, updated_at, message_count } = item;
  return {
    conversation_id,
    title,
    chatbot_id: item.chatbot_id ?? null,
    created_at,
    updated_at,
    message_count,
    last_message: item.last_message ?? null,
    active_run_id: item.active_run ?? null,
  };
}

/** A message as its reader sees it. */
export function shownMessage(item: MessageItem): Message {
  const { message_id, conversation_id, role, content, status, created_at, run_id, attachments, feedback } = item;
  return {
    message_id,
    conversation_id,
    role,
    content,
    status,
    created_at,
    ...(run_id !== undefined && { run_id }),
    ...(attachments !== undefined &&
      (JSON.parse(attachments) as Pick<Message, 'provenance' | 'chart' | 'query_id' | 'follow_ups'>)),
    ...(feedback !== undefined && { feedback: JSON.parse(feedback) as Message['feedback'] }),
  };
}
