import { openAsBlob } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ordersOfBytes, ordersOfRows } from '../lib/data.mjs';
import { post } from '../lib/load.mjs';
import { publish, uploadFile } from '../lib/main-job.mjs';
import { median, report } from '../lib/measure.mjs';
import { startService } from '../lib/service.mjs';

const heavyQueries = 200;
const heavy = (number) => `SELECT a.country, b.category, count(DISTINCT a.customer_id + ${number}) AS customers
FROM orders a JOIN orders b ON a.customer_id = b.customer_id GROUP BY a.country, b.category ORDER BY customers DESC`;
const small = {
  'SELECT 1': 'SELECT 1',
  'a small aggregate': 'SELECT country, count(*) AS orders, sum(price) AS revenue FROM orders GROUP BY country',
};

/** R8: what one workspace's small queries take while another has 200 heavy ones accepted, against what they take alone. */
export async function run({ quick }) {
  const service = await startService({
    settings: { QUERIES_PER_WORKSPACE: '1000', QUERY_MEMORY_MB: '1000', QUERY_DATA_LIMIT_MB: '3000' },
  });
  try {
    const quiet = await workspaceOf(service, 'Quiet', (await ordersOfRows(20_000)).path);
    const noisy = await workspaceOf(service, 'Noisy', (await ordersOfBytes(40e6)).path);
    const sides = await rounds(quiet, noisy, quick ? { rounds: 4, repetitions: 60 } : { rounds: 8, repetitions: 150 });
    return Object.keys(small).flatMap((name) => [
      compare(`R8 ${name} beside 200 heavy queries, p50`, sides, name, 0.5),
      compare(`R8 ${name} beside 200 heavy queries, p99`, sides, name, 0.99),
    ]);
  } finally {
    await service.stop();
  }
}

/** A new workspace with the file as its table `orders`. */
async function workspaceOf(service, name, path) {
  const { id } = await service.call('POST', '/workspaces', { name });
  const workspace = service.within(id);
  const upload = await uploadFile(workspace, await openAsBlob(path), 'orders.csv');
  await publish(workspace, upload.upload_id, 'orders');
  return workspace;
}

/** Interleaved rounds without and with the noise; all times of each kind of small query on each side. */
async function rounds(quiet, noisy, { rounds: count, repetitions }) {
  const sides = { alone: {}, beside: {} };
  await measure(quiet, {}, 10);
  for (let round = 0; round < count; round += 1) {
    for (const side of round % 2 === 0 ? ['alone', 'beside'] : ['beside', 'alone']) {
      const noise = side === 'beside' ? await makeNoise(noisy) : [];
      await measure(quiet, sides[side], repetitions);
      await endNoise(noisy, noise);
    }
  }
  return sides;
}

/** The ids of as many queries, all accepted and none ended. */
async function makeNoise(noisy) {
  const queries = [];
  for (let number = 0; number < heavyQueries; number += 1)
    queries.push(await noisy.call('POST', '/queries', { sql: heavy(number), wait_ms: 0 }));
  // Long enough for whoever is let in first to be at work.
  await delay(1500);
  return queries;
}

async function endNoise(noisy, queries) {
  const states = [];
  for (const { query_id: id } of queries.toReversed())
    states.push((await noisy.call('POST', `/queries/${id}/cancel`)).state);
  if (queries.length > 0 && !states.includes('cancelled')) throw new Error('The noise was over too early.');
  await delay(500);
}

async function measure(quiet, times, repetitions) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [name, sql] of Object.entries(small)) {
      const began = performance.now();
      const answer = await post(`${quiet.address}/api/v1/queries`, { sql, wait_ms: 30_000 }, quiet.headers, agent);
      (times[name] ??= []).push(performance.now() - began);
      if (JSON.parse(answer).state !== 'succeeded') throw new Error(String(answer));
    }
  }
  agent.destroy();
}

function compare(name, { alone, beside }, kind, part) {
  return report({ name, ours: quantile(beside[kind], part), base: quantile(alone[kind], part), limit: 2 });
}

function quantile(values, part) {
  if (part === 0.5) return median(values);
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1];
}
