import { Problem } from '../../../platform/errors/problem.js';
import { Mutex } from '../../../platform/mutex.js';
import type { Clock } from '../../clock/clock.js';
import type { Database } from '../../database/database.js';
import { type Job, JobCancelled, type JobHandler, LeaseLost, ServiceStopping } from '../job-queue.js';
import { JobRun } from './job-run.js';
import type { JobSettler } from './job-settler.js';
import type { JobStore } from './job-store.js';
import type { Claim, JobTables } from './job-tables.js';
import { nextJob } from './next-job.js';
import { type Outcome, outcomeOf } from './outcome.js';
import type { JobQueueOptions } from './options.js';

/** A job of this process. */
export interface Started {
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
}

/** Runs jobs in this process. */
export class JobRunner {
  private readonly runs = new Map<string, JobRun>();
  private readonly work = new Set<Promise<void>>();
  /** Slots are counted and taken one after another, whoever asks for a start. */
  private readonly starting = new Mutex();
  private starts = true;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: JobStore,
    private readonly settler: JobSettler,
    private readonly logger: JobQueueOptions['logger'],
    /** Called when a slot has become free. */
    private readonly finished: () => void,
  ) {}

  get runningIds(): readonly string[] {
    return [...this.runs.keys()];
  }

  /** Starts jobs that the handler has free slots for. */
  async fill(handler: JobHandler<unknown>): Promise<void> {
    while (await this.startNext(handler));
  }

  /** Starts the job whose turn it is. Undefined when there is none, or no slot. */
  async startNext(handler: JobHandler<unknown>): Promise<Started | undefined> {
    await this.starting.acquire();
    try {
      while (this.starts && this.runningOf(handler.kind) < handler.concurrency) {
        const jobId = await nextJob(this.database, handler, this.clock.now().toISOString());
        if (jobId === undefined) return undefined;
        const claim = await this.database.transaction((transaction) =>
          this.store.claim(transaction, jobId, handler.perWorkspace),
        );
        if (claim) return { ended: this.start(this.newRun(claim), handler) };
      }
      return undefined;
    } finally {
      this.starting.release();
    }
  }

  /** Tells a run to stop if it is one of this process. */
  cancel(jobId: string): void {
    this.runs.get(jobId)?.abort(new JobCancelled('The job was cancelled.'));
  }

  /** Tells runs to stop that were cancelled or replaced by another process. */
  async watch(): Promise<void> {
    if (this.runs.size === 0) return;
    const rows = await this.database
      .tables<JobTables>()
      .selectFrom('jobs')
      .select(['job_id', 'token', 'state', 'cancel_requested'])
      .where('job_id', 'in', this.runningIds)
      .execute();
    for (const row of rows) {
      const run = this.runs.get(row.job_id);
      if (run?.completed === false && (row.token !== run.token || row.state !== 'running')) {
        run.abort(new LeaseLost('Another run has taken the job over.'));
      } else if (row.cancel_requested === 1) {
        this.cancel(row.job_id);
      }
    }
  }

  /** Shows that the runs are alive. */
  async renew(): Promise<void> {
    const alive = [...this.runs.values()].filter((run) => !(run.signal.reason instanceof LeaseLost));
    if (alive.length === 0) return;
    await this.database
      .tables<JobTables>()
      .updateTable('jobs')
      .set((eb) => ({ heartbeat: eb('heartbeat', '+', 1) }))
      .where('state', '=', 'running')
      .where(
        'job_id',
        'in',
        alive.map((run) => run.jobId),
      )
      .execute();
  }

  /** Resolves once the last start is over. */
  async startNoMore(): Promise<void> {
    this.starts = false;
    await this.starting.acquire();
    this.starting.release();
  }

  /** Resolves once nothing runs. */
  async idle(): Promise<void> {
    while (this.work.size > 0) await Promise.allSettled(this.work);
  }

  abortAll(): void {
    for (const run of this.runs.values()) run.abort(new ServiceStopping('The service stops.'));
  }

  /** Hands jobs back whose handlers do not stop; from then on they cannot write any more. */
  async releaseAll(): Promise<void> {
    await Promise.all([...this.runs.values()].map((run) => this.settle(run, { type: 'released' })));
  }

  private newRun({ job, token }: Claim & { job: Job }): JobRun {
    const reportFailed = (error: unknown) => this.log(error, run);
    const run: JobRun = new JobRun(job, token, this.database, this.store, this.clock, reportFailed);
    return run;
  }

  private start(run: JobRun, handler: JobHandler<unknown>): Promise<void> {
    this.runs.get(run.jobId)?.abort(new LeaseLost('A later run of the job has begun.'));
    this.runs.set(run.jobId, run);
    const working = this.run(run, handler).finally(() => {
      this.work.delete(working);
      this.finished();
    });
    this.work.add(working);
    return working;
  }

  private async run(run: JobRun, handler: JobHandler<unknown>): Promise<void> {
    try {
      await handler.run(run);
      if (!run.completed) await this.settle(run, { type: 'succeeded' });
    } catch (error) {
      if (run.completed) this.log(error, run);
      else await this.settleFailure(run, error);
    } finally {
      run.close();
      if (this.runs.get(run.jobId) === run) this.runs.delete(run.jobId);
    }
  }

  private async settleFailure(run: JobRun, error: unknown): Promise<void> {
    const outcome = outcomeOf(error, run.signal);
    // A problem speaks for itself, but what caused it is for the operator.
    if (outcome.type === 'retry' || (error instanceof Problem && error.cause !== undefined)) this.log(error, run);
    await this.settle(run, outcome);
  }

  /** When even this cannot be written, the lease runs out and the job is taken over. */
  private async settle(run: JobRun, outcome: Outcome): Promise<void> {
    try {
      await this.database.transaction(async (transaction) => {
        await run.storeProgress(transaction);
        await this.settler.settle(transaction, run, outcome);
      });
    } catch (error) {
      if (!(error instanceof LeaseLost)) this.log(error, run);
    }
  }

  private log(error: unknown, run: JobRun): void {
    const { job_id, kind, attempts } = run.job;
    this.logger.error({ err: error, job_id, kind, attempt: attempts }, 'A job met an error');
  }

  private runningOf(kind: string): number {
    return [...this.runs.values()].filter((run) => run.job.kind === kind).length;
  }
}
