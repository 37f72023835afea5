import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ItemKey, ItemStore, maximumTogether, write } from '../../providers/item-store/item-store.js';
import { removePartition } from '../../providers/item-store/remove-partition.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import {
  type ConversationItem,
  conversationTable,
  inWorkspace,
  type MessageItem,
  messageTable,
} from './conversation.js';

/** Conversations and their messages in the item store. */
@Injectable()
export class ConversationsRepository implements OnModuleInit {
  constructor(
    private readonly items: ItemStore,
    private readonly purge: PurgeJob,
  ) {}

  onModuleInit(): void {
    this.purge.alsoRemove((workspaceId) => this.removeAll(workspaceId));
  }

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

  /** The messages first, so that what was stopped half-way can be found and deleted again. */
  async delete(conversation: ConversationItem): Promise<void> {
    const { workspace_id, conversation_id } = conversation;
    await removePartition(this.items, messageTable, partitionOf(conversation));
    await this.items.delete(conversationTable, { workspace_id, conversation_id });
  }

  private async removeAll(workspaceId: string): Promise<void> {
    for (;;) {
      const { items } = await this.items.query(conversationTable, { partition: workspaceId, limit: maximumTogether });
      if (items.length === 0) return;
      for (const conversation of items) await this.delete(conversation);
    }
  }
}

function partitionOf({ workspace_id, conversation_id }: ConversationItem): string {
  return inWorkspace(workspace_id, conversation_id);
}
