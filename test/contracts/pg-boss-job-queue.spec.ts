import { afterEach } from '@jest/globals';
import type { Clock } from '../../src/providers/clock/clock.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import type { PostgresDatabase } from '../../src/providers/database/postgres/postgres.database.js';
import { PgBossJobQueue } from '../../src/providers/job-queue/pg-boss/pg-boss.job-queue.js';
import { describePostgres } from '../support/postgres/describe-postgres.js';
import { connectionTo, openPostgres } from '../support/postgres/open-postgres.js';
import { quickOptions } from '../support/quick-queue.js';
import { jobQueueContract } from './job-queue.contract.js';

/** A statement takes some milliseconds where the server shares a busy processor with its clients. */
const options = { ...quickOptions, renewMs: 100, pollMs: 40 };

describePostgres('with a server', (server) => {
  const opened: PgBossJobQueue[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  const open = (url: string, database: PostgresDatabase, clock: Clock) =>
    PgBossJobQueue.open(database, connectionTo(url), clock, options);
  const prepare = async (url: string) => {
    const database = await openPostgres(url);
    await database.migrate();
    await (await open(url, database, new SystemClock())).close();
    await database.close();
  };

  jobQueueContract('PgBossJobQueue', async () => {
    const url = await server().createDatabase(prepare);
    const database = await openPostgres(url);
    const createQueue = async (clock: Clock = new SystemClock()) => {
      const queue = await open(url, database, clock);
      opened.push(queue);
      return queue;
    };
    return { database, createQueue };
  });
});
