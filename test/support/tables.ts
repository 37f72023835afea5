import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { ColumnType } from '../../src/csv/contract.js';
import type { TestApp } from './app.js';
import { writeParquet } from './parquet.js';

export interface NewTable {
  readonly table: string;
  /** The engine's own SQL for its rows. */
  readonly rows: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly version?: number;
}

/** Makes a table as a finished crawl leaves it: one Parquet file and a definition in the catalog. */
export async function addTable(
  { app, workspaceId: own }: TestApp,
  { table, rows, columns, version = 1 }: NewTable,
  workspaceId: string = own,
): Promise<void> {
  const { objectStore, catalog } = app.adapters;
  const file = join(objectStore.scratchDirectory, `${randomUUID()}.parquet`);
  await writeParquet(file, rows);
  const key = `workspaces/${workspaceId}/datasets/${table}/${version}/data.parquet`;
  const { bytes } = await objectStore.putFile(key, file);
  await catalog.put(workspaceId, {
    table,
    columns: Object.entries(columns).map(([name, type]) => ({ name, type, nullable: true })),
    rows: 1,
    bytes,
    object_keys: [key],
    data_version: version,
    updated_at: new Date().toISOString(),
  });
}
