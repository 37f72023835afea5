import { SqlChecker } from '../../query-engine/dialect/check-sql.js';
import {
  type CheckedStatement,
  type SqlFault,
  SqlRejected,
  type TableSchema,
} from '../../query-engine/query-engine.js';
import type { Task } from '../task.js';

export interface CheckInput {
  readonly sql: string;
  /** The tables that may be read, and no others. */
  readonly tables: readonly TableSchema[];
}

export type CheckOutput =
  { readonly ok: true; readonly statement: CheckedStatement } | { readonly ok: false; readonly fault: SqlFault };

/** Kept for the life of the process: it holds no data, and what one check learns does not reach the next. */
let checker: Promise<SqlChecker> | undefined;

const theChecker = (): Promise<SqlChecker> => (checker ??= SqlChecker.create());

export const prepare = async (): Promise<void> => {
  await theChecker();
};

/** Judges one statement without touching data. */
export const task: Task<CheckInput, CheckOutput> = async ({ sql, tables }) => {
  const sqlChecker = await theChecker();
  try {
    return { ok: true, statement: await sqlChecker.check(sql, tables) };
  } catch (error) {
    if (error instanceof SqlRejected) return { ok: false, fault: error.fault };
    throw error;
  }
};
