import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { translateError } from './sqlite-errors.js';

interface CachedStatement {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** Kysely produces a bounded set of texts; lists of varying length (`in (?, ?, …)`) are what could make it grow. */
const maxStatements = 500;

/** The one connection. Statements are prepared once; integers beyond 2^53 are an error, never rounded. */
export class SqliteConnection implements DatabaseConnection {
  private readonly statements = new Map<string, CachedStatement>();
  private inTransaction = false;

  constructor(
    private readonly native: DatabaseSync,
    private readonly file: string,
  ) {}

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return new Promise((resolve) => resolve(this.execute<Row>(query)));
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows are not streamed: a slow reader would hold the only connection. Page by key instead.');
  }

  /** `immediate` takes the right to write at once, so that a transaction never fails half-way for want of it. */
  begin(): void {
    this.run('begin immediate');
    this.inTransaction = true;
  }

  commit(): void {
    this.refuseLostTransaction();
    this.run('commit');
    this.inTransaction = false;
  }

  /** SQLite rolls back by itself after some errors, such as a full disk. */
  rollback(): void {
    this.inTransaction = false;
    if (this.native.isTransaction) this.run('rollback');
  }

  private execute<Row>(query: CompiledQuery): QueryResult<Row> {
    this.refuseLostTransaction();
    try {
      const { statement, returnsRows } = this.prepare(query.sql);
      const parameters = query.parameters as readonly SQLInputValue[];
      if (returnsRows) return { rows: statement.all(...parameters) as Row[] };
      const { changes } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    } catch (error) {
      throw translateError(error, this.file);
    }
  }

  private prepare(sql: string): CachedStatement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.native.prepare(sql);
    const cached = { statement, returnsRows: statement.columns().length > 0 };
    if (this.statements.size >= maxStatements) this.statements.clear();
    this.statements.set(sql, cached);
    return cached;
  }

  /** Without this, what follows an automatic rollback would be committed statement by statement. */
  private refuseLostTransaction(): void {
    if (this.inTransaction && !this.native.isTransaction) {
      throw new Error('The transaction was rolled back by an earlier error; nothing of it was kept.');
    }
  }

  private run(sql: string): void {
    try {
      this.native.exec(sql);
    } catch (error) {
      throw translateError(error, this.file);
    }
  }
}
