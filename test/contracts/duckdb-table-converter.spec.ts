import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Contract } from '../../src/csv/contract.js';
import { WorkerCrashed } from '../../src/providers/duckdb-workers/errors.js';
import { LocalCopies } from '../../src/providers/local-copies/local-copies.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { DuckDbTableConverter } from '../../src/providers/table-converter/duckdb.table-converter.js';
import { ConversionCrashed } from '../../src/providers/table-converter/errors.js';
import type { ConvertRequest } from '../../src/providers/table-converter/table-converter.js';
import { s3Stores } from '../support/aws/s3/s3-stores.js';
import { ingestWorkers, readParquetText } from '../support/duckdb-workers.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { contractOf, tableConverterContract } from './table-converter.contract.js';

const createFolder = temporaryFolders();
const workers = ingestWorkers();
const openS3 = s3Stores();

async function openStore() {
  const folder = createFolder();
  return LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
}

tableConverterContract('DuckDbTableConverter over local files', async () => {
  const objectStore = await openStore();
  return {
    objectStore,
    converter: new DuckDbTableConverter(workers(), objectStore),
    readRows: (key) => readParquetText(fileURLToPath(objectStore.location(key))),
  };
});

async function openOverS3() {
  const { objectStore } = await openS3();
  const copies = new LocalCopies(objectStore);
  return {
    objectStore,
    converter: new DuckDbTableConverter(workers(), objectStore, { copies }),
    async readRows(key: string) {
      const { paths, release } = await copies.take([key]);
      return readParquetText(paths[0]!).finally(release);
    },
  };
}

tableConverterContract('DuckDbTableConverter over S3', openOverS3, ['types', 'running']);

/** Has the object `raw` converted. */
function requestOf(contract: Contract): ConvertRequest {
  return {
    workspaceId: 'w',
    sourceKey: 'raw',
    contract,
    fixedColumns: [],
    parquetKey: 'data.parquet',
    rejectsKey: 'rejects.csv',
    signal: new AbortController().signal,
  };
}

describe('DuckDbTableConverter', () => {
  it('R26: says so when the process dies at a file, stores nothing and goes on with the next', async () => {
    const objectStore = await openStore();
    await objectStore.put('raw', Buffer.from('a,b\n1,2\n'));
    const request = requestOf(contractOf({ a: 'bigint', b: 'bigint' }));
    const pool = workers().ingest;
    const crashing = {
      ingest: {
        run: ((...call: Parameters<typeof pool.run>) => {
          const running = pool.run(...call);
          for (const pid of pool.pids) process.kill(pid, 'SIGSEGV');
          return running;
        }) as typeof pool.run,
      },
    };
    const fault = await new DuckDbTableConverter(crashing, objectStore)
      .convert(request)
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ConversionCrashed);
    expect((fault as Error).cause).toBeInstanceOf(WorkerCrashed);
    expect(await objectStore.head('data.parquet')).toBeUndefined();
    expect(readdirSync(objectStore.scratchDirectory)).toEqual([]);

    expect(await new DuckDbTableConverter(workers(), objectStore).convert(request)).toMatchObject({ rowsStored: 1 });
    expect(readdirSync(objectStore.scratchDirectory)).toEqual([]);
  });

  describe('with little memory', () => {
    const poor = ingestWorkers({ memoryMegabytes: 12 });

    it('R20: blames the file only when a fresh process runs out of memory, too', async () => {
      const objectStore = await openStore();
      const columns = Array.from({ length: 300 }, (_, index) => `c${index}`);
      const row = columns.map((name) => name.repeat(20)).join(',');
      await objectStore.put('raw', Buffer.from(`${columns.join(',')}\n${`${row}\n`.repeat(2_000)}`));
      const pool = poor().ingest;
      const tried: number[] = [];
      const watched = {
        run: ((...call: Parameters<typeof pool.run>) =>
          pool.run(...call).finally(() => tried.push(...pool.pids))) as typeof pool.run,
      };
      const converting = new DuckDbTableConverter({ ingest: watched }, objectStore).convert(
        requestOf(contractOf(Object.fromEntries(columns.map((name) => [name, 'varchar'] as const)))),
      );
      await expect(converting).rejects.toMatchObject({ kind: { slug: 'too-large-for-memory' } });
      expect(tried).toHaveLength(2);
      expect(new Set(tried).size).toBe(2);
    });
  });

  it('R20: obeys the limit for what a compressed file may expand to', async () => {
    const objectStore = await openStore();
    const { gzipSync } = await import('node:zlib');
    await objectStore.put('raw', gzipSync(`a,b\n${'1,2\n'.repeat(1_000)}`));
    const converter = new DuckDbTableConverter(workers(), objectStore, { maxExpandedBytes: 2_000 });
    const converting = converter.convert(requestOf(contractOf({ a: 'bigint', b: 'bigint' }, { compression: 'gzip' })));
    await expect(converting).rejects.toMatchObject({ kind: { slug: 'expanded-too-large' } });
    await expect(converting).rejects.toThrow('2,000 bytes');
  });
});
