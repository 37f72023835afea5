import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { macrosFor } from '../query-engine/dialect/macros.js';
import type { QueryParameter } from '../query-engine/query-engine.js';
import { type QueryScope, type QuerySession, QuerySessions } from './query-sessions.js';
import { type TaskContext, TaskFault } from './task.js';

/** A statement of a user over the files of its tables. */
export interface StatementInput extends QueryScope {
  /** One SELECT, as the gate has passed it. */
  readonly engineSql: string;
  readonly parameters: readonly QueryParameter[];
  /** Threads that it may use where its tables are large enough for more than one; as many as the worker may when absent. */
  readonly threads?: number;
}

/** Names and types of a statement's columns. */
export interface StatementShape {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
}

const sessions = new QuerySessions();
/** The statement that each session has bound last: what a dry run has found out, the run does not ask again. */
const bound = new WeakMap<QuerySession, { readonly engineSql: string; readonly shape: StatementShape }>();

export const { prepare } = sessions;

/** Does a piece of work in a session that sees nothing but the statement's tables, and has the macros that it calls. */
export function useStatementSession<Result>(
  { workspaceId, tables, threads, engineSql }: StatementInput,
  context: TaskContext,
  work: (session: QuerySession) => Promise<Result>,
): Promise<Result> {
  const limits = { ...context.limits, threads: threads ?? context.limits.threads };
  return sessions.use({ workspaceId, tables }, { ...context, limits }, async (session) => {
    const macros = bound.get(session)?.engineSql === engineSql ? [] : macrosFor(engineSql);
    if (macros.length > 0) await session.connection.run(macros.join(';\n')).catch(engineFault);
    return work(session);
  });
}

/** Lets the engine plan the statement; reads no rows. */
export async function bind(session: QuerySession, input: StatementInput): Promise<void> {
  const { engineSql, parameters } = input;
  if (parameters.length > 0) await session.connection.run(`EXPLAIN ${engineSql}`, [...parameters]);
  else await shapeOf(session, input);
}

/** Types may depend on the parameters, so with those the statement has to be bound to them. */
export async function shapeOf(
  session: QuerySession,
  { engineSql, parameters }: StatementInput,
): Promise<StatementShape> {
  if (parameters.length > 0) {
    const empty = await session.connection.run(`SELECT * FROM (${engineSql}\n) LIMIT 0`, [...parameters]);
    return { names: empty.columnNames(), types: empty.columnTypes() };
  }
  const known = bound.get(session);
  if (known?.engineSql === engineSql) return known.shape;
  const shape = await preparedShape(session.connection, engineSql);
  bound.set(session, { engineSql, shape });
  return shape;
}

async function preparedShape(connection: DuckDBConnection, engineSql: string): Promise<StatementShape> {
  const prepared = await connection.prepare(engineSql);
  const indexes = Array.from({ length: prepared.columnCount }, (_, index) => index);
  const names = indexes.map((index) => prepared.columnName(index));
  const types = indexes.map((index) => prepared.columnType(index));
  prepared.destroySync();
  return { names, types };
}

/** What the engine says is about the statement, and is marked as such. */
export function engineFault(error: unknown): never {
  if (error instanceof TaskFault) throw error;
  throw new TaskFault('engine', error instanceof Error ? error.message : String(error));
}
