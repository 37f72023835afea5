import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { migrate } from '../../../migrations/migrate.js';
import { type Migration, migrations } from '../../../migrations/migrations.js';
import { Mutex } from '../../../platform/mutex.js';
import { Database, type DatabaseTransaction } from '../database.js';
import { DatabaseUnavailable } from '../errors.js';
import type { ConnectionSettings } from './connection-settings.js';
import { explainRefusal } from './explain-refusal.js';
import { PortableDialect } from './portable-dialect.js';
import { isTransient } from './postgres-errors.js';
import { TranslatingPool } from './translating-pool.js';

/** A key of our own among the advisory locks of the database: who holds it migrates. */
const migrationLock = 7_264_873_121;

/** How long a transaction is tried again that others get in the way of. */
const retryForMs = 15_000;
const longestPauseMs = 100;

/**
 * A PostgreSQL server that several processes share. Transactions are serialisable, as the port promises: of two that
 * cannot both stand, the server lets one through and the other is run again.
 */
export class PostgresDatabase extends Database {
  readonly isShared = true;
  readonly rowIdentity = 'ctid';
  private readonly kysely: Kysely<unknown>;
  /** Transactions that lost take turns, so that they do not lose against each other again. */
  private readonly again = new Mutex();
  private closed = false;

  private constructor(
    private readonly pool: TranslatingPool,
    private readonly steps: readonly Migration[],
  ) {
    super();
    this.kysely = new Kysely({ dialect: new PortableDialect(pool) });
  }

  /** Connects once. Rejects with a `StartupError` that says what keeps the service from its database. */
  static async open(settings: ConnectionSettings, steps: readonly Migration[] = migrations): Promise<PostgresDatabase> {
    const pool = new TranslatingPool(settings);
    const database = new PostgresDatabase(pool, steps);
    try {
      await database.ping();
      return database;
    } catch (error) {
      await pool.end();
      throw explainRefusal(error, settings);
    }
  }

  tables<Tables>(): Kysely<Tables> {
    return this.kysely as unknown as Kysely<Tables>;
  }

  async transaction<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result> {
    try {
      return await this.attempt(work);
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
    await this.again.acquire();
    try {
      return await this.persist(work);
    } finally {
      this.again.release();
    }
  }

  /** The lock belongs to the session, so that it outlives the transactions of the single migrations. */
  async migrate(): Promise<void> {
    await this.kysely.connection().execute(async (connection) => {
      await sql`set statement_timeout = 0`.execute(connection);
      await sql`select pg_advisory_lock(${migrationLock})`.execute(connection);
      try {
        await migrate(connection, this.steps);
      } finally {
        await sql`select pg_advisory_unlock(${migrationLock})`.execute(connection);
        await sql`reset statement_timeout`.execute(connection);
      }
    });
  }

  async ping(): Promise<void> {
    await sql`select 1`.execute(this.kysely);
  }

  /** Waits for what is running. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.kysely.destroy();
  }

  private async persist<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + retryForMs;
    for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (performance.now() > deadline) throw new DatabaseUnavailable('Too many others change the same.', error);
      }
      await delay(Math.random() * pauseMs);
    }
  }

  private async attempt<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result> {
    const afterCommit: (() => void)[] = [];
    const result = await this.kysely
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (kyselyTransaction) => {
        const transaction: DatabaseTransaction = {
          tables: () => kyselyTransaction as never,
          afterCommit: (callback) => void afterCommit.push(callback),
        };
        const done = await work(transaction);
        await this.finish(transaction);
        return done;
      });
    for (const callback of afterCommit) callback();
    return result;
  }
}
