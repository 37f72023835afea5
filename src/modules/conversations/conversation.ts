import type { ItemTable } from '../../providers/item-store/item-store.js';

/** A conversation as it is stored. */
export interface ConversationItem {
  readonly workspace_id: string;
  readonly conversation_id: string;
  readonly user_id: string;
  /** Workspace and user: whose list it is in. */
  readonly owner: string;
  /** Time of the last change and id: its place in that list. */
  readonly updated: string;
  readonly title: string;
  /** A title that a person gave is not replaced by one from a question. */
  readonly titled_by: 'question' | 'person';
  readonly chatbot_id?: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** Positions that are taken: 1 … `message_count`. */
  readonly message_count: number;
  /** The beginning of the last message. */
  readonly last_message?: string;
  /** The run that is under way; there is one at a time. */
  readonly active_run?: string;
}

/** Read by id, and by owner, newest first. */
export const conversationTable: ItemTable<ConversationItem> = {
  name: 'conversations',
  partitionKey: 'workspace_id',
  sortKey: 'conversation_id',
  indexes: { by_owner: { partitionKey: 'owner', sortKey: 'updated' } },
};

export type MessageStatus = 'completed' | 'partial' | 'cancelled' | 'failed';

/** A message as it is stored: one item each. */
export interface MessageItem {
  /** Workspace and conversation. */
  readonly conversation: string;
  /** 1, 2, 3 … in the order of the conversation. */
  readonly position: number;
  /** Workspace and message. */
  readonly message: string;
  readonly message_id: string;
  readonly conversation_id: string;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly status: MessageStatus;
  readonly created_at: string;
  readonly run_id?: string;
  /** JSON. What a message carries besides its text: provenance, chart, query, follow-ups. */
  readonly attachments?: string;
  /** JSON. What its reader thinks of it. */
  readonly feedback?: string;
}

/** Read by conversation in order, and by id. */
export const messageTable: ItemTable<MessageItem> = {
  name: 'messages',
  partitionKey: 'conversation',
  sortKey: 'position',
  indexes: { by_id: { partitionKey: 'message' } },
};

export function ownerOf({ workspaceId, userId }: { workspaceId: string; userId: string }): string {
  return `${workspaceId}#${userId}`;
}

export function inWorkspace(workspaceId: string, id: string): string {
  return `${workspaceId}#${id}`;
}
