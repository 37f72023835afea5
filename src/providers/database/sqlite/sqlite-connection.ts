import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, QueryResult } from 'kysely';
import { translateError } from './sqlite-errors.js';
import type { WalSync } from './wal-sync.js';

interface CachedStatement {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
  readonly kind: 'read' | 'change' | 'other';
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
    this.control('begin immediate');
    this.inTransaction = true;
    this.hasWritten = false;
  }

  commit(): void {
    this.refuseLostTransaction();
    this.control('commit');
    this.inTransaction = false;
    if (this.hasWritten) this.wal.wrote();
  }

  /** SQLite rolls back by itself after some errors, such as a full disk. */
  rollback(): void {
    this.inTransaction = false;
    if (this.native.isTransaction) this.control('rollback');
  }

  execute<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const values = parameters as readonly SQLInputValue[];
    if (this.attempt(() => this.prepare(sql).returnsRows)) return { rows: this.rows<Row>(sql, values) };
    return { rows: [], numAffectedRows: BigInt(this.run(sql, values)) };
  }

  rows<Row>(sql: string, parameters: readonly SQLInputValue[]): Row[] {
    return this.attempt(() => {
      const { statement, kind, returnsRows } = this.prepare(sql);
      const rows = statement.all(...parameters) as Row[];
      if (kind !== 'read' && !(kind === 'change' && returnsRows && rows.length === 0)) this.wrote();
      return rows;
    });
  }

  run(sql: string, parameters: readonly SQLInputValue[]): number {
    return this.attempt(() => {
      const { statement, kind } = this.prepare(sql);
      const changes = Number(statement.run(...parameters).changes);
      if (kind === 'other' || (kind === 'change' && changes > 0)) this.wrote();
      return changes;
    });
  }

  private attempt<Result>(work: () => Result): Result {
    this.refuseLostTransaction();
    try {
      return work();
    } catch (error) {
      throw translateError(error, this.file);
    }
  }

  /** Outside of a transaction the statement is one of its own. */
  private wrote(): void {
    if (this.inTransaction) this.hasWritten = true;
    else this.wal.wrote();
  }

  private prepare(sql: string): CachedStatement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.native.prepare(sql);
    const returnsRows = statement.columns().length > 0;
    const cached = { statement, returnsRows, kind: kindOf(sql) };
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

  private control(sql: string): void {
    try {
      this.prepare(sql).statement.run();
    } catch (error) {
      throw translateError(error, this.file);
    }
  }
}

/**
 * Changes have written something when there are rows that they changed, or return. Whatever else there may be counts as
 * writing: the price of a mistake is a synchronisation too many.
 */
function kindOf(sql: string): CachedStatement['kind'] {
  const verb = /^\s*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? '';
  if (verb === 'select') return 'read';
  return ['insert', 'update', 'delete', 'with'].includes(verb) ? 'change' : 'other';
}
