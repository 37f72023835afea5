import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Mutex } from './mutex.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { WalSync } from './wal-sync.js';

/**
 * One user of the one connection, who has it for a query or for a transaction. The next one's turn comes before what was
 * written is on the disk, but no answer does: neither of who wrote it nor of who could have read it, errors included.
 */
export class SqliteSession implements DatabaseConnection {
  private inTransaction = false;

  constructor(
    private readonly connection: SqliteConnection,
    private readonly turn: Mutex,
    private readonly wal: WalSync,
  ) {}

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.inTransaction) return this.connection.execute<Row>(query);
    await this.turn.acquire();
    try {
      this.wal.requireSound();
      return this.connection.execute<Row>(query);
    } finally {
      this.turn.release();
      await this.wal.settled();
    }
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows are not streamed: a slow reader would hold the only connection. Page by key instead.');
  }

  async begin(): Promise<void> {
    await this.turn.acquire();
    try {
      this.wal.requireSound();
      this.connection.begin();
      this.inTransaction = true;
    } finally {
      if (!this.inTransaction) this.turn.release();
    }
  }

  async commit(): Promise<void> {
    this.wal.requireSound();
    this.connection.commit();
    await this.end();
  }

  /** Does nothing once the transaction has been committed, even if that did not become durable. */
  async rollback(): Promise<void> {
    if (!this.inTransaction) return;
    this.connection.rollback();
    await this.end();
  }

  private async end(): Promise<void> {
    this.inTransaction = false;
    this.turn.release();
    await this.wal.settled();
  }
}
