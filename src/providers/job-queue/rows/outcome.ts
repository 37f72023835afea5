import { Problem } from '../../../platform/errors/problem.js';
import { JobCancelled, type JobError, LeaseLost, ServiceStopping, TryAgain } from '../job-queue.js';

/** How a run ended. */
export type Outcome =
  | { readonly type: 'succeeded' }
  | { readonly type: 'failed'; readonly error: JobError }
  /** It failed in a way that another try may mend; why is known where that is for people. */
  | { readonly type: 'retry'; readonly error?: JobError; readonly afterMs?: number }
  /** It stopped because it was told to. */
  | { readonly type: 'cancelled' }
  /** It stopped because the service stops: the attempt does not count. */
  | { readonly type: 'released' }
  /** Its process died or hung. */
  | { readonly type: 'abandoned' }
  /** Another run owns the job by now: there is nothing to write. */
  | { readonly type: 'lost' };

/** Whatever a handler asks for. */
const longestWaitMs = 24 * 3_600_000;

/** What follows from an error that a handler threw. Whatever it throws after being told to stop, it stopped. */
export function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (error instanceof LeaseLost || signal.reason instanceof LeaseLost) return { type: 'lost' };
  if (signal.reason instanceof JobCancelled) return { type: 'cancelled' };
  if (signal.reason instanceof ServiceStopping) return { type: 'released' };
  if (error instanceof Problem) return { type: 'failed', error: jobErrorOf(error) };
  if (!(error instanceof TryAgain)) return { type: 'retry' };
  return { type: 'retry', error: jobErrorOf(error.problem), afterMs: Math.min(error.afterMs, longestWaitMs) };
}

function jobErrorOf({ kind: { slug, title }, message }: Problem): JobError {
  return { slug, title, detail: message };
}

/** What is told of a job that waits for its next attempt. The internal error is in the service's log. */
export function stumbled(outcome: 'retry' | 'abandoned', jobId: string): JobError {
  const what =
    outcome === 'abandoned'
      ? 'The process that ran the job ended before the job did.'
      : 'The job met an error of the service.';
  return {
    slug: outcome === 'abandoned' ? 'job-abandoned' : 'job-failed',
    title: 'The last attempt did not work',
    detail: `${what} It is tried again by itself; if that does not help, ask the operator to look for ${jobId} in the log.`,
  };
}

/** Attempts are used up. The detail holds nothing of the internal error; that is in the service's log. */
export function exhausted(outcome: 'retry' | 'abandoned', jobId: string, attempts: number): JobError {
  const times = attempts === 1 ? 'once' : `${attempts} times`;
  const what =
    outcome === 'abandoned'
      ? `The job was started ${times} and each time the process that ran it ended before the job did.`
      : `The job failed on its last attempt after it was started ${times}.`;
  return {
    slug: outcome === 'abandoned' ? 'job-abandoned' : 'job-failed',
    title: outcome === 'abandoned' ? 'The job brought its process down' : 'The job failed',
    detail: `${what} Try it again, and if it fails again ask the operator to look for ${jobId} in the log.`,
  };
}

export interface Backoff {
  readonly baseMs: number;
  readonly maxMs: number;
}

/** Exponential backoff with full jitter: anywhere between none and the doubled wait, so that retries never march in step. */
export function retryDelay(attempt: number, { baseMs, maxMs }: Backoff, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
}
