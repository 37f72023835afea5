import type { Logger } from 'pino';
import type { Backoff } from './outcome.js';

export interface JobQueueOptions {
  readonly logger: Pick<Logger, 'error'>;
  /** How long a run whose heartbeat stands still keeps its job. */
  readonly leaseMs: number;
  /** Time between heartbeats; a small part of the lease. */
  readonly renewMs: number;
  /** How often to look for due jobs and for what other processes did. */
  readonly pollMs: number;
  readonly backoff: Backoff;
  /** How long aborted handlers get before their jobs are taken from them at `stop`. */
  readonly abortMs: number;
  /** The events of a job are kept this long after its end. */
  readonly keepEventsMs: number;
  /** For kinds that no handler of this process does. */
  readonly maxAttempts: number;
  /** No other process uses the database, so whatever is running at the start was left behind. */
  readonly soleProcess: boolean;
}

const day = 24 * 60 * 60 * 1000;

export const defaults: Omit<JobQueueOptions, 'logger'> = {
  leaseMs: 15_000,
  renewMs: 5000,
  pollMs: 1000,
  backoff: { baseMs: 2000, maxMs: 5 * 60_000 },
  abortMs: 2000,
  keepEventsMs: 7 * day,
  maxAttempts: 3,
  soleProcess: true,
};
