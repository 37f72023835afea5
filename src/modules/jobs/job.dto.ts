import { IsIn, IsString, Length } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { PageQuery } from '../../platform/paging/page.dto.js';

const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
type State = (typeof states)[number];

/** Which jobs to list. */
export class JobsQuery extends PageQuery {
  /**
   * Only jobs of this kind.
   * @example "datasets.publish"
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  kind?: string;

  /** Only jobs in this state. */
  @IsOptional()
  @IsIn(states)
  state?: State;
}

/** Why a job failed, or failed the last time: the parts of a problem document. */
export class JobErrorView {
  /** @example "/problems/storage-full" */
  type!: string;

  /** @example "No space left" */
  title!: string;

  detail!: string;
}

/** A piece of background work. It ends in exactly one of succeeded, failed and cancelled, whatever dies meanwhile. */
export class JobView {
  /** @example "job_01j8x0q0000000000000000000" */
  job_id!: string;

  /** @example "datasets.publish" */
  kind!: string;

  state!: State;

  /** Times it has been started. */
  attempts!: number;

  /** After so many failed attempts it is given up. */
  max_attempts!: number;

  /** Whether a person must act: it will not be tried again by itself. */
  dead!: boolean;

  cancel_requested!: boolean;

  /**
   * The latest progress; its members depend on the kind.
   * @example { "phase": "converting", "fraction": 0.42, "rows": 41000 }
   */
  progress!: Record<string, unknown> | null;

  /** When it may start; a retry waits. */
  run_at!: string;

  created_at!: string;
  started_at!: string | null;
  finished_at!: string | null;

  /** Present when it has failed, or waits until `run_at` to be tried again after a failure. */
  error?: JobErrorView;
}

/** One page of jobs, newest first. */
export class JobPage {
  items!: JobView[];
  next_cursor!: string | null;
}
