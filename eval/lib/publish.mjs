import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const workspaceId = 'eval';
const signal = new AbortController().signal;

/** The parts of the service that publish and query tables, in this process over a folder that is removed afterwards. */
export async function openService(dist) {
  const load = async (path) => import(join(dist, path));
  const { DuckDbWorkers } = await load('providers/duckdb-workers/duckdb-workers.js');
  const { LocalFilesObjectStore } = await load('providers/object-store/local-files/local-files.object-store.js');
  const { DuckDbQueryEngine } = await load('providers/query-engine/duckdb/duckdb.query-engine.js');
  const { DuckDbTableConverter } = await load('providers/table-converter/duckdb.table-converter.js');
  const { DuckDbTableProfiler } = await load('providers/table-profiler/duckdb.table-profiler.js');
  const { previewCsv } = await load('csv/preview.js');
  const { proposeContract } = await load('csv/contract-rules.js');
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-eval-'));
  const objectStore = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
  const memory = { queryMemoryMegabytes: 256, queryDataLimitMegabytes: 1500 };
  const ingest = { ingestWorkers: 1, ingestMemoryMegabytes: 768, ingestDataLimitMegabytes: 2500, ingestThreads: 2 };
  const workers = new DuckDbWorkers({ queryWorkers: 2, ...memory, ...ingest }, objectStore.scratchDirectory);
  const engine = new DuckDbQueryEngine(workers, objectStore);
  const converter = new DuckDbTableConverter(workers, objectStore);
  const profiler = new DuckDbTableProfiler(workers, objectStore);
  let runs = 0;

  return {
    /** Preview, conversion and profile, as a submitted upload goes through them. */
    async publish(table, csv) {
      const bytes = Buffer.from(csv);
      const sourceKey = `workspaces/${workspaceId}/uploads/${table}/raw`;
      await objectStore.put(sourceKey, bytes);
      const contract = proposeContract(previewCsv(bytes, { complete: true, limit: 100 }));
      const folderKey = `workspaces/${workspaceId}/datasets/${table}/1`;
      const parquetKey = `${folderKey}/data.parquet`;
      const rejectsKey = `${folderKey}/rejects.csv`;
      await converter.convert({ workspaceId, sourceKey, contract, fixedColumns: [], parquetKey, rejectsKey, signal });
      const { columns, rows, values } = await profiler.profile({ workspaceId, objectKeys: [parquetKey], signal });
      const files = { table, locations: [objectStore.location(parquetKey)] };
      return { table, columns, rows, values: values.map((value) => ({ table, ...value })), files };
    },
    /** Rows of a statement, the first 10,000. */
    async run(sql, tables) {
      const schemas = tables.map(({ table, columns }) => ({ table, columns }));
      const statement = await engine.check(sql, schemas);
      const outcome = await engine.run({
        queryId: `q${(runs += 1)}`,
        workspaceId,
        statement,
        userSql: sql,
        schemas,
        tables: tables.map(({ files }) => files).filter(({ table }) => statement.tables.includes(table)),
        parameters: [],
        maxRows: 10_000,
        deadlineMs: 20_000,
        firstPageRows: 10_000,
        resultKey: `workspaces/${workspaceId}/results/${runs}.parquet`,
        signal,
      });
      return JSON.parse(outcome.firstPage.rowsJson);
    },
    async close() {
      await workers.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}
