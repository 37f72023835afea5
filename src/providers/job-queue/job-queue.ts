import type { Problem } from '../../platform/errors/problem.js';
import type { DatabaseTransaction } from '../database/database.js';

export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** What a job that did not succeed says about it; the parts of a problem document. */
export interface JobError {
  readonly slug: string;
  readonly title: string;
  readonly detail: string;
}

export interface Job<Payload = unknown> {
  readonly job_id: string;
  readonly kind: string;
  readonly workspace_id: string;
  readonly payload: Payload;
  readonly state: JobState;
  /** Times it has been started. */
  readonly attempts: number;
  readonly max_attempts: number;
  /** True once a person must act: attempts are used up or the error cannot be mended by trying again. */
  readonly dead: boolean;
  readonly cancel_requested: boolean;
  /** The latest progress, as the handler reported it. */
  readonly progress: unknown;
  /** Why it failed, or why it is going to be tried again. */
  readonly error: JobError | undefined;
  /** When it may start (a retry waits). */
  readonly run_at: string;
  readonly created_at: string;
  readonly started_at: string | undefined;
  readonly finished_at: string | undefined;
}

export interface NewJob<Payload = unknown> {
  readonly kind: string;
  readonly workspaceId: string;
  readonly payload: Payload;
  /** While a job with the same key is queued or running, enqueueing returns that one. Unique per workspace. */
  readonly uniqueKey?: string;
  readonly runAt?: Date;
  readonly maxAttempts?: number;
}

/** One line of a job's history: `seq` counts 1, 2, 3 … without gaps per job. */
export interface JobEvent {
  readonly seq: number;
  readonly at: string;
  /** `queued`, `started`, `progress`, `waiting`, `retrying`, `succeeded`, `failed`, `cancelled`. */
  readonly type: string;
  readonly data: unknown;
}

/** What a handler works with. */
export interface JobContext<Payload> {
  readonly job: Job<Payload>;
  /** Aborted when the job is cancelled (reason: `JobCancelled`), its lease is lost (`LeaseLost`) or the service stops (`ServiceStopping`). */
  readonly signal: AbortSignal;
  /** Stores the latest progress; events are thinned out to about four a second. */
  report(progress: unknown): void;
  /**
   * Runs `work` in a transaction that first checks that this run still owns the job: a run whose lease passed to
   * another changes nothing (`LeaseLost`). Every effect of a job goes through here.
   */
  transaction<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result>;
  /** As `transaction`, and marks the job succeeded in the same transaction: effect and end are one. */
  complete(work: (transaction: DatabaseTransaction) => Promise<void>): Promise<void>;
  /**
   * Leaves the slot to others while the job only waits: it goes back into the queue with this payload, to be started
   * again after that time, by whatever process. The attempt does not count. Nothing may follow. Rejects with
   * `JobCancelled` when the job is to end.
   */
  handBack(payload: Payload, afterMs: number): Promise<void>;
}

export interface JobHandler<Payload> {
  readonly kind: string;
  /** How many jobs of this kind run at once in this process. */
  readonly concurrency: number;
  /** How many of them may be of one workspace, over all processes; any number when absent. */
  readonly perWorkspace?: number;
  readonly maxAttempts: number;
  /**
   * Does the work. Returning without `complete` marks the job succeeded. A thrown `Problem` fails it for good; anything
   * else is tried again with backoff and jitter until the attempts are used up, a `TryAgain` so that people are told why.
   * A handler that stops early because of its signal throws the signal's reason.
   */
  run(context: JobContext<Payload>): Promise<void>;
  /** Called in the transaction that ends the job as failed or cancelled, so that what it stands for ends with it. */
  ended?(job: Job<Payload>, transaction: DatabaseTransaction): Promise<void>;
}

export interface JobFilter {
  readonly workspaceId: string;
  readonly kind?: string | undefined;
  readonly state?: JobState | undefined;
  readonly limit: number;
  /** Continue after this job (newest first). */
  readonly after?: { readonly created_at: string; readonly job_id: string } | undefined;
}

/**
 * Durable work. Every accepted job ends in exactly one of `succeeded`, `failed`, `cancelled`, whatever dies: a run holds
 * a lease that it renews, a run that stops renewing is replaced after the lease, and a fencing token keeps the old run
 * from writing. A job may be started more than once, its effects (made through the context) happen once.
 *
 * Workspaces take turns in the jobs of a kind: the next one is of the workspace that has the fewest running, of several
 * such the one whose last start is the longest ago, and within a workspace the oldest. However many a workspace has
 * queued, another's next job waits for one slot only.
 */
export abstract class JobQueue {
  /** Declares who does the jobs of one kind. Call before `start`. */
  abstract handle<Payload>(handler: JobHandler<Payload>): void;
  /** Accepts a job; with a transaction it is accepted if and only if that commits. */
  abstract enqueue<Payload>(job: NewJob<Payload>, transaction?: DatabaseTransaction): Promise<Job<Payload>>;
  /** Undefined when the workspace has no such job. */
  abstract get(workspaceId: string, jobId: string): Promise<Job | undefined>;
  /** Newest first. */
  abstract list(filter: JobFilter): Promise<readonly Job[]>;
  /** A queued job ends at once, a running one is told to stop within a second. Ended jobs stay as they are. Undefined when there is none. */
  abstract cancel(workspaceId: string, jobId: string): Promise<Job | undefined>;
  /**
   * Puts a failed or cancelled job back into the queue with fresh attempts. It stays as it is in another state, or when
   * another job with its unique key is queued or running. Undefined when there is none.
   */
  abstract retry(workspaceId: string, jobId: string): Promise<Job | undefined>;
  /** The job's events after `after`, then live ones as they come, until the job has ended or the signal aborts. */
  abstract events(workspaceId: string, jobId: string, after: number, signal: AbortSignal): AsyncIterable<JobEvent>;
  /**
   * Runs `kind` at the times of a cron expression (UTC), once per time over all replicas. A time at which the schedule's
   * last job has not ended is left out. Repeating the call with the same key changes the schedule.
   */
  abstract schedule(schedule: {
    key: string;
    cron: string;
    kind: string;
    workspaceId: string;
    payload: unknown;
  }): Promise<void>;
  abstract unschedule(key: string): Promise<void>;
  /** Begins to take jobs. */
  abstract start(): Promise<void>;
  /** Takes no more jobs, gives running ones `graceMs` to finish, then hands them back to the queue. */
  abstract stop(graceMs: number): Promise<void>;
}

/**
 * Why a job is to be tried again, in words for people; after the last attempt it fails with them. `afterMs` is the least
 * that it waits for, at most a day.
 */
export class TryAgain extends Error {
  constructor(
    readonly problem: Problem,
    readonly afterMs = 0,
  ) {
    super(problem.message, { cause: problem.cause });
  }
}

/** Reasons with which a handler's signal is aborted. */
export class JobCancelled extends Error {}
export class LeaseLost extends Error {}
export class ServiceStopping extends Error {}
