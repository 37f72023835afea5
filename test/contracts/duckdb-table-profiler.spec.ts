import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import type { ObjectStore } from '../../src/providers/object-store/object-store.js';
import { DuckDbTableProfiler } from '../../src/providers/table-profiler/duckdb.table-profiler.js';
import { s3Stores } from '../support/aws/s3/s3-stores.js';
import { ingestWorkers } from '../support/duckdb-workers.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { type ProfilerUnderTest, tableProfilerContract } from './table-profiler.contract.js';

const createFolder = temporaryFolders();
const workers = ingestWorkers();
const openS3 = s3Stores();

tableProfilerContract('DuckDbTableProfiler over local files', async () => {
  const folder = createFolder();
  return over(await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch')));
});

tableProfilerContract('DuckDbTableProfiler over S3', async () => over((await openS3()).objectStore));

function over(objectStore: ObjectStore): ProfilerUnderTest {
  return {
    objectStore,
    profiler: new DuckDbTableProfiler(workers(), objectStore),
    async storeRows(key: string, select: string) {
      const path = join(objectStore.scratchDirectory, 'rows.parquet');
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
      await objectStore.putFile(key, path);
    },
  };
}
