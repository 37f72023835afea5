import { openAsBlob } from 'node:fs';
import { ordersOfBytes } from '../lib/data.mjs';
import { uploadFile } from '../lib/main-job.mjs';
import { interleaved, report } from '../lib/measure.mjs';
import { startBase, startService } from '../lib/service.mjs';

/** P5: an upload with checksum, analysis and fsync, against bare Fastify writing the multipart file and fsyncing it. */
export async function run({ quick }) {
  const { path, bytes } = await ordersOfBytes(quick ? 100e6 : 1e9);
  const service = await startService();
  const bare = await startBase('fastify');
  const blob = await openAsBlob(path);
  const ours = async () => {
    const { upload_id: id } = await uploadFile(service, blob, 'orders.csv');
    const headers = { authorization: service.authorization };
    return () => fetch(`${service.address}/api/v1/uploads/${id}`, { method: 'DELETE', headers });
  };
  const base = async () => {
    const form = new FormData();
    form.set('file', blob, 'orders.csv');
    const response = await fetch(`${bare.address}/upload`, { method: 'POST', body: form });
    if (!response.ok) throw new Error(await response.text());
  };
  try {
    const times = await interleaved(ours, base, { rounds: 5 });
    return [report({ name: `P5 upload of ${Math.round(bytes / 1e6)} MB`, ...times, limit: 1.5 })];
  } finally {
    await bare.stop();
    await service.stop();
  }
}
