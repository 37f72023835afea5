import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { DuckDbWorkers } from '../../src/providers/duckdb-workers/duckdb-workers.js';

/** Worker processes with the usual caps for all tests of a file, ended after them. Call it in a `describe` or at the top of a spec. */
export function ingestWorkers({ memoryMegabytes = 768 } = {}): () => DuckDbWorkers {
  let workers: DuckDbWorkers;
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'tabletalk-workers-'));
    const limits = { ingestMemoryMegabytes: memoryMegabytes, ingestDataLimitMegabytes: 2_500, ingestThreads: 2 };
    const queries = { queryWorkers: 1, queryMemoryMegabytes: 128, queryDataLimitMegabytes: 1_000 };
    workers = new DuckDbWorkers({ ...queries, ...limits, ingestWorkers: 1 }, scratch);
  });
  afterAll(async () => {
    await workers.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  return () => workers;
}

/** The rows of a Parquet file as text, in order; the zone is UTC. */
export async function readParquetText(path: string): Promise<(string | null)[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const reader = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet('${path}')`);
    return reader.getRows() as (string | null)[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
