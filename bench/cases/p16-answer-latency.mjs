import { openAsBlob } from 'node:fs';
import { Agent } from 'node:http';
import { ordersOfBytes } from '../lib/data.mjs';
import { post } from '../lib/load.mjs';
import { publish, uploadFile } from '../lib/main-job.mjs';
import { interleaved, report } from '../lib/measure.mjs';
import { startService } from '../lib/service.mjs';

const questions = ['How many orders are there?', 'average price by country'];

/** P16: what an answer without a language model adds to its own SQL over POST /queries: translation, record, checks, words. */
export async function run({ quick }) {
  const { path } = await ordersOfBytes(quick ? 10e6 : 200e6);
  const service = await startService();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { authorization } = service;
  const send = async (address, body) =>
    JSON.parse(await post(`${service.address}/api/v1${address}`, body, { authorization }, agent));
  const ask = async (content) => {
    const { conversation_id: id } = await service.call('POST', '/conversations', {});
    const { message } = await send(`/conversations/${id}/messages`, { content, wait_ms: 30_000 });
    if (!message?.query_id) throw new Error(`No answer: ${JSON.stringify(message)}`);
    return message;
  };
  try {
    const upload = await uploadFile(service, await openAsBlob(path), 'orders.csv');
    await publish(service, upload.upload_id, 'orders');
    const results = [];
    for (const question of questions) {
      const { sql } = (await ask(question)).provenance.queries.at(-1);
      const { conversation_id: id } = await service.call('POST', '/conversations', {});
      const ours = () =>
        send(`/conversations/${id}/messages`, { content: question, wait_ms: 30_000 }).then(() => undefined);
      const base = () => send('/queries', { sql, wait_ms: 30_000 }).then(() => undefined);
      const times = await interleaved(ours, base, { rounds: quick ? 6 : 10, repetitions: 10 });
      const note = `${(times.ours - times.base).toFixed(1)} ms added`;
      results.push(report({ name: `P16 "${question}" (p50)`, ...times, limit: 3, note }));
    }
    return results;
  } finally {
    agent.destroy();
    await service.stop();
  }
}
