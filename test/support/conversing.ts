import type { Client } from './app.js';

/** What a conversation leaves behind: ids by the path parameter that takes them. */
export interface Conversed {
  /** An answer. */
  readonly message_id: string;
  readonly verified_id: string;
}

/** Begins a conversation, says what it thinks of the answer, and keeps a verified question with this text. */
export async function converse(client: Client, question: string): Promise<Conversed> {
  const message_id = await askSomething(client);
  await client.post(`/messages/${message_id}/feedback`, { rating: 'down', comment: question }).expect(201);
  const verified = await client.post(`/messages/${message_id}/verify`, { question, sql: 'select 1' }).expect(201);
  return { message_id, verified_id: (verified.body as { verified_id: string }).verified_id };
}

/** Begins a conversation with what needs no table; returns the id of the answer. */
export async function askSomething(client: Client): Promise<string> {
  const begun = await client.post('/conversations', {}).expect(201);
  const { conversation_id: id } = begun.body as { conversation_id: string };
  const answered = await client
    .post(`/conversations/${id}/messages`, { content: 'Hello', wait_ms: 20_000 })
    .expect(200);
  return (answered.body as { message: { message_id: string } }).message.message_id;
}
