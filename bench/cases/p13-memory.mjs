import { setTimeout as delay } from 'node:timers/promises';
import { median, report } from '../lib/measure.mjs';
import { residentBytes, startBase, startService } from '../lib/service.mjs';

const mebibyte = 1024 * 1024;

/** P13: resident memory of the service's process while nothing happens, against an empty Nest application. */
export async function run({ quick }) {
  const ours = [];
  const base = [];
  let tree = 0;
  for (let round = 0; round < (quick ? 3 : 5); round += 1) {
    const service = await startService();
    const nest = await startBase('nest');
    await delay(quick ? 3000 : 10_000);
    ours.push(residentBytes(service.pid) / mebibyte);
    base.push(residentBytes(nest.pid) / mebibyte);
    tree = residentBytes(service.pid, { tree: true }) / mebibyte;
    await nest.stop();
    await service.stop();
  }
  const note = `with its idle worker processes ${tree.toFixed(0)} MiB`;
  return [
    report({
      name: 'P13 resident memory at rest',
      ours: median(ours),
      base: median(base),
      unit: 'MiB',
      limit: 2.2,
      note,
    }),
  ];
}
