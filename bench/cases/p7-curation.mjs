import { execFile } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { node, root } from '../../scripts/lib/prepare.mjs';
import { ordersOfBytes } from '../lib/data.mjs';
import { median, report } from '../lib/measure.mjs';
import { peakBytes } from '../lib/service.mjs';

const memoryMegabytes = 768;
const dataLimitMegabytes = 2500;
const threads = 2;

/** P7: CSV to typed Parquet with every row checked, against a raw COPY of the same file with the same threads and memory. */
export async function run({ quick }) {
  const { path, bytes } = await ordersOfBytes(quick ? 100e6 : 1e9);
  const [{ DuckDbWorkers }, { DuckDbTableConverter }, { LocalFilesObjectStore }, { previewCsv }, { proposeContract }] =
    await Promise.all([
      import('../../dist/providers/duckdb-workers/duckdb-workers.js'),
      import('../../dist/providers/table-converter/duckdb.table-converter.js'),
      import('../../dist/providers/object-store/local-files/local-files.object-store.js'),
      import('../../dist/csv/preview.js'),
      import('../../dist/csv/contract-rules.js'),
    ]);
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-bench-'));
  const store = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
  const workers = new DuckDbWorkers(
    {
      queryWorkers: 1,
      queryMemoryMegabytes: 256,
      queryDataLimitMegabytes: 1000,
      ingestWorkers: 1,
      ingestMemoryMegabytes: memoryMegabytes,
      ingestDataLimitMegabytes: dataLimitMegabytes,
      ingestThreads: threads,
    },
    store.scratchDirectory,
  );
  const copy = join(store.scratchDirectory, 'source.csv');
  copyFileSync(path, copy);
  await store.putFile('source/raw', copy);
  const contract = proposeContract(previewCsv(head(path), { complete: false }));

  let number = 0;
  let peak = 0;
  const ours = async () => {
    const watch = setInterval(() => {
      for (const pid of workers.ingest.pids) peak = Math.max(peak, peakBytes(pid));
    }, 200);
    const began = performance.now();
    const outcome = await new DuckDbTableConverter(workers, store).convert({
      workspaceId: 'bench',
      sourceKey: 'source/raw',
      contract,
      fixedColumns: [],
      parquetKey: `target/${(number += 1)}.parquet`,
      rejectsKey: `target/${number}.csv`,
      signal: new AbortController().signal,
    });
    clearInterval(watch);
    if (outcome.rowsRejected !== 0 || outcome.rowsIn !== outcome.rowsStored) throw new Error(JSON.stringify(outcome));
    await store.delete(`target/${number}.parquet`);
    return performance.now() - began;
  };
  const base = async () => {
    const { stdout } = await promisify(execFile)(
      node(),
      ['bench/base/copy.mjs', path, join(folder, 'base.parquet'), String(threads), `${memoryMegabytes}MB`],
      { cwd: root },
    );
    return Number(/took ([\d.]+)/.exec(stdout)[1]);
  };
  try {
    await ours();
    const times = { ours: [], base: [] };
    for (let round = 0; round < 5; round += 1) {
      for (const side of round % 2 === 0 ? ['ours', 'base'] : ['base', 'ours'])
        times[side].push(await (side === 'ours' ? ours() : base()));
    }
    return [
      report({
        name: `P7 CSV to Parquet, ${Math.round(bytes / 1e6)} MB`,
        ours: median(times.ours),
        base: median(times.base),
        limit: 1.15,
      }),
      report({
        name: 'P7 peak memory of the conversion vs its cap',
        ours: peak / 1e6,
        base: dataLimitMegabytes,
        unit: 'MB',
        limit: 1,
      }),
    ];
  } finally {
    await workers.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function head(path) {
  const buffer = Buffer.alloc(256 * 1024);
  const file = openSync(path);
  const read = readSync(file, buffer, 0, buffer.length, 0);
  closeSync(file);
  return buffer.subarray(0, read);
}
