import type { Clock } from '../../clock/clock.js';
import type { Database } from '../../database/database.js';
import type { JobEvent } from '../job-queue.js';
import type { JobStore } from './job-store.js';
import { isEnded, type JobTables } from './job-tables.js';
import { Wakeup } from './wakeup.js';

const pageSize = 200;
const jobsPerTrim = 500;

/** Reads the events of jobs, wakes those who wait for new ones, and removes old ones. */
export class JobEvents {
  private readonly readers = new Map<string, Set<Wakeup>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pollMs: number,
  ) {}

  changed(jobId: string): void {
    for (const reader of this.readers.get(jobId) ?? []) reader.wake();
  }

  async *read(
    store: JobStore,
    job: { readonly workspaceId: string; readonly jobId: string },
    after: number,
    signal: AbortSignal,
  ): AsyncIterable<JobEvent> {
    const wakeup = this.enter(job.jobId);
    const wake = () => wakeup.wake();
    signal.addEventListener('abort', wake);
    try {
      for (let last = after; !signal.aborted;) {
        const current = await store.get(job.workspaceId, job.jobId);
        const events = current ? await this.page(job.jobId, last) : [];
        yield* events;
        last = events.at(-1)?.seq ?? last;
        if (events.length === pageSize) continue;
        if (!current || isEnded(current.state)) return;
        await wakeup.wait(this.pollMs);
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.leave(job.jobId, wakeup);
    }
  }

  /** Removes the events of jobs that ended before the time, all events of a job at once. */
  async trim(endedBefore: Date): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const tables = transaction.tables<JobTables>();
      const jobs = await tables
        .selectFrom('jobs')
        .select('job_id')
        .where('events_trimmed', '=', 0)
        .where('finished_at', '<', endedBefore.toISOString())
        .limit(jobsPerTrim)
        .execute();
      const ids = jobs.map((job) => job.job_id);
      if (ids.length === 0) return;
      await tables.deleteFrom('job_events').where('job_id', 'in', ids).execute();
      await tables.updateTable('jobs').set({ events_trimmed: 1 }).where('job_id', 'in', ids).execute();
    });
  }

  private async page(jobId: string, after: number): Promise<JobEvent[]> {
    const rows = await this.database
      .tables<JobTables>()
      .selectFrom('job_events')
      .select(['seq', 'at', 'type', 'data'])
      .where('job_id', '=', jobId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(pageSize)
      .execute();
    return rows.map((row) => ({ ...row, data: JSON.parse(row.data) }));
  }

  private enter(jobId: string): Wakeup {
    const wakeup = new Wakeup(this.clock);
    const readers = this.readers.get(jobId) ?? new Set();
    this.readers.set(jobId, readers.add(wakeup));
    return wakeup;
  }

  private leave(jobId: string, wakeup: Wakeup): void {
    const readers = this.readers.get(jobId);
    readers?.delete(wakeup);
    if (readers?.size === 0) this.readers.delete(jobId);
  }
}
