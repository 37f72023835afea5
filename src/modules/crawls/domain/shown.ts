import type { Job, JobError } from '../../../providers/job-queue/job-queue.js';
import type { Crawl, CrawledTable, CrawlError } from '../crawl.dto.js';
import type { CrawlRow } from '../crawls.repository.js';
import type { CrawlStep } from './crawl-progress.js';

/** The job that does the present part of a crawl, or did the last. */
export function jobOf({ crawl_job_id, publish_job_id }: CrawlRow): string {
  return crawl_job_id ?? publish_job_id!;
}

/** A crawl as the API shows it; `job` is its present job, which knows how far it is. */
export function shown(row: CrawlRow, job: Job | undefined): Crawl {
  const { phase, ...progress } = stepOf(row, job);
  return {
    crawl_id: row.crawl_id,
    dataset: row.dataset,
    state: row.state,
    phase,
    progress,
    tables: JSON.parse(row.tables) as CrawledTable[],
    job_id: jobOf(row),
    queued_at: row.queued_at,
    started_at: row.started_at,
    finished_at: row.finished_at,
    ...(row.error === null ? {} : { error: errorOf(JSON.parse(row.error) as JobError) }),
  };
}

function stepOf(row: CrawlRow, job: Job | undefined): CrawlStep {
  if (row.progress !== null) return JSON.parse(row.progress) as CrawlStep;
  const reported = row.finished_at === null ? (job?.progress as CrawlStep | null | undefined) : undefined;
  if (reported) return reported;
  if (row.started_at === null) return { phase: 'queued', fraction: 0 };
  return { phase: row.crawl_job_id === null ? 'converting' : 'listing', fraction: 0 };
}

function errorOf({ slug, title, detail }: JobError): CrawlError {
  return { type: `/problems/${slug}`, title, detail };
}
