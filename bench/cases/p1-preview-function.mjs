import { openAsBlob, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { ordersOfBytes } from '../lib/data.mjs';
import { uploadFile } from '../lib/main-job.mjs';
import { interleaved, report } from '../lib/measure.mjs';
import { startService } from '../lib/service.mjs';

const mebibyte = 1024 * 1024;

/** P1: the preview of 100 rows of a large upload, called in process, against reading the file's first MiB. */
export async function run({ quick }) {
  const { path } = await ordersOfBytes(quick ? 50e6 : 1e9);
  const service = await startService();
  const blob = await openAsBlob(path);
  const { upload_id: uploadId } = await uploadFile(service, blob, 'orders.csv');
  const { id: userId, workspaces } = await service.call('GET', '/users/me');
  await service.stop({ keepData: true });

  const [{ pino }, { createApp }, { Config }, { PreviewsService }] = await Promise.all([
    import('pino'),
    import('../../dist/app.js'),
    import('../../dist/config/config.js'),
    import('../../dist/modules/previews/previews.service.js'),
  ]);
  const app = await createApp(Config.read({ DATA_DIR: service.dataDirectory }), { logger: pino({ level: 'silent' }) });
  const file = await open(path);
  const buffer = Buffer.alloc(mebibyte);
  try {
    const previews = app.nest.get(PreviewsService);
    const caller = { userId, workspaceId: workspaces[0].id };
    const ours = () => previews.get(caller, uploadId, { limit: 100 });
    const base = () => file.read(buffer, 0, mebibyte, 0);
    const times = await interleaved(ours, base, { rounds: 10, repetitions: 200 });
    return [report({ name: 'P1 preview function, 100 rows', ...times, limit: 1.2 })];
  } finally {
    await file.close();
    await app.close();
    rmSync(service.dataDirectory, { recursive: true, force: true });
  }
}
