import type { Clock } from '../../clock/clock.js';
import type { DatabaseTransaction } from '../../database/database.js';
import type { ConnectionSettings } from '../../database/postgres/connection-settings.js';
import type { PostgresDatabase } from '../../database/postgres/postgres.database.js';
import type { Job } from '../job-queue.js';
import type { JobQueueOptions } from '../rows/options.js';
import { RowsJobQueue } from '../rows/rows.job-queue.js';
import { Announcements } from './announcements.js';

type Options = Pick<JobQueueOptions, 'logger'> & Partial<JobQueueOptions>;

/**
 * Jobs of many processes on one PostgreSQL. pg-boss brings the word of a job, written in the transaction that accepts it, to
 * one process with a free slot, at once. Which job then starts, and who may write for it, is decided by rows of our own:
 * pg-boss has no fencing token, knows no turns among workspaces, and takes half a minute to miss a process. The rows are
 * looked through every `pollMs` besides, so that a word that is lost delays a job and no more.
 */
export class PgBossJobQueue extends RowsJobQueue {
  private constructor(
    private readonly announcements: Announcements,
    database: PostgresDatabase,
    clock: Clock,
    options: Options,
  ) {
    super(database, clock, { ...options, soleProcess: false });
  }

  static async open(
    database: PostgresDatabase,
    connection: ConnectionSettings,
    clock: Clock,
    options: Options,
  ): Promise<PgBossJobQueue> {
    return new PgBossJobQueue(await Announcements.open(connection, options.logger), database, clock, options);
  }

  override async start(): Promise<void> {
    await super.start();
    for (const handler of this.handlers.values())
      await this.announcements.listen(handler, () => this.runNext(handler.kind));
  }

  override async stop(graceMs: number): Promise<void> {
    await this.announcements.deafen(this.handlers.keys());
    await super.stop(graceMs);
  }

  /** Ends its connections; what was stopped stays so. */
  close(): Promise<void> {
    return this.announcements.close();
  }

  protected override announce(transaction: DatabaseTransaction, job: Job): Promise<void> {
    return this.announcements.announce(transaction, job);
  }
}
