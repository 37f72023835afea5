import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDbWorkers } from '../../src/providers/duckdb-workers/duckdb-workers.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { DuckDbQueryEngine } from '../../src/providers/query-engine/duckdb/duckdb.query-engine.js';
import { writeParquet } from '../support/parquet.js';
import { ORDERS, queryEngineContract } from './query-engine.contract.js';

queryEngineContract('DuckDbQueryEngine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
  const objectStore = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
  const file = join(objectStore.scratchDirectory, 'orders.parquet');
  await writeParquet(file, ORDERS.select);
  await objectStore.putFile('workspaces/w/orders.parquet', file);
  const workers = new DuckDbWorkers(
    {
      queryWorkers: 2,
      queryMemoryMegabytes: 256,
      queryDataLimitMegabytes: 1500,
      ingestWorkers: 1,
      ingestMemoryMegabytes: 256,
      ingestDataLimitMegabytes: 1500,
      ingestThreads: 1,
    },
    objectStore.scratchDirectory,
  );
  return {
    engine: new DuckDbQueryEngine(workers, objectStore),
    objectStore,
    orders: { table: 'orders', locations: [objectStore.location('workspaces/w/orders.parquet')] },
    close: async () => {
      await workers.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
});
