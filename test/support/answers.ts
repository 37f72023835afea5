import { newId } from '../../src/platform/ids.js';
import {
  conversationTable,
  inWorkspace,
  type MessageItem,
  messageTable,
} from '../../src/modules/conversations/conversation.js';
import { write } from '../../src/providers/item-store/item-store.js';
import type { Client, TestApp } from './app.js';

export interface NewAnswer {
  readonly question: string;
  readonly answer: string;
  /** What the question was understood as. */
  readonly understood?: string;
  /** What was run for the answer; absent: nothing. */
  readonly sql?: string;
  readonly tables?: readonly string[];
}

export interface AddedAnswer {
  readonly conversationId: string;
  readonly questionId: string;
  readonly messageId: string;
}

/** A conversation of the client's with a question and its answer, as a finished run leaves it. */
export async function addAnswer(
  { app }: TestApp,
  client: Client,
  workspaceId: string,
  { question, answer, understood = question, sql, tables = [] }: NewAnswer,
): Promise<AddedAnswer> {
  const { itemStore } = app.adapters;
  const created = await client.post('/conversations', {}).expect(201);
  const { conversation_id: conversationId } = created.body as { conversation_id: string };
  const messageOf = (position: number, role: MessageItem['role'], content: string): MessageItem => {
    const messageId = newId('msg');
    return {
      conversation: inWorkspace(workspaceId, conversationId),
      position,
      message: inWorkspace(workspaceId, messageId),
      message_id: messageId,
      conversation_id: conversationId,
      role,
      content,
      status: 'completed',
      created_at: new Date().toISOString(),
    };
  };
  const asked = messageOf(1, 'user', question);
  const queries = [{ sql, tables: tables.map((table) => ({ table, version: 1 })) }];
  const attachments = sql === undefined ? {} : { provenance: { question: understood, queries } };
  const answered = { ...messageOf(2, 'assistant', answer), attachments: JSON.stringify(attachments) };
  await itemStore.writeMany([asked, answered].map((each) => write.put(messageTable, each)));
  const key = { workspace_id: workspaceId, conversation_id: conversationId };
  await itemStore.update(conversationTable, key, { set: { message_count: 2 } });
  return { conversationId, questionId: asked.message_id, messageId: answered.message_id };
}
