import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ExportFormat } from '../../query-engine/query-engine.js';
import { CSV_MACROS, csvHeader, csvLineSql } from '../results/csv-text.js';
import { jsonObjectSql } from '../results/json-text.js';
import { openResult, rowSelectSql, type StoredResult } from '../results/stored-result.js';
import type { EngineSession } from '../engine-session.js';
import { plainSessions } from '../session-stock.js';
import type { Task } from '../task.js';

/** All but Parquet, in which results are stored. */
type WrittenFormat = Exclude<ExportFormat, 'parquet'>;

export interface ExportInput {
  /** Absolute path of a stored result. */
  readonly file: string;
  readonly format: WrittenFormat;
  /** Leave CSV cells that a spreadsheet would take for a formula as they are. */
  readonly raw: boolean;
}

type Writer = (session: EngineSession, result: StoredResult, output: Writable, input: ExportInput) => Promise<void>;

export const { prepare } = plainSessions;

const writers: Readonly<Record<WrittenFormat, Writer>> = { csv: writeCsv, json: writeJson, arrow: writeArrow };

/** Writes a whole stored result to the output in another format, one chunk of rows in memory at a time. */
export const task: Task<ExportInput, null> = async (input, { limits, scratchDirectory, signal, output }) =>
  plainSessions.use(limits, async (session) => {
    session.interruptOn(signal);
    await session.lockDown({ files: [input.file], scratchDirectory, before: CSV_MACROS });
    await writers[input.format](session, await openResult(session.connection, input.file), output, input);
    return null;
  });

async function writeCsv(session: EngineSession, result: StoredResult, output: Writable, { raw }: ExportInput) {
  output.write(
    csvHeader(
      result.columns.map(({ name }) => name),
      raw,
    ),
  );
  const sql = rowSelectSql(result, (columns) => [csvLineSql(columns, result.types, raw)]);
  for await (const lines of textChunks(session, sql)) await write(output, lines.join(''));
}

async function writeJson(session: EngineSession, result: StoredResult, output: Writable) {
  let before = '[';
  const sql = rowSelectSql(result, (columns) => [jsonObjectSql(columns, result.types, result.fileColumns)]);
  for await (const objects of textChunks(session, sql)) {
    await write(output, `${before}\n${objects.join(',\n')}`);
    before = ',';
  }
  output.write(before === '[' ? '[]\n' : '\n]\n');
}

/** Loaded only here: the library is large and rarely needed. */
async function writeArrow(...[session, result, output]: Parameters<Writer>) {
  const arrow = await import('../results/arrow-stream.js');
  await arrow.writeArrow(session, result, output);
}

async function* textChunks({ connection }: EngineSession, sql: string): AsyncGenerator<readonly string[]> {
  const stream = await connection.stream(sql);
  for (let chunk = await stream.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await stream.fetchChunk()) {
    yield chunk.getColumnValues(0) as string[];
  }
}

async function write(output: Writable, text: string): Promise<void> {
  if (!output.write(text)) await once(output, 'drain');
}
