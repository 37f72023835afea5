import type { TableSchema } from '../query-engine.js';

/** What is known of a statement once it is read, and the same statement in the local engine's words. */
export interface Translation {
  /** One SELECT (or WITH, VALUES, set operation) for the local engine. */
  readonly engineSql: string;
  /** Tables it reads, in lower case, each once, in order of appearance. */
  readonly tables: readonly string[];
  /** Columns it may read by table. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly parameterCount: number;
  readonly warnings: readonly string[];
}

/** Reads the SQL dialect that authors write, and puts it into the local engine's dialect. */
export abstract class SqlDialect {
  /**
   * Reads one read-only statement over the given tables. Throws `SqlRejected` for syntax errors, statements that are
   * not one query, and names that are not in the tables.
   */
  abstract translate(sql: string, tables: readonly TableSchema[]): Translation;
}
