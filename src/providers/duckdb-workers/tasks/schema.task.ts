import { readSchema } from '../../table-profiler/duckdb/stored-files.js';
import type { StoredSchema } from '../../table-profiler/table-profiler.js';
import { plainSessions } from '../session-stock.js';
import type { Task } from '../task.js';

export interface SchemaInput {
  /** Absolute paths of Parquet files. */
  readonly files: readonly string[];
}

export const prepare = plainSessions.prepare;

/** Reads the footers of a table's files. */
export const task: Task<SchemaInput, StoredSchema> = async ({ files }, { limits, scratchDirectory, signal }) =>
  plainSessions.use(limits, async (session) => {
    session.interruptOn(signal);
    await session.lockDown({ files, scratchDirectory });
    return readSchema(session.connection, files);
  });
