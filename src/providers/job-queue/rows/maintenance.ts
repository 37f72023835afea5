import type { Clock } from '../../clock/clock.js';
import type { Database } from '../../database/database.js';
import { LeaseLost } from '../job-queue.js';
import type { JobEvents } from './job-events.js';
import type { JobRunner } from './job-runner.js';
import type { JobSettler } from './job-settler.js';
import type { JobTables } from './job-tables.js';
import { LeaseObserver } from './lease-observer.js';
import type { JobQueueOptions } from './options.js';
import type { Schedules } from './schedules.js';

const trimEveryMs = 60 * 60 * 1000;

interface Parts {
  readonly runner: JobRunner;
  readonly settler: JobSettler;
  readonly schedules: Schedules;
  readonly events: JobEvents;
}

/** What must happen again and again: heartbeats, cancels, runs left behind, schedules, old events. */
export class Maintenance {
  private readonly observer: LeaseObserver;
  private readonly lastTimes = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly options: JobQueueOptions,
    private readonly parts: Parts,
  ) {
    this.observer = new LeaseObserver(options.leaseMs);
  }

  /** Does what is due; `pollMs` must pass between two times, however often it is called. */
  async runIfDue(): Promise<void> {
    const { runner, schedules, events } = this.parts;
    const { pollMs, renewMs, keepEventsMs } = this.options;
    if (!this.isDue('poll', pollMs)) return;
    await runner.watch();
    if (this.isDue('renew', renewMs)) await runner.renew();
    await this.takeOverExpired();
    await schedules.fireDue();
    if (this.isDue('trim', trimEveryMs)) await events.trim(new Date(this.clock.now().getTime() - keepEventsMs));
  }

  /** Takes over every running job: their processes are known to be gone. */
  async takeOverAll(): Promise<void> {
    for (const run of await this.foreignRuns()) await this.takeOver(run);
  }

  private async takeOverExpired(): Promise<void> {
    const expired = this.observer.expired(await this.foreignRuns(), this.clock.elapsed());
    for (const run of expired) await this.takeOver(run);
  }

  private async takeOver(run: { job_id: string; token: number }): Promise<void> {
    const claim = { jobId: run.job_id, token: run.token };
    try {
      await this.database.transaction((transaction) =>
        this.parts.settler.settle(transaction, claim, { type: 'abandoned' }),
      );
    } catch (error) {
      if (error instanceof LeaseLost) return;
      this.options.logger.error(
        { err: error, job_id: run.job_id },
        'A job that was left behind could not be taken over',
      );
    }
  }

  private foreignRuns() {
    let query = this.database
      .tables<JobTables>()
      .selectFrom('jobs')
      .select(['job_id', 'token', 'heartbeat'])
      .where('state', '=', 'running');
    const own = this.parts.runner.runningIds;
    if (own.length > 0) query = query.where('job_id', 'not in', own);
    return query.execute();
  }

  private isDue(name: string, everyMs: number): boolean {
    const now = this.clock.elapsed();
    const last = this.lastTimes.get(name);
    if (last !== undefined && now - last < everyMs) return false;
    this.lastTimes.set(name, now);
    return true;
  }
}
