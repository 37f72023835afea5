import { profileColumns } from '../../table-profiler/duckdb/profile-columns.js';
import { readParquet, readSchema } from '../../table-profiler/duckdb/stored-files.js';
import type { TableProfile } from '../../table-profiler/table-profiler.js';
import { plainSessions } from '../session-stock.js';
import type { Task } from '../task.js';

export interface ProfileInput {
  /** Absolute paths of Parquet files. */
  readonly files: readonly string[];
}

export const prepare = plainSessions.prepare;

/** Reads a whole table and says what its columns hold. */
export const task: Task<ProfileInput, TableProfile> = async ({ files }, { limits, scratchDirectory, signal, report }) =>
  plainSessions.use(limits, async (session) => {
    session.interruptOn(signal);
    await session.lockDown({ files, scratchDirectory });
    const schema = await readSchema(session.connection, files);
    const { rows, bytes } = schema;
    const profile = await profileColumns({
      connection: session.connection,
      from: readParquet(files),
      schema,
      onProgress: (fraction) => {
        // What came between two statements has interrupted neither.
        signal.throwIfAborted();
        report({ fraction, rows: Math.round(fraction * rows), bytes: Math.round(fraction * bytes) });
      },
    });
    return { ...profile, rows, bytes };
  });
