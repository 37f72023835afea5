import type { Kysely, Transaction } from 'kysely';

/**
 * The relational database. Repositories are written once with Kysely and run on SQLite and PostgreSQL alike. Each
 * repository names the tables that it owns: `database.tables<UploadTables>()`. A row that breaks a unique constraint
 * rejects with `UniqueViolation`, a full disk with `StorageFull`, a server that does not answer with `DatabaseUnavailable`.
 */
export abstract class Database {
  /** The query builder, seen through the tables of the caller. */
  abstract tables<Tables>(): Kysely<Tables>;
  /**
   * Runs `work` atomically: all of it is durable when this resolves, none of it when it rejects. What it read still holds
   * when it commits, as though transactions ran one after another; where several processes share the database, `work` may
   * for that be run again, so all that it does belongs into the transaction or comes after it. Not nested: inside `work`,
   * only the transaction may be used. An error of the database is the end of it. Keep it short, others wait for it.
   */
  abstract transaction<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result>;
  private readonly companions: ((transaction: DatabaseTransaction) => Promise<void>)[] = [];

  /** Does work at the end of every transaction, in it: what belongs to whatever was done. */
  accompany(work: (transaction: DatabaseTransaction) => Promise<void>): void {
    this.companions.push(work);
  }

  /** For adapters, before each commit. */
  protected async finish(transaction: DatabaseTransaction): Promise<void> {
    for (const work of this.companions) await work(transaction);
  }

  /** Whether other processes may use the database at the same time. */
  abstract readonly isShared: boolean;
  /** Name of the hidden column that tells the rows of any table apart, for deleting some of them: `rowid`, `ctid`. */
  abstract readonly rowIdentity: string;
  /** Brings the schema up to date, under a lock where several processes may start at once. */
  abstract migrate(): Promise<void>;
  /** Rejects when the database cannot answer. */
  abstract ping(): Promise<void>;
  abstract close(): Promise<void>;
}

/** An open transaction. */
export interface DatabaseTransaction {
  tables<Tables>(): Transaction<Tables>;
  /** Calls back once the transaction is durable, never when it rolls back. For wake-ups, not for effects: a crash may come first. */
  afterCommit(callback: () => void): void;
}
