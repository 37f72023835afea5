import { openAsBlob } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { ordersOfRows } from '../lib/data.mjs';
import { interleaved, report } from '../lib/measure.mjs';
import { publish, uploadFile } from '../lib/main-job.mjs';
import { startService } from '../lib/service.mjs';

const aggregate = 'SELECT country, sum(price) FROM orders GROUP BY country';

/** P4: a CSV of 10,000 rows from upload to its first aggregate, against DuckDB reading the same file in process. */
export async function run({ quick }) {
  const { path } = await ordersOfRows(10_000);
  const service = await startService();
  let number = 0;
  const ours = async () => {
    const dataset = `orders_${(number += 1)}`;
    const upload = await uploadFile(service, await openAsBlob(path), 'orders.csv');
    await publish(service, upload.upload_id, dataset);
    const query = await service.call('POST', '/queries', {
      sql: aggregate.replace('orders', dataset),
      wait_ms: 30_000,
    });
    if (query.row_count !== 10) throw new Error(`expected 10 rows, not ${JSON.stringify(query)}`);
  };
  const base = async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`CREATE TABLE orders AS FROM read_csv('${path}')`);
    await connection.runAndReadAll(aggregate);
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const times = await interleaved(ours, base, { rounds: quick ? 5 : 9 });
    return [report({ name: 'P4 10,000 rows, upload to first aggregate', ...times, limit: 4 })];
  } finally {
    await service.stop();
  }
}
