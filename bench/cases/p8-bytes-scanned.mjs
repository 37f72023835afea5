import { openAsBlob } from 'node:fs';
import { ordersOfBytes } from '../lib/data.mjs';
import { publish, uploadFile } from '../lib/main-job.mjs';
import { median, report } from '../lib/measure.mjs';
import { startService } from '../lib/service.mjs';

/** Ten questions that need at most three of the eight columns. */
const questions = [
  'SELECT count(*) FROM orders',
  'SELECT sum(price) FROM orders',
  'SELECT country, sum(price) FROM orders GROUP BY country',
  'SELECT category, avg(quantity) FROM orders GROUP BY category',
  "SELECT sum(price) FROM orders WHERE country = 'Japan'",
  'SELECT max(price), min(price) FROM orders WHERE quantity > 5',
  'SELECT country, category, count(*) FROM orders GROUP BY country, category',
  'SELECT quantity, count(*) FROM orders GROUP BY quantity ORDER BY quantity',
  "SELECT count(*) FROM orders WHERE category = 'music' AND country = 'Kenya'",
  'SELECT category, sum(price * quantity) FROM orders GROUP BY category',
];

/** P8: bytes that a query reads of the published table, against the bytes of the CSV that it came from. */
export async function run({ quick }) {
  const { path, bytes } = await ordersOfBytes(quick ? 50e6 : 200e6);
  const service = await startService();
  try {
    const upload = await uploadFile(service, await openAsBlob(path), 'orders.csv');
    await publish(service, upload.upload_id, 'orders');
    const scanned = [];
    for (const sql of questions)
      scanned.push((await service.call('POST', '/queries/estimate', { sql })).bytes_scanned / 1e6);
    const worst = Math.max(...scanned);
    return [
      report({
        name: 'P8 bytes scanned by ten queries, median',
        ours: median(scanned),
        base: bytes / 1e6,
        unit: 'MB',
        limit: 0.1,
      }),
      report({ name: 'P8 bytes scanned, the widest of them', ours: worst, base: bytes / 1e6, unit: 'MB', limit: 0.1 }),
    ];
  } finally {
    await service.stop();
  }
}
