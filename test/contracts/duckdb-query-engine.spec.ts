import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { DuckDbWorkers } from '../../src/providers/duckdb-workers/duckdb-workers.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import type { ObjectStore } from '../../src/providers/object-store/object-store.js';
import { DuckDbQueryEngine } from '../../src/providers/query-engine/duckdb/duckdb.query-engine.js';
import { s3Stores } from '../support/aws/s3/s3-stores.js';
import { writeParquet } from '../support/parquet.js';
import { ORDERS, queryEngineContract, type QueryEngineUnderTest } from './query-engine.contract.js';

const openS3 = s3Stores();

queryEngineContract('DuckDbQueryEngine over local files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
  const test = await openOver(await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch')));
  const close = async () => {
    await test.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  return { ...test, close };
});

queryEngineContract('DuckDbQueryEngine over S3', async () => openOver((await openS3()).objectStore));

describe('DuckDbQueryEngine over S3', () => {
  it('R31: counts the time that files take to come here against the deadline', async () => {
    const { objectStore, fake } = await openS3();
    const { engine, orders, workers, close } = await openOver(objectStore);
    const userSql = 'SELECT count(*) AS n FROM orders a, orders b, orders c, orders d WHERE a.note > d.note';
    const deadlineMs = 3000;
    fake.failNext({ operation: 'GetObject', delayMs: 2000 });
    const asked = jest.spyOn(workers.queries, 'run');
    const run = engine.run({
      queryId: randomUUID(),
      workspaceId: 'w',
      statement: await engine.check(userSql, [ORDERS.schema]),
      userSql,
      schemas: [ORDERS.schema],
      tables: [orders],
      parameters: [],
      maxRows: 10,
      deadlineMs,
      firstPageRows: 0,
      resultKey: 'workspaces/w/results/late.parquet',
      signal: new AbortController().signal,
    });
    const fault = { kind: 'deadline', message: 'The query did not finish within 3 seconds.' };
    await expect(run).rejects.toMatchObject({ fault });
    expect(asked.mock.calls[0]![2]!.deadlineMs).toBeLessThan(1100);
    await close();
  });
});

async function openOver(objectStore: ObjectStore): Promise<QueryEngineUnderTest & { workers: DuckDbWorkers }> {
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
    workers,
    objectStore,
    orders: { table: 'orders', locations: [objectStore.location('workspaces/w/orders.parquet')] },
    close: () => workers.close(),
  };
}
