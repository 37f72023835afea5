import { Injectable } from '@nestjs/common';
import type { ServerSentEvent } from '../../platform/http/sse.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { type JobEvent, JobQueue } from '../../providers/job-queue/job-queue.js';
import type { Caller } from '../access/caller.js';
import { CrawlsRepository } from './crawls.repository.js';
import type { CrawlStep } from './domain/crawl-progress.js';
import { shown } from './domain/shown.js';
import { CrawlNotFound } from './errors.js';

/** Ids of a crawl's events: those of its conversion, then those of the crawl proper, then the end. */
const partIds = 1_000_000;
const parts = ['publish_job_id', 'crawl_job_id'] as const;

/** The history of a crawl and what becomes of it, as one stream over both of its jobs. */
@Injectable()
export class CrawlEvents {
  constructor(
    private readonly crawls: CrawlsRepository,
    private readonly jobs: JobQueue,
    private readonly lifecycle: Lifecycle,
  ) {}

  /**
   * Events after `after`: `progress` with `{state, phase, progress}`, `retrying` with the reason, and as the last one the
   * state in which the crawl ended with the whole `Crawl`. Throws `CrawlNotFound`.
   */
  async *follow(
    { workspaceId }: Caller,
    crawlId: string,
    after: number,
    leaving: AbortSignal,
  ): AsyncIterable<ServerSentEvent> {
    const signal = AbortSignal.any([leaving, this.lifecycle.signal]);
    for (const [index, part] of parts.entries()) {
      const jobId = (await this.find(workspaceId, crawlId))[part];
      if (jobId !== null) yield* this.followPart(workspaceId, jobId, index, after, signal);
    }
    const crawl = await this.find(workspaceId, crawlId);
    const id = parts.length * partIds;
    if (crawl.finished_at !== null && after < id) yield { id, event: crawl.state, data: shown(crawl, undefined) };
  }

  private async *followPart(
    workspaceId: string,
    jobId: string,
    index: number,
    after: number,
    signal: AbortSignal,
  ): AsyncIterable<ServerSentEvent> {
    const offset = index * partIds;
    for await (const event of this.jobs.events(workspaceId, jobId, Math.max(0, after - offset), signal)) {
      const told = tell(event, index);
      if (told) yield { id: offset + event.seq, ...told };
    }
  }

  private async find(workspaceId: string, crawlId: string) {
    const crawl = await this.crawls.find(workspaceId, crawlId);
    if (!crawl) throw new CrawlNotFound(crawlId);
    return crawl;
  }
}

/** What a job's event means for its crawl; undefined where another event says it. */
function tell({ seq, type, data }: JobEvent, part: number): Pick<ServerSentEvent, 'event' | 'data'> | undefined {
  switch (type) {
    case 'queued':
      if (seq > 1) return { event: 'retrying', data };
      return part === 0 ? progress('queued', { phase: 'queued', fraction: 0 }) : undefined;
    case 'progress':
      return progress('running', data as CrawlStep);
    case 'retrying':
      return { event: 'retrying', data };
    default:
      return undefined;
  }
}

function progress(state: 'queued' | 'running', { phase, ...rest }: CrawlStep) {
  return { event: 'progress', data: { state, phase, progress: rest } };
}
