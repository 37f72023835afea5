import { openAsBlob } from 'node:fs';
import { Agent } from 'node:http';
import { DuckDBInstance } from '@duckdb/node-api';
import { ordersOfBytes } from '../lib/data.mjs';
import { post } from '../lib/load.mjs';
import { publish, uploadFile } from '../lib/main-job.mjs';
import { interleaved, report } from '../lib/measure.mjs';
import { startService } from '../lib/service.mjs';

const heavy = `SELECT a.country, b.category, count(DISTINCT a.customer_id) AS customers, approx_percentile(a.price, 0.9) AS p90
FROM orders a JOIN orders b ON a.order_id = b.order_id GROUP BY a.country, b.category ORDER BY customers DESC`;

/** P3: what HTTP, authentication, checks, an isolated process and the history add to a query over DuckDB in process. */
export async function run({ quick }) {
  const { path } = await ordersOfBytes(quick ? 40e6 : 200e6);
  const service = await startService({ settings: { QUERY_MEMORY_MB: '2000', QUERY_DATA_LIMIT_MB: '4000' } });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '2000MB' });
  const connection = await instance.connect();
  try {
    const upload = await uploadFile(service, await openAsBlob(path), 'orders.csv');
    await publish(service, upload.upload_id, 'orders');
    await connection.run(
      `COPY (FROM read_csv('${path}')) TO '${service.dataDirectory}/base.parquet' (FORMAT parquet, COMPRESSION zstd)`,
    );
    await connection.run(`CREATE VIEW orders AS FROM read_parquet('${service.dataDirectory}/base.parquet')`);

    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ours = (sql) => async () => {
      const answer = await post(
        `${service.address}/api/v1/queries`,
        { sql, wait_ms: 30_000 },
        { authorization: service.authorization },
        agent,
      );
      if (JSON.parse(answer).state !== 'succeeded') throw new Error(String(answer));
    };
    const base = (sql) => () =>
      connection.runAndReadAll(sql.replace('approx_percentile(a.price, 0.9)', 'quantile_disc(a.price, 0.9)'));
    const one = await interleaved(ours('SELECT 1'), base('SELECT 1'), { rounds: quick ? 6 : 10, repetitions: 50 });
    const long = await interleaved(ours(heavy), base(heavy), { rounds: quick ? 5 : 9 });
    return [
      report({
        name: 'P3 SELECT 1, milliseconds added (p50)',
        ...one,
        ratio: one.ours - one.base,
        limit: 5,
        note: 'the ratio column holds the difference',
      }),
      report({ name: `P3 a heavy query of ${Math.round(long.base)} ms`, ...long, limit: 1.1 }),
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
    await service.stop();
  }
}
