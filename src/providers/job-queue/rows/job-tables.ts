import type { Selectable } from 'kysely';
import type { Job, JobError, JobState } from '../job-queue.js';

export interface JobTables {
  jobs: JobRow;
  job_events: { job_id: string; seq: number; at: string; type: string; data: string };
  /** Counts the starts of each kind, so that workspaces can take turns whatever clocks say. */
  job_turns: { kind: string; workspace_id: string; last_turn: number };
  schedules: {
    key: string;
    cron: string;
    kind: string;
    workspace_id: string;
    payload: string;
    /** The next time at which the schedule makes a job. */
    next_at: string;
  };
}

export interface JobRow {
  job_id: string;
  workspace_id: string;
  kind: string;
  payload: string;
  state: JobState;
  attempts: number;
  max_attempts: number;
  dead: number;
  cancel_requested: number;
  unique_key: string | null;
  progress: string | null;
  error: string | null;
  /** Counts the runs; a run may write only while the token is its own. */
  token: number;
  /** Changes while a run is alive. */
  heartbeat: number;
  /** `seq` of the latest event. */
  last_seq: number;
  events_trimmed: number;
  /** Absent unless the job must wait, so that a clock set back delays only what waits for a time of day. */
  not_before: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** The right of one run to its job. */
export interface Claim {
  readonly jobId: string;
  readonly token: number;
}

export function isEnded(state: JobState): boolean {
  return state !== 'queued' && state !== 'running';
}

export function toJob(row: Selectable<JobRow>): Job {
  return {
    job_id: row.job_id,
    kind: row.kind,
    workspace_id: row.workspace_id,
    payload: JSON.parse(row.payload),
    state: row.state,
    attempts: row.attempts,
    max_attempts: row.max_attempts,
    dead: row.dead === 1,
    cancel_requested: row.cancel_requested === 1,
    progress: row.progress === null ? undefined : JSON.parse(row.progress),
    error: row.error === null ? undefined : (JSON.parse(row.error) as JobError),
    run_at: row.not_before ?? row.created_at,
    created_at: row.created_at,
    started_at: row.started_at ?? undefined,
    finished_at: row.finished_at ?? undefined,
  };
}
