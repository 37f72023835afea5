import type { Transaction } from 'kysely';
import { CompiledQuery } from 'kysely';
import { type ConstructorOptions, type Db, PgBoss } from 'pg-boss';
import type { DatabaseTransaction } from '../../database/database.js';
import type { ConnectionSettings } from '../../database/postgres/connection-settings.js';
import type { Job, JobHandler } from '../job-queue.js';
import type { JobQueueOptions } from '../rows/options.js';

/** Connections beside those of the database: for pg-boss's own statements; one more listens. */
const connections = 2;

/**
 * What pg-boss keeps of a job is word of it, no more; it goes soon after the job was started. One whose process died is
 * delivered again, finds nothing to start, and goes as well.
 */
const queueOptions = {
  notify: true,
  retryLimit: 3,
  retryDelay: 1,
  heartbeatSeconds: 30,
  expireInSeconds: 23 * 60 * 60,
  deleteAfterSeconds: 60 * 60,
};

/** Seconds between looks for word that no notification came of: of jobs that had to wait for their time. */
const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };

/**
 * Carries the word that a job may start from the process that accepts it to one that has a slot, through queues of pg-boss
 * named after the kinds. It is written in the transaction that puts the job into the queue.
 */
export class Announcements {
  private readonly boss: PgBoss;
  private readonly queues = new Map<string, Promise<void>>();

  private constructor(options: ConstructorOptions, logger: JobQueueOptions['logger']) {
    this.boss = new PgBoss(options);
    this.boss.on('error', (error) => logger.error({ err: error }, 'pg-boss met an error'));
  }

  /** Creates pg-boss's schema where there is none, or brings it up to date. */
  static async open(connection: ConnectionSettings, logger: JobQueueOptions['logger']): Promise<Announcements> {
    const { host, port, database, user, password, tls } = connection;
    const announcements = new Announcements(
      {
        host,
        port,
        database,
        user,
        ...(password !== undefined && { password }),
        ssl: tls ?? false,
        max: connections,
        application_name: 'tabletalk-jobs',
        useListenNotify: true,
        schedule: false,
      },
      logger,
    );
    await announcements.boss.start();
    return announcements;
  }

  /** The job is announced if and only if the transaction commits. */
  async announce(transaction: DatabaseTransaction, job: Job): Promise<void> {
    await this.requireQueue(job.kind);
    await this.boss.send(job.kind, null, { db: within(transaction), startAfter: new Date(job.run_at) });
  }

  /** Calls `run` for each word of the kind that this process gets, at most as often at once as the handler has slots. */
  async listen({ kind, concurrency }: JobHandler<unknown>, run: () => Promise<void>): Promise<void> {
    await this.requireQueue(kind);
    await this.boss.work(kind, { ...polling, localConcurrency: concurrency }, run);
  }

  /** Takes no more words. */
  async deafen(kinds: Iterable<string>): Promise<void> {
    await Promise.all([...kinds].map((kind) => this.boss.offWork(kind, { wait: false })));
  }

  close(): Promise<void> {
    return this.boss.stop({ graceful: true, timeout: 1000 });
  }

  /** Once for each kind; a queue that is there already stays as it is. */
  private requireQueue(kind: string): Promise<void> {
    const known = this.queues.get(kind);
    if (known) return known;
    const created = this.boss.createQueue(kind, queueOptions);
    this.queues.set(kind, created);
    created.catch(() => this.queues.delete(kind));
    return created;
  }
}

/** Lets pg-boss write with the transaction of the caller. */
function within(transaction: DatabaseTransaction): Db {
  const tables: Transaction<unknown> = transaction.tables();
  return {
    executeSql: async (text, values) => {
      const { rows } = await tables.executeQuery(CompiledQuery.raw(text, [...(values ?? [])]));
      return { rows };
    },
  };
}
