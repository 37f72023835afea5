import { itemTable } from '../../providers/item-store/item-tables.js';

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
export const conversationTable = itemTable<ConversationItem>({
  name: 'conversations',
  partitionKey: 'workspace_id',
  sortKey: 'conversation_id',
  indexes: { by_owner: { partitionKey: 'owner', sortKey: 'updated' } },
  accesses: [
    { does: 'put', for: 'a new conversation, empty or with messages' },
    { does: 'get', for: 'everything that names a conversation' },
    { does: 'update', for: 'renaming' },
    { does: 'transact put', for: 'the first question of a new conversation' },
    { does: 'transact update', for: 'beginning and ending an answer' },
    { does: 'query', index: 'by_owner', order: 'descending', for: 'the list of conversations, latest first' },
    { does: 'delete', for: 'deleting a conversation' },
    { does: 'query', for: 'removal of a workspace' },
  ],
});

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
export const messageTable = itemTable<MessageItem>({
  name: 'messages',
  partitionKey: 'conversation',
  sortKey: 'position',
  indexes: { by_id: { partitionKey: 'message' } },
  numericKeys: ['position'],
  accesses: [
    { does: 'transact put', for: 'a question, and an answer' },
    { does: 'writeMany put', for: 'a conversation that begins with messages' },
    {
      does: 'query',
      sort: ['lessThan'],
      order: 'descending',
      for: 'a page of a conversation, and what a model is told of it',
    },
    { does: 'query', index: 'by_id', for: 'one message: its feedback, its data' },
    { does: 'transact update', for: 'what its reader thinks of an answer' },
    { does: 'query', for: 'deleting a conversation' },
    { does: 'writeMany delete', for: 'deleting a conversation' },
  ],
});

export function ownerOf({ workspaceId, userId }: { workspaceId: string; userId: string }): string {
  return `${workspaceId}#${userId}`;
}

export function inWorkspace(workspaceId: string, id: string): string {
  return `${workspaceId}#${id}`;
}
