import type { Selectable } from 'kysely';
import type { Clock } from '../../clock/clock.js';
import type { Database, DatabaseTransaction } from '../../database/database.js';
import { type Job, JobCancelled, type JobContext, LeaseLost } from '../job-queue.js';
import type { JobStore } from './job-store.js';
import type { Claim, JobRow } from './job-tables.js';

/** Time between two stored reports of progress. */
const reportEveryMs = 250;

/** One attempt at a job in this process: what its handler works with. */
export class JobRun implements JobContext<unknown>, Claim {
  readonly jobId: string;
  private readonly controller = new AbortController();
  private readonly over = new AbortController();
  private pending: { readonly progress: unknown } | undefined;
  private reporting = false;
  private ended = false;

  constructor(
    readonly job: Job,
    readonly token: number,
    private readonly database: Database,
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly reportFailed: (error: unknown) => void,
  ) {
    this.jobId = job.job_id;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** True once `complete` or `handBack` has committed. */
  get completed(): boolean {
    return this.ended;
  }

  abort(reason: Error): void {
    this.controller.abort(reason);
  }

  report(progress: unknown): void {
    this.pending = { progress };
    if (!this.reporting) void this.keepReporting();
  }

  transaction<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result> {
    return this.owned(work);
  }

  async complete(work: (transaction: DatabaseTransaction) => Promise<void>): Promise<void> {
    await this.transaction(async (transaction) => {
      await work(transaction);
      await this.storeProgress(transaction);
      await this.store.succeed(transaction, this);
    });
    this.ended = true;
  }

  async handBack(payload: unknown, afterMs: number): Promise<void> {
    await this.owned(async (transaction, { attempts, cancel_requested: cancelled }) => {
      if (cancelled === 1) throw new JobCancelled('The job was cancelled.');
      await this.storeProgress(transaction);
      const runAt = new Date(this.clock.now().getTime() + afterMs).toISOString();
      const set = { payload: JSON.stringify(payload), attempts: attempts - 1, not_before: runAt };
      await this.store.requeue(transaction, this, set, 'waiting', { run_at: runAt });
    });
    this.ended = true;
  }

  /** Stores the last report that has not been stored. */
  async storeProgress(transaction: DatabaseTransaction): Promise<void> {
    const { pending } = this;
    if (!pending) return;
    await this.store.progress(transaction, this, pending.progress);
    transaction.afterCommit(() => {
      if (this.pending === pending) this.pending = undefined;
    });
  }

  /** No more reports are stored. */
  close(): void {
    this.pending = undefined;
    this.over.abort();
  }

  /** Runs the work while the job is this run's. Whoever learns here that it is not any more stops. */
  private async owned<Result>(
    work: (transaction: DatabaseTransaction, row: Selectable<JobRow>) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.database.transaction(async (transaction) => {
        const row = await this.store.confirm(transaction, this);
        return work(transaction, row);
      });
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof JobCancelled) this.abort(error);
      throw error;
    }
  }

  private async keepReporting(): Promise<void> {
    this.reporting = true;
    try {
      while (this.pending) {
        await this.database.transaction((transaction) => this.storeProgress(transaction));
        await this.clock.sleep(reportEveryMs, this.over.signal);
      }
    } catch (error) {
      if (!this.over.signal.aborted) this.reportFailed(error);
    } finally {
      this.reporting = false;
    }
  }
}
