import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '../../../csv/contract.js';
import { WIDE_COLUMNS } from '../../table-converter/duckdb/cells.js';
import { convertFile } from '../../table-converter/duckdb/conversion.js';
import { asConvertFault } from '../../table-converter/duckdb/faults.js';
import { evidence } from '../../table-converter/duckdb/file-columns.js';
import type { ConvertedColumn } from '../../table-converter/table-converter.js';
import { type EngineSession, sqlText } from '../engine-session.js';
import { plainSessions } from '../session-stock.js';
import type { Task, TaskContext } from '../task.js';

export interface ConvertInput {
  /** Absolute path of the raw file. */
  readonly source: string;
  readonly contract: Contract;
  readonly fixedColumns: readonly string[];
  /** An empty folder that receives `data.parquet`, and `rejects.csv` when rows were rejected. */
  readonly outputDirectory: string;
  /** Most bytes that a compressed file may expand to. */
  readonly maxExpandedBytes: number;
}

export interface ConvertOutput {
  readonly columns: readonly ConvertedColumn[];
  readonly rowsIn: number;
  readonly rowsStored: number;
  readonly rowsRejected: number;
  readonly parquetBytes: number;
}

export const prepare = plainSessions.prepare;

/** Converts one CSV file; what it leaves in the output folder is on disk when it resolves. */
export const task: Task<ConvertInput, ConvertOutput> = async (input, context) =>
  plainSessions.use(context.limits, async (session) => {
    try {
      return await convert(input, context, session);
    } catch (error) {
      throw asConvertFault(error);
    }
  });

async function convert(input: ConvertInput, context: TaskContext, session: EngineSession): Promise<ConvertOutput> {
  const { contract, fixedColumns, outputDirectory, maxExpandedBytes } = input;
  const { scratchDirectory, signal } = context;
  const parquet = join(outputDirectory, 'data.parquet');
  const rejects = join(outputDirectory, 'rejects.csv');
  const { encoding, compression } = contract.dialect;
  const source = { path: input.source, encoding, compression, maxExpandedBytes };
  const own = ['rows.csv', 'strays.csv'].map((name) => join(scratchDirectory, name));
  session.interruptOn(signal);
  const before = contract.columns.length > WIDE_COLUMNS ? ['SET threads = 1'] : [];
  await session.lockDown({ files: [input.source, parquet, rejects, ...own], scratchDirectory, before });
  const { columns, ...rows } = await convertFile({
    session,
    files: { source, parquet, rejects, scratchDirectory },
    contract,
    fixedColumns,
    signal,
    report: (progress) => context.report(progress),
  });
  signal.throwIfAborted();
  const nullable = await nullableColumns(session, parquet);
  if (rows.rowsRejected > 0) await makeDurable(rejects);
  else await rm(rejects, { force: true });
  return {
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      format: column.format,
      nullable: nullable.has(column.name),
      evidence: evidence(column),
    })),
    ...rows,
    parquetBytes: await makeDurable(parquet),
  };
}

/** Columns that hold a NULL, by the file's own statistics. */
async function nullableColumns({ connection }: EngineSession, parquet: string): Promise<Set<string>> {
  const reader = await connection.runAndReadAll(
    `SELECT path_in_schema FROM parquet_metadata(${sqlText(parquet)}) GROUP BY ALL HAVING sum(coalesce(stats_null_count, 1)) > 0`,
  );
  return new Set(reader.getRows().map(([name]) => String(name)));
}

async function makeDurable(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return (await stat(path)).size;
}
