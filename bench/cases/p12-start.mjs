import { median, report } from '../lib/measure.mjs';
import { startBase, startService } from '../lib/service.mjs';

/** P12: from process start to ready, on a data folder that is in use already, against an empty Nest application. */
export async function run({ quick }) {
  const first = await startService();
  await first.stop({ keepData: true });
  const times = { ours: [], base: [] };
  for (let round = 0; round < (quick ? 5 : 9); round += 1) {
    for (const side of round % 2 === 0 ? ['ours', 'base'] : ['base', 'ours']) {
      const started =
        side === 'ours' ? await startService({ dataDirectory: first.dataDirectory }) : await startBase('nest');
      times[side].push(started.readyMs);
      await started.stop({ keepData: true });
    }
  }
  const last = await startService({ dataDirectory: first.dataDirectory });
  await last.stop();
  return [
    report({
      name: 'P12 start to ready, warm data folder',
      ours: median(times.ours),
      base: median(times.base),
      limit: 2,
    }),
  ];
}
