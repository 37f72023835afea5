import { openAsBlob } from 'node:fs';
import { ordersOfBytes } from '../lib/data.mjs';
import { publish, uploadFile } from '../lib/main-job.mjs';
import { report } from '../lib/measure.mjs';
import { peakBytes, resetPeak, startService } from '../lib/service.mjs';

const mebibyte = 1024 * 1024;

/** P6: the service's peak memory with a large file against a small one, each in a fresh process. */
export async function run({ quick }) {
  const small = await peaks(10e6);
  const large = await peaks(quick ? 200e6 : 1e9);
  return Object.keys(small).flatMap((step) => {
    const [ours, base] = [large[step] / mebibyte, small[step] / mebibyte];
    return [
      report({
        name: `P6 peak memory: ${step}`,
        ours,
        base,
        unit: 'MiB',
        limit: 1.15,
        note: `${(ours - base).toFixed(0)} MiB more, at most 64`,
      }) && ours - base <= 64,
    ];
  });
}

async function peaks(bytes) {
  const { path } = await ordersOfBytes(bytes);
  const service = await startService({ settings: { QUERY_MAX_ROWS: '100000000' } });
  const headers = { authorization: service.authorization };
  const peak = {};
  const during = async (step, work) => {
    resetPeak(service.pid);
    const result = await work();
    peak[step] = peakBytes(service.pid);
    return result;
  };
  const drain = async (path_) => {
    const response = await fetch(`${service.address}/api/v1${path_}`, { headers });
    if (!response.ok) throw new Error(await response.text());
    for await (const _ of response.body);
  };
  try {
    const upload = await during('upload', async () => uploadFile(service, await openAsBlob(path), 'orders.csv'));
    await during('preview', () => drain(`/uploads/${upload.upload_id}/preview?limit=1000`));
    await during('submit and crawl', () => publish(service, upload.upload_id, 'orders'));
    const query = await during('query', () =>
      service.call('POST', '/queries', { sql: 'SELECT * FROM orders', max_rows: 100_000_000, wait_ms: 30_000 }),
    );
    const done = await finished(service, query);
    await during('download as CSV', () => drain(`/queries/${done.query_id}/download?format=csv`));
    return peak;
  } finally {
    await service.stop();
  }
}

async function finished(service, query) {
  for (let current = query; ; current = await service.call('GET', `/queries/${query.query_id}`)) {
    if (current.state === 'succeeded') return current;
    if (['failed', 'cancelled'].includes(current.state)) throw new Error(JSON.stringify(current));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
