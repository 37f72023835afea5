import { openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ordersOfBytes } from '../lib/data.mjs';
import { getter } from '../lib/load.mjs';
import { uploadFile } from '../lib/main-job.mjs';
import { interleaved, report } from '../lib/measure.mjs';
import { startBase, startService } from '../lib/service.mjs';

/** P2: the preview of a large file over HTTP, against bare Fastify sending the same rows and against a small file. */
export async function run({ quick }) {
  const large = await ordersOfBytes(quick ? 50e6 : 1e9);
  const small = await ordersOfBytes(1e6);
  const service = await startService();
  const rowsFile = join(service.dataDirectory, 'rows.json');
  try {
    const headers = { authorization: service.authorization };
    const preview = async ({ path }) => {
      const { upload_id: id } = await uploadFile(service, await openAsBlob(path), 'orders.csv');
      return getter(`${service.address}/api/v1/uploads/${id}/preview?limit=100`, headers);
    };
    const ofLarge = await preview(large);
    const ofSmall = await preview(small);
    writeFileSync(rowsFile, await ofLarge());
    const bare = await startBase('fastify', [rowsFile]);
    const options = { rounds: quick ? 6 : 10, repetitions: 200 };
    const overBare = await interleaved(ofLarge, getter(`${bare.address}/rows`), options);
    const overSmall = await interleaved(ofLarge, ofSmall, options);
    await bare.stop();
    return [
      report({ name: 'P2a preview over HTTP vs bare Fastify', ...overBare, limit: 2 }),
      report({ name: `P2b preview of ${Math.round(large.bytes / 1e6)} MB vs of 1 MB`, ...overSmall, limit: 1.2 }),
    ];
  } finally {
    rmSync(rowsFile, { force: true });
    await service.stop();
  }
}
