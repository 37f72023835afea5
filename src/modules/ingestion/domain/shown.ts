import type { Job, JobError } from '../../../providers/job-queue/job-queue.js';
import type { SourceRow } from '../../sources/sources.repository.js';
import type { Source, SourceSync, SyncErrorView } from '../source.dto.js';
import type { SyncRow } from '../syncs.repository.js';
import { nextRun } from './schedule.js';
import type { Reached, SyncCounts, SyncProgress, SyncWait } from './sync-state.js';

/** A run; while it goes on, its job knows whether it waits, why, and until when. */
export function shownSync(row: SyncRow, job: Job | undefined, now: Date): SourceSync {
  const reached = row.reached === null ? undefined : (JSON.parse(row.reached) as Reached);
  const stored = row.error === null ? undefined : (JSON.parse(row.error) as JobError);
  const waiting = job?.state === 'running' ? waitOf(job, now) : undefined;
  const error = row.finished_at === null ? job?.error : stored;
  return {
    job_id: row.job_id,
    source_id: row.source_id,
    mode: row.mode,
    trigger: row.trigger,
    state: job?.state === 'queued' ? 'queued' : row.state,
    counts: JSON.parse(row.counts) as SyncCounts,
    progress: reached?.progress ?? null,
    cursor: reached ? { ...reached.cursor } : null,
    ...(error && { error: shownError(error) }),
    next_try_at: job?.state === 'queued' && job.error ? job.run_at : null,
    ...(waiting && { waiting }),
    queued_at: row.queued_at,
    started_at: row.started_at,
    finished_at: row.finished_at,
  };
}

/** What a process that died has reported may be over. */
function waitOf({ progress }: Job, now: Date): SyncWait | undefined {
  const { waiting } = (progress ?? {}) as Partial<SyncProgress>;
  return waiting && waiting.until > now.toISOString() ? waiting : undefined;
}

export interface SourceFacts {
  readonly documents: number;
  readonly lastSync: SourceSync | undefined;
  readonly now: Date;
  readonly graceDays: number;
}

export function shownSource(row: SourceRow, { documents, lastSync, now, graceDays }: SourceFacts): Source {
  const isRead = row.schedule !== null && row.paused === 0 && row.deleted_at === null;
  return {
    source_id: row.source_id,
    kind: row.kind,
    name: row.name,
    config: JSON.parse(row.config) as Source['config'],
    has_webhook_secret: row.has_webhook_secret === 1,
    webhook_path: `/api/v1/webhooks/${row.kind}/${row.source_id}`,
    schedule: row.schedule,
    paused: row.paused === 1,
    visibility: row.visibility,
    member_ids: JSON.parse(row.member_ids) as string[],
    tables: row.tables === 1,
    dataset: exportedTable(row)?.dataset ?? null,
    documents,
    last_sync: lastSync ?? null,
    last_synced_at: row.last_synced_at,
    last_full_sync_at: row.last_full_sync_at,
    next_sync_at: isRead ? nextRun(row.schedule!, row.source_id, now) : null,
    version: row.version,
    created_by: row.created_by,
    created_at: row.created_at,
    updated_at: row.updated_at,
    deleted_at: row.deleted_at,
    purge_at: row.deleted_at === null ? null : purgeTime(row.deleted_at, graceDays).toISOString(),
  };
}

export function purgeTime(deletedAt: string, graceDays: number): Date {
  return new Date(Date.parse(deletedAt) + graceDays * 86_400_000);
}

/** The data set that was published from a source, and what it holds. */
export interface ExportedTable {
  readonly dataset: string;
  /** Tells it from another data set that has its name by now. */
  readonly dataset_id: string;
  /** The file that its latest version was made of. */
  readonly upload_id: string;
  /** Of the rows; the same rows are not published again. */
  readonly hash: string;
  readonly at: string;
}

export function exportedTable({ exported }: Pick<SourceRow, 'exported'>): ExportedTable | undefined {
  return exported === null ? undefined : (JSON.parse(exported) as ExportedTable);
}

function shownError({ slug, title, detail }: JobError): SyncErrorView {
  return { type: `/problems/${slug}`, title, detail };
}
