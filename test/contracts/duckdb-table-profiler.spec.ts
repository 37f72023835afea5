import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { DuckDbTableProfiler } from '../../src/providers/table-profiler/duckdb.table-profiler.js';
import { ingestWorkers } from '../support/duckdb-workers.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { tableProfilerContract } from './table-profiler.contract.js';

const createFolder = temporaryFolders();
const workers = ingestWorkers();

tableProfilerContract('DuckDbTableProfiler', async () => {
  const folder = createFolder();
  const objectStore = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
  return {
    objectStore,
    profiler: new DuckDbTableProfiler(workers(), objectStore),
    async storeRows(key, select) {
      const path = join(objectStore.scratchDirectory, 'rows.parquet');
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
      await objectStore.putFile(key, path);
    },
  };
});
