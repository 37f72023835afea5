import type { Client } from './app.js';
import { until } from './until.js';

/** A question that has been answered: ids by the path parameter that takes them. */
export interface Asked {
  readonly conversation_id: string;
  readonly run_id: string;
  /** The answer. */
  readonly message_id: string;
}

/** A prompt request that has been answered. */
export interface AskedLater {
  readonly request_id: string;
}

/** What conversations and prompt requests leave behind. */
export interface Conversed extends Asked, AskedLater {
  readonly verified_id: string;
}

/** Begins a conversation and a prompt request, says what it thinks of the answer, and keeps a verified question with this text. */
export async function converse(client: Client, question: string): Promise<Conversed> {
  const asked = await askSomething(client);
  const { message_id } = asked;
  await client.post(`/messages/${message_id}/feedback`, { rating: 'down', comment: question }).expect(201);
  const verified = await client.post(`/messages/${message_id}/verify`, { question, sql: 'select 1' }).expect(201);
  const { verified_id } = verified.body as { verified_id: string };
  return { ...asked, ...(await askLater(client, question)), verified_id };
}

/** Begins a conversation with what needs no table. */
export async function askSomething(client: Client): Promise<Asked> {
  const begun = await client.post('/conversations', {}).expect(201);
  const { conversation_id } = begun.body as { conversation_id: string };
  const answered = await client
    .post(`/conversations/${conversation_id}/messages`, { content: 'Hello', wait_ms: 60_000 })
    .expect(200);
  const { run_id, message } = answered.body as { run_id: string; message: { message_id: string } };
  return { conversation_id, run_id, message_id: message.message_id };
}

/** Makes a prompt request, and waits until it has been answered or has failed. */
export async function askLater(client: Client, prompt: string): Promise<AskedLater> {
  const { request_id } = (await client.post('/prompts', { prompt }).expect(202)).body as AskedLater;
  await until(async () => {
    const { status } = (await client.get(`/prompts/${request_id}`).expect(200)).body as { status: string };
    return status === 'PROCESSED' || status === 'FAILED';
  });
  return { request_id };
}
