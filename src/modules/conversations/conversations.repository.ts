import { Injectable } from '@nestjs/common';
import { type ItemKey, ItemStore, maximumTogether, type Write, write } from '../../providers/item-store/item-store.js';
import {
  type ConversationItem,
  conversationTable,
  inWorkspace,
  type MessageItem,
  messageTable,
} from './conversation.js';

/** Conversations and their messages in the item store. */
@Injectable()
export class ConversationsRepository {
  constructor(private readonly items: ItemStore) {}

  find(workspaceId: string, conversationId: string): Promise<ConversationItem | undefined> {
    return this.items.get(conversationTable, { workspace_id: workspaceId, conversation_id: conversationId });
  }

  async insert(conversation: ConversationItem, messages: readonly MessageItem[] = []): Promise<void> {
    // The messages first: a conversation that can be found is whole.
    await this.items.writeMany(messages.map((message) => write.put(messageTable, message)));
    await this.items.put(conversationTable, conversation, { exists: false });
  }

  change(
    { workspace_id, conversation_id }: ConversationItem,
    set: Partial<ConversationItem>,
  ): Promise<ConversationItem> {
    return this.items.update(conversationTable, { workspace_id, conversation_id }, { set }, { exists: true });
  }

  /** One user's conversations, the one that changed last first. */
  async list(
    owner: string,
    limit: number,
    after: ItemKey<ConversationItem> | undefined,
  ): Promise<{ items: readonly ConversationItem[]; next?: ItemKey<ConversationItem> }> {
    return this.items.query(conversationTable, {
      index: 'by_owner',
      partition: owner,
      order: 'descending',
      limit,
      after,
    });
  }

  /** Messages before the position, latest first. */
  async messagesBefore(
    conversation: ConversationItem,
    position: number,
    limit: number,
  ): Promise<readonly MessageItem[]> {
    const { items } = await this.items.query(messageTable, {
      partition: partitionOf(conversation),
      sort: { lessThan: position },
      order: 'descending',
      limit,
    });
    return items;
  }

  async message(workspaceId: string, messageId: string): Promise<MessageItem | undefined> {
    const message = inWorkspace(workspaceId, messageId);
    const { items } = await this.items.query(messageTable, { index: 'by_id', partition: message, limit: 1 });
    return items[0];
  }

  /** The conversation is gone at once; its messages follow. */
  async delete(conversation: ConversationItem): Promise<void> {
    const { workspace_id, conversation_id } = conversation;
    await this.items.delete(conversationTable, { workspace_id, conversation_id });
    for (;;) {
      const { items } = await this.items.query(messageTable, {
        partition: partitionOf(conversation),
        limit: maximumTogether,
      });
      if (items.length === 0) return;
      await this.items.writeMany(
        items.map(({ conversation: key, position }): Write =>
          write.delete(messageTable, { conversation: key, position }),
        ),
      );
    }
  }
}

function partitionOf({ workspace_id, conversation_id }: ConversationItem): string {
  return inWorkspace(workspace_id, conversation_id);
}
