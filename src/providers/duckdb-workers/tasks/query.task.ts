import { renameSync, rmSync, statSync } from 'node:fs';
import { trinoTypeName } from '../../query-engine/dialect/types.js';
import type { RunOutcome, SqlFault } from '../../query-engine/query-engine.js';
import { sqlText } from '../engine-session.js';
import type { QuerySession } from '../query-sessions.js';
import { readPage } from '../results/page-rows.js';
import { copySql, plannedResult, type StoredResult } from '../results/stored-result.js';
import { engineFault, prepare, shapeOf, type StatementInput, useStatementSession } from '../statement-session.js';
import { type Task, type TaskContext, TaskFault } from '../task.js';

export interface QueryInput extends StatementInput {
  readonly maxRows: number;
  readonly maxResultBytes: number;
  readonly firstPageRows: number;
  /** Where the result is written. */
  readonly resultFile: string;
}

const WATCH_INTERVAL_MS = 100;

export { prepare };

/**
 * Runs one statement over the files of its tables and stores its result as Parquet. Names and sizes of files are dealt
 * with synchronously: a worker has nothing else to do meanwhile, and the way through the thread pool takes longer.
 */
export const task: Task<QueryInput, RunOutcome> = (input, context) =>
  useStatementSession(input, context, async (session) => {
    const outcome = await store(session, input, context).catch(engineFault);
    renameSync(session.resultFile, input.resultFile);
    return outcome;
  });

/**
 * Writes the result by a COPY around the statement: rows never pass through JavaScript, types stay exact and ORDER BY
 * holds, since the engine keeps the order of an outer-most subquery. The text can be wrapped because the gate has
 * parsed it, alone, as one complete SELECT: no parenthesis or quote in it is left open, and a comment ends at the line
 * break. COPY is ours; the statement itself cannot hold one, and could write nothing but the two files of its own
 * result (data files are read-only).
 */
async function store(session: QuerySession, input: QueryInput, context: TaskContext): Promise<RunOutcome> {
  const { connection } = session;
  const { names, types } = await shapeOf(session, input);
  const columns = types.map((type, index) => ({ name: names[index]!, type: trinoTypeName(type) }));
  const result = plannedResult(session.resultFile, columns, types);
  // One row more than asked for tells whether there are more.
  const count = await copy(session, copySql(input.engineSql, result, input.maxRows + 1), input, context);
  const truncated = count > input.maxRows;
  if (truncated) await cut(session, result, input, context);
  const { size } = statSync(result.path);
  if (size > input.maxResultBytes) throw tooLarge(input);
  const firstPage =
    input.firstPageRows > 0 ? await readPage(connection, result, { offset: 0, limit: input.firstPageRows }) : undefined;
  return { columns, rowCount: Math.min(count, input.maxRows), truncated, resultBytes: size, firstPage };
}

/** Leaves the row too many out of the file. */
async function cut(session: QuerySession, result: StoredResult, input: QueryInput, context: TaskContext) {
  const { uncutFile } = session;
  renameSync(result.path, uncutFile);
  const rows = `SELECT * FROM read_parquet(${sqlText(uncutFile)})`;
  await copy(session, copySql(rows, result, input.maxRows), { ...input, parameters: [] }, context);
  rmSync(uncutFile);
}

/** Resolves with the number of rows. */
async function copy(session: QuerySession, sql: string, input: QueryInput, context: TaskContext): Promise<number> {
  const watch = new CopyWatch(session, input, context);
  try {
    const parameters = input.parameters.length > 0 ? [...input.parameters] : undefined;
    const reader = await session.connection.runAndReadAll(sql, parameters);
    return Number(reader.getRowsJS()[0]?.[0]);
  } catch (error) {
    throw watch.grewTooLarge ? tooLarge(input) : error;
  } finally {
    watch.stop();
  }
}

/** Reports progress, and interrupts a statement whose result grows beyond its limit. */
class CopyWatch {
  grewTooLarge = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly session: QuerySession,
    private readonly input: QueryInput,
    private readonly context: TaskContext,
  ) {
    this.timer = setInterval(() => this.look(), WATCH_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { connection, resultFile } = this.session;
    const { percentage } = connection.progress;
    if (percentage >= 0) this.context.report(percentage / 100);
    const size = statSync(resultFile, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.input.maxResultBytes) return;
    this.grewTooLarge = true;
    connection.interrupt();
  }
}

function tooLarge({ maxResultBytes }: QueryInput): TaskFault {
  const megabytes = Math.round(maxResultBytes / 1e6);
  const fault: SqlFault = {
    kind: 'result_too_large',
    message: `The result is larger than ${megabytes} MB.`,
    hint: 'Select fewer columns, aggregate, or add a LIMIT.',
  };
  return new TaskFault('fault', fault.message, fault);
}
