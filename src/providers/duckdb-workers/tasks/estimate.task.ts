import { sqlText } from '../engine-session.js';
import { plainSessions } from '../session-stock.js';
import type { Task } from '../task.js';

export interface EstimateInput {
  /** Absolute paths of Parquet files. */
  readonly files: readonly string[];
}

/** Stored bytes of every column, by file and column. */
export type EstimateOutput = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const { prepare } = plainSessions;

/** Reads the sizes of columns out of the files' footers. */
export const task: Task<EstimateInput, EstimateOutput> = async ({ files }, { limits, scratchDirectory, signal }) =>
  plainSessions.use(limits, async (session) => {
    session.interruptOn(signal);
    await session.lockDown({ files, scratchDirectory });
    const reader = await session.connection.runAndReadAll(
      `SELECT file_name, split_part(path_in_schema, ', ', 1) AS column_name, sum(total_compressed_size)::DOUBLE AS bytes
       FROM parquet_metadata([${files.map(sqlText).join(', ')}]) GROUP BY ALL`,
    );
    const sizes: Record<string, Record<string, number>> = Object.fromEntries(files.map((file) => [file, {}]));
    for (const [file, column, bytes] of reader.getRowsJS()) {
      (sizes[String(file)] ??= {})[String(column)] = Number(bytes);
    }
    return sizes;
  });
