import type { Clock } from '../../clock/clock.js';
import type { Database, DatabaseTransaction } from '../../database/database.js';
import { type Job, type JobEvent, type JobFilter, type JobHandler, JobQueue, type NewJob } from '../job-queue.js';
import { JobEvents } from './job-events.js';
import { JobRunner } from './job-runner.js';
import { JobSettler } from './job-settler.js';
import { JobStore } from './job-store.js';
import { isEnded } from './job-tables.js';
import { Maintenance } from './maintenance.js';
import { defaults, type JobQueueOptions } from './options.js';
import { type Schedule, Schedules } from './schedules.js';
import { doneWithin, Wakeup } from './wakeup.js';

/**
 * Jobs in rows of the service's own database, whichever that is, so that accepting a job and the change it belongs to are
 * one transaction. Jobs of this process start without delay; what other processes do is seen within `pollMs`.
 */
export class RowsJobQueue extends JobQueue {
  protected readonly options: JobQueueOptions;
  protected readonly handlers = new Map<string, JobHandler<unknown>>();
  private readonly store: JobStore;
  private readonly jobEvents: JobEvents;
  private readonly settler: JobSettler;
  private readonly schedules: Schedules;
  private readonly runner: JobRunner;
  private readonly maintenance: Maintenance;
  private readonly wakeup: Wakeup;
  private phase: 'new' | 'working' | 'draining' | 'stopped' = 'new';
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    options: Pick<JobQueueOptions, 'logger'> & Partial<JobQueueOptions>,
  ) {
    super();
    this.options = { ...defaults, ...options };
    const { logger, pollMs, backoff } = this.options;
    this.wakeup = new Wakeup(clock);
    this.jobEvents = new JobEvents(database, clock, pollMs);
    this.store = new JobStore(database, clock, {
      changed: (jobId) => this.changed(jobId),
      queued: (transaction, job) => this.announce(transaction, job),
    });
    this.settler = new JobSettler(this.store, clock, this.handlers, backoff);
    this.schedules = new Schedules(database, clock, (job, transaction) => this.enqueue(job, transaction));
    this.runner = new JobRunner(database, clock, this.store, this.settler, logger, () => this.wakeup.wake());
    this.maintenance = new Maintenance(database, clock, this.options, {
      runner: this.runner,
      settler: this.settler,
      schedules: this.schedules,
      events: this.jobEvents,
    });
  }

  handle<Payload>(handler: JobHandler<Payload>): void {
    if (this.handlers.has(handler.kind)) throw new Error(`Two handlers want the jobs of the kind ${handler.kind}.`);
    this.handlers.set(handler.kind, handler);
  }

  async enqueue<Payload>(job: NewJob<Payload>, transaction?: DatabaseTransaction): Promise<Job<Payload>> {
    const maxAttempts = job.maxAttempts ?? this.handlers.get(job.kind)?.maxAttempts ?? this.options.maxAttempts;
    const insert = (within: DatabaseTransaction) => this.store.insert(within, job, maxAttempts);
    return (await (transaction ? insert(transaction) : this.database.transaction(insert))) as Job<Payload>;
  }

  get(workspaceId: string, jobId: string): Promise<Job | undefined> {
    return this.store.get(workspaceId, jobId);
  }

  list(filter: JobFilter): Promise<readonly Job[]> {
    return this.store.list(filter);
  }

  cancel(workspaceId: string, jobId: string): Promise<Job | undefined> {
    return this.database.transaction(async (transaction) => {
      const job = await this.store.get(workspaceId, jobId, transaction);
      if (!job || isEnded(job.state)) return job;
      if (job.state === 'queued') await this.settler.cancelQueued(transaction, jobId);
      else await this.store.requestCancel(transaction, jobId);
      transaction.afterCommit(() => this.runner.cancel(jobId));
      return this.store.get(workspaceId, jobId, transaction);
    });
  }

  retry(workspaceId: string, jobId: string): Promise<Job | undefined> {
    return this.database.transaction(async (transaction) => {
      const job = await this.store.get(workspaceId, jobId, transaction);
      if (job?.state !== 'failed' && job?.state !== 'cancelled') return job;
      await this.store.restart(transaction, job);
      return this.store.get(workspaceId, jobId, transaction);
    });
  }

  events(workspaceId: string, jobId: string, after: number, signal: AbortSignal): AsyncIterable<JobEvent> {
    return this.jobEvents.read(this.store, { workspaceId, jobId }, after, signal);
  }

  schedule(schedule: Schedule): Promise<void> {
    return this.schedules.save(schedule);
  }

  unschedule(key: string): Promise<void> {
    return this.schedules.remove(key);
  }

  async start(): Promise<void> {
    if (this.phase !== 'new') throw new Error('The job queue has been started before.');
    if (this.options.soleProcess) await this.maintenance.takeOverAll();
    this.phase = 'working';
    this.loop = this.work();
  }

  async stop(graceMs: number): Promise<void> {
    if (this.phase !== 'working') return;
    this.phase = 'draining';
    await this.runner.startNoMore();
    if (!(await doneWithin(this.clock, graceMs, this.runner.idle()))) {
      this.runner.abortAll();
      const stopped = await doneWithin(this.clock, this.options.abortMs, this.runner.idle());
      if (!stopped) await this.runner.releaseAll();
    }
    this.phase = 'stopped';
    this.wakeup.wake();
    await this.loop;
  }

  /** For those who carry the word to other processes: a job has been put into the queue, if the transaction commits. */
  protected async announce(_transaction: DatabaseTransaction, _job: Job): Promise<void> {}

  /** Starts the job of the kind whose turn it is, if there are one and a slot, and resolves when it has ended. */
  protected async runNext(kind: string): Promise<void> {
    const handler = this.handlers.get(kind);
    if (handler === undefined || this.phase !== 'working') return;
    const started = await this.runner.startNext(handler);
    await started?.ended;
  }

  private changed(jobId: string): void {
    this.jobEvents.changed(jobId);
    this.wakeup.wake();
  }

  private async work(): Promise<void> {
    while (this.phase !== 'stopped') {
      try {
        await this.maintenance.runIfDue();
        for (const handler of this.handlers.values()) {
          if (this.phase === 'working') await this.runner.fill(handler);
        }
      } catch (error) {
        this.options.logger.error({ err: error }, 'The job queue could not look after its jobs');
      }
      await this.wakeup.wait(this.options.pollMs);
    }
  }
}
