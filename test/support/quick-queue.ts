import { pino } from 'pino';
import type { Clock } from '../../src/providers/clock/clock.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import type { Database } from '../../src/providers/database/database.js';
import type { JobQueueOptions } from '../../src/providers/job-queue/rows/options.js';
import { RowsJobQueue } from '../../src/providers/job-queue/rows/rows.job-queue.js';

/** The lease is long beside the rest: a busy machine may not come to renew it for a while. */
export const quickOptions = {
  logger: pino({ level: 'silent' }),
  leaseMs: 2000,
  renewMs: 50,
  pollMs: 20,
  backoff: { baseMs: 1, maxMs: 5 },
  abortMs: 50,
  soleProcess: false,
};

/** A queue with times of milliseconds; one of several over its database. */
export function createQuickQueue(
  database: Database,
  clock: Clock = new SystemClock(),
  changes: Partial<JobQueueOptions> = {},
): RowsJobQueue {
  return new RowsJobQueue(database, clock, { ...quickOptions, ...changes });
}
