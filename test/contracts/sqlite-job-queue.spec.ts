import { join } from 'node:path';
import { pino } from 'pino';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { SqliteJobQueue } from '../../src/providers/job-queue/sqlite/sqlite.job-queue.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { jobQueueContract } from './job-queue.contract.js';

const createFolder = temporaryFolders();
const quick = {
  logger: pino({ level: 'silent' }),
  leaseMs: 300,
  renewMs: 50,
  pollMs: 20,
  backoff: { baseMs: 1, maxMs: 5 },
  abortMs: 50,
  soleProcess: false,
};

jobQueueContract('SqliteJobQueue', async () => {
  const database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
  await database.migrate();
  return { database, createQueue: (clock = new SystemClock()) => new SqliteJobQueue(database, clock, quick) };
});
