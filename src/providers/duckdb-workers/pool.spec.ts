import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkerCrashed } from './errors.js';
import { WorkerPool } from './pool.js';

describe('WorkerPool', () => {
  let scratchDirectory: string;
  let pool: WorkerPool;

  beforeEach(() => {
    scratchDirectory = mkdtempSync(join(tmpdir(), 'pool-'));
    pool = new WorkerPool({
      size: 2,
      warm: 1,
      queueLength: 4,
      limits: { memoryMegabytes: 256, threads: 1 },
      dataLimitMegabytes: 1500,
      scratchDirectory,
      idleMs: 60_000,
      prepare: ['estimate'],
    });
  });

  afterEach(async () => {
    await pool.close();
    rmSync(scratchDirectory, { recursive: true, force: true });
  });

  it('reports what a task says is wrong', async () => {
    const file = join(scratchDirectory, 'broken.parquet');
    writeFileSync(file, 'not Parquet');
    await expect(pool.run('estimate', { files: [file] })).rejects.toMatchObject({ name: 'TaskFault' });
    expect(pool.crashed).toBe(0);
  });
});
