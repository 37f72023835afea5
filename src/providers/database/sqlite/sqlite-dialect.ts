import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { Mutex } from './mutex.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { SqliteSession } from './sqlite-session.js';
import { SqliteUnits, type Unit } from './sqlite-units.js';
import type { WalSync } from './wal-sync.js';

/** Kysely's own SQLite dialect over `node:sqlite`, with one connection that its users take in turn. */
export class SqliteDialect implements Dialect {
  constructor(private readonly driver: SqliteDriver) {}

  createDriver(): Driver {
    return this.driver;
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new TakingTurns();
  }

  createIntrospector(kysely: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(kysely);
  }
}

/** The driver makes its users take turns itself, since only it can tell one who would wait for itself. */
class TakingTurns extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

export class SqliteDriver implements Driver {
  private readonly turn = new Mutex();
  private readonly units: SqliteUnits;
  private readonly scope = new AsyncLocalStorage<{ open: boolean }>();

  constructor(
    private readonly connection: SqliteConnection,
    private readonly wal: WalSync,
  ) {
    this.units = new SqliteUnits(connection, this.turn, wal);
  }

  async read<Result>(unit: Unit<Result>): Promise<Result> {
    this.refuseInsideTransaction();
    return this.units.read(unit);
  }

  async write<Result>(unit: Unit<Result>): Promise<Result> {
    this.refuseInsideTransaction();
    return this.units.write(unit);
  }

  /** Runs the body of a transaction so that queries which bypass that transaction are refused: they would wait for ever. */
  async insideTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
    const scope = { open: true };
    try {
      return await this.scope.run(scope, work);
    } finally {
      scope.open = false;
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteSession> {
    this.refuseInsideTransaction();
    return new SqliteSession(this.connection, this.turn, this.wal);
  }

  /** There is nothing to give back: sessions take turns by themselves. */
  async releaseConnection(): Promise<void> {}

  beginTransaction(session: SqliteSession): Promise<void> {
    return session.begin();
  }

  commitTransaction(session: SqliteSession): Promise<void> {
    return session.commit();
  }

  rollbackTransaction(session: SqliteSession): Promise<void> {
    return session.rollback();
  }

  async destroy(): Promise<void> {}

  /** Does something while nobody else has the connection, after all who wait for it now. */
  async alone(work: () => Promise<void>): Promise<void> {
    // Units wait for the end of the event loop's iteration before they wait for their turn.
    await new Promise((resolve) => setImmediate(resolve));
    await this.turn.acquire();
    try {
      await work();
    } finally {
      this.turn.release();
    }
  }

  private refuseInsideTransaction(): void {
    if (this.scope.getStore()?.open) {
      throw new Error('A query inside a transaction must go through that transaction, not through the database.');
    }
  }
}
