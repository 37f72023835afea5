import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, QueryResult } from 'kysely';
import { translateError } from './sqlite-errors.js';
import type { WalSync } from './wal-sync.js';

interface CachedStatement {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
  readonly onlyReads: boolean;
}

/** Kysely produces a bounded set of texts; lists of varying length (`in (?, ?, …)`) are what could make it grow. */
const maxStatements = 500;

/**
 * The one connection, whose users take turns. Statements are prepared once; integers beyond 2^53 are an error, never
 * rounded. What it commits is in the log but perhaps not on the disk: it tells `wal` so.
 */
export class SqliteConnection {
  private readonly statements = new Map<string, CachedStatement>();
  private inTransaction = false;
  private hasWritten = false;

  constructor(
    private readonly native: DatabaseSync,
    private readonly file: string,
    private readonly wal: WalSync,
  ) {}

  /** `immediate` takes the right to write at once, so that a transaction never fails half-way for want of it. */
  begin(): void {
    this.run('begin immediate');
    this.inTransaction = true;
    this.hasWritten = false;
  }

  commit(): void {
    this.refuseLostTransaction();
    this.run('commit');
    this.inTransaction = false;
    if (this.hasWritten) this.wal.wrote();
  }

  /** SQLite rolls back by itself after some errors, such as a full disk. */
  rollback(): void {
    this.inTransaction = false;
    if (this.native.isTransaction) this.run('rollback');
  }

  execute<Row>(query: CompiledQuery): QueryResult<Row> {
    this.refuseLostTransaction();
    try {
      const { statement, returnsRows, onlyReads } = this.prepare(query.sql);
      const parameters = query.parameters as readonly SQLInputValue[];
      if (!onlyReads) this.writing();
      if (returnsRows) return { rows: statement.all(...parameters) as Row[] };
      const { changes } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    } catch (error) {
      throw translateError(error, this.file);
    }
  }

  /** Outside of a transaction the statement is one of its own. Nobody waits before it has been executed. */
  private writing(): void {
    if (this.inTransaction) this.hasWritten = true;
    else this.wal.wrote();
  }

  private prepare(sql: string): CachedStatement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.native.prepare(sql);
    const returnsRows = statement.columns().length > 0;
    // Whatever else there may be counts as writing: the price of a mistake is a synchronisation too many.
    const cached = { statement, returnsRows, onlyReads: /^\s*select\b/i.test(sql) };
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
