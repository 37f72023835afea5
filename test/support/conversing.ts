import type { Client } from './app.js';

/** A question that has been answered: ids by the path parameter that takes them. */
export interface Asked {
  readonly conversation_id: string;
  readonly run_id: string;
  /** The answer. */
  readonly message_id: string;
}

/** What a conversation leaves behind. */
export interface Conversed extends Asked {
  readonly verified_id: string;
}

/** Begins a conversation, says what it thinks of the answer, and keeps a verified question with this text. */
export async function converse(client: Client, question: string): Promise<Conversed> {
  const asked = await askSomething(client);
  const { message_id } = asked;
  await client.post(`/messages/${message_id}/feedback`, { rating: 'down', comment: question }).expect(201);
  const verified = await client.post(`/messages/${message_id}/verify`, { question, sql: 'select 1' }).expect(201);
  return { ...asked, verified_id: (verified.body as { verified_id: string }).verified_id };
}

/** Begins a conversation with what needs no table. */
export async function askSomething(client: Client): Promise<Asked> {
  const begun = await client.post('/conversations', {}).expect(201);
  const { conversation_id } = begun.body as { conversation_id: string };
  const answered = await client
    .post(`/conversations/${conversation_id}/messages`, { content: 'Hello', wait_ms: 20_000 })
    .expect(200);
  const { run_id, message } = answered.body as { run_id: string; message: { message_id: string } };
  return { conversation_id, run_id, message_id: message.message_id };
}
