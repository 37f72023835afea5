import { Injectable } from '@nestjs/common';
import { problem } from '../../platform/errors/problem.js';
import type { ServerSentEvent } from '../../platform/http/sse.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { type Job, JobQueue } from '../../providers/job-queue/job-queue.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { JobPage, JobsQuery, JobView } from './job.dto.js';

export class JobNotFound extends problem({
  slug: 'job-not-found',
  title: 'Job not found',
  status: 404,
  help: 'GET /api/v1/jobs lists the background jobs of this workspace.',
}) {
  constructor(jobId: string) {
    super(`There is no job ${JSON.stringify(jobId.slice(0, 100))} in this workspace.`);
  }
}

type Position = Pick<Job, 'created_at' | 'job_id'>;

/** Watching and mending background work. */
@Injectable()
export class JobsService {
  constructor(
    private readonly jobs: JobQueue,
    private readonly lifecycle: Lifecycle,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
  ) {}

  async list({ workspaceId }: Caller, { limit, cursor, kind, state }: JobsQuery): Promise<JobPage> {
    const scope = `jobs/${workspaceId}/${JSON.stringify([kind, state])}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<Position>(scope, cursor);
    const jobs = await this.jobs.list({ workspaceId, kind, state, limit: limit + 1, after });
    return pageOf(jobs, limit, shown, ({ created_at, job_id }) =>
      this.cursors.encode(scope, { created_at, job_id } satisfies Position),
    );
  }

  async get({ workspaceId }: Caller, jobId: string): Promise<JobView> {
    return shown(present(jobId, await this.jobs.get(workspaceId, jobId)));
  }

  /** Ends a queued job, tells a running one to stop; ended jobs stay as they are. */
  async cancel(caller: Caller, jobId: string): Promise<JobView> {
    const job = present(jobId, await this.jobs.cancel(caller.workspaceId, jobId));
    await this.audit.record({ ...caller, action: 'job.cancelled', object: jobId, outcome: 'allowed' });
    return shown(job);
  }

  /** Gives a failed or cancelled job fresh attempts; others stay as they are. */
  async retry(caller: Caller, jobId: string): Promise<JobView> {
    const job = present(jobId, await this.jobs.retry(caller.workspaceId, jobId));
    await this.audit.record({ ...caller, action: 'job.retried', object: jobId, outcome: 'allowed' });
    return shown(job);
  }

  /** The job's history after `after`, then what happens, until it has ended. Throws `JobNotFound`. */
  async *follow(
    { workspaceId }: Caller,
    jobId: string,
    after: number,
    leaving: AbortSignal,
  ): AsyncIterable<ServerSentEvent> {
    present(jobId, await this.jobs.get(workspaceId, jobId));
    const signal = AbortSignal.any([leaving, this.lifecycle.signal]);
    for await (const { seq, at, type, data } of this.jobs.events(workspaceId, jobId, after, signal)) {
      yield { id: seq, event: type, data: { at, data: data ?? null } };
    }
  }
}

function present(jobId: string, job: Job | undefined): Job {
  if (!job) throw new JobNotFound(jobId);
  return job;
}

/** The payload stays inside: it may name what the reader has no right to see. */
function shown({ error, ...job }: Job): JobView {
  return {
    job_id: job.job_id,
    kind: job.kind,
    state: job.state,
    attempts: job.attempts,
    max_attempts: job.max_attempts,
    dead: job.dead,
    cancel_requested: job.cancel_requested,
    progress: (job.progress ?? null) as JobView['progress'],
    run_at: job.run_at,
    created_at: job.created_at,
    started_at: job.started_at ?? null,
    finished_at: job.finished_at ?? null,
    ...(error && { error: { type: `/problems/${error.slug}`, title: error.title, detail: error.detail } }),
  };
}
