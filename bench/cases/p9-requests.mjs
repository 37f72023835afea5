import { throughput } from '../lib/load.mjs';
import { uploadFile } from '../lib/main-job.mjs';
import { median, report } from '../lib/measure.mjs';
import { startBase, startService } from '../lib/service.mjs';

/** P9: requests a second against bare Fastify, for /health and for a small authenticated GET. */
export async function run({ quick }) {
  const service = await startService();
  const base = await startBase('fastify');
  const seconds = quick ? 1 : 3;
  try {
    const token = { authorization: service.authorization };
    const { upload_id: uploadId } = await uploadFile(service, new Blob(['a,b\n1,2\n']), 'small.csv');
    const small = `${service.address}/api/v1/uploads/${uploadId}`;
    const rates = { base: [], health: [], small: [] };
    const sides = {
      base: () => throughput(`${base.address}/health`, {}, { seconds }),
      health: () => throughput(`${service.address}/health/live`, {}, { seconds }),
      small: () => throughput(small, token, { seconds }),
    };
    for (const side of Object.values(sides)) await side();
    for (let round = 0; round < 5; round += 1) {
      const order = ['base', 'health', 'small'];
      for (const side of round % 2 === 0 ? order : order.toReversed()) rates[side].push(await sides[side]());
    }
    const bare = median(rates.base);
    return [
      report({
        name: 'P9 /health/live, requests a second',
        ours: median(rates.health),
        base: bare,
        unit: '/s',
        limit: 0.7,
        least: true,
      }),
      report({
        name: 'P9 authenticated GET of an upload, a second',
        ours: median(rates.small),
        base: bare,
        unit: '/s',
        limit: 0.4,
        least: true,
      }),
    ];
  } finally {
    await base.stop();
    await service.stop();
  }
}
