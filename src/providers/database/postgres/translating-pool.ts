import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { columnValues } from './column-values.js';
import type { ConnectionSettings } from './connection-settings.js';
import { translateError } from './postgres-errors.js';

/** A statement that takes longer is ended by the server. Queries of users do not run here. */
const statementMs = 30_000;
/** A process that stands still in the middle of a transaction lets go of what it holds. */
const idleInTransactionMs = 10_000;
const connectMs = 10_000;
/** Short enough that connections spread over the servers of a cluster again after one was away. */
const connectionLifeSeconds = 30 * 60;

/** Connections whose errors are those of the port, and whose values are those of SQLite. */
export class TranslatingPool implements PostgresPool {
  readonly Client = undefined;
  readonly options: object;
  private readonly pool: pg.Pool;
  private readonly clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();

  constructor({ size, logger, tls, ...server }: ConnectionSettings) {
    this.pool = new pg.Pool({
      ...server,
      ssl: tls ?? false,
      max: size,
      types: columnValues,
      application_name: 'tabletalk',
      statement_timeout: statementMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      connectionTimeoutMillis: connectMs,
      maxLifetimeSeconds: connectionLifeSeconds,
      keepAlive: true,
    });
    this.options = this.pool.options;
    // Statements learn of a connection that breaks by themselves, but an event without a listener would end the process.
    const lost = (error: Error) => logger.warn({ err: error }, 'A connection to the database was lost');
    this.pool.on('error', lost);
    this.pool.on('connect', (client) => client.on('error', lost));
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.pool.connect().catch(refuse);
    const known = this.clients.get(client);
    if (known) return known;
    const query = (text: string, values: readonly unknown[]) => client.query(text, [...values]).catch(refuse);
    const translating: PostgresPoolClient = {
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    };
    this.clients.set(client, translating);
    return translating;
  }

  end(): Promise<void> {
    return this.pool.end();
  }
}

function refuse(error: unknown): never {
  throw translateError(error);
}
