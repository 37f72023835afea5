import type { Clock } from '../../clock/clock.js';
import type { DatabaseTransaction } from '../../database/database.js';
import type { JobHandler } from '../job-queue.js';
import type { JobStore } from './job-store.js';
import { type Claim, type JobRow, toJob } from './job-tables.js';
import { type Backoff, exhausted, type Outcome, retryDelay, stumbled } from './outcome.js';

type Ended = JobRow | undefined;

/** Writes how a run ended, and lets what the job stands for end in the same transaction. */
export class JobSettler {
  constructor(
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly handlers: ReadonlyMap<string, JobHandler<unknown>>,
    private readonly backoff: Backoff,
  ) {}

  /** Rejects with `LeaseLost` when the run no longer owns the job. */
  async settle(transaction: DatabaseTransaction, claim: Claim, outcome: Outcome): Promise<void> {
    if (outcome.type === 'lost') return;
    const row = await this.store.confirm(transaction, claim);
    switch (outcome.type) {
      case 'succeeded':
        await this.store.succeed(transaction, claim);
        return;
      case 'failed':
        return this.ended(transaction, await this.store.fail(transaction, claim, outcome.error));
      case 'cancelled':
        return this.ended(transaction, await this.store.cancel(transaction, claim, 'running'));
      case 'retry':
      case 'released':
      case 'abandoned':
        return this.again(transaction, row, claim, outcome);
    }
  }

  /** Ends a job that nobody has begun. */
  async cancelQueued(transaction: DatabaseTransaction, jobId: string): Promise<void> {
    await this.ended(transaction, await this.store.cancel(transaction, { jobId }, 'queued'));
  }

  private async again(
    transaction: DatabaseTransaction,
    row: JobRow,
    claim: Claim,
    outcome: Extract<Outcome, { type: 'retry' | 'released' | 'abandoned' }>,
  ): Promise<void> {
    const { type: reason } = outcome;
    if (row.cancel_requested === 1) return this.settle(transaction, claim, { type: 'cancelled' });
    if (reason === 'released') {
      const set = { attempts: row.attempts - 1, started_at: null };
      await this.store.requeue(transaction, claim, set, 'queued', { reason: 'The service stopped.' });
      return;
    }
    const known = reason === 'retry' ? outcome.error : undefined;
    if (row.attempts >= row.max_attempts) {
      const error = known ?? exhausted(reason, claim.jobId, row.attempts);
      return this.settle(transaction, claim, { type: 'failed', error });
    }
    const error = known ?? stumbled(reason, claim.jobId);
    const notBefore = this.notBefore(row.attempts, outcome);
    const data = { attempt: row.attempts, max_attempts: row.max_attempts, run_at: notBefore ?? undefined, error };
    const set = { not_before: notBefore, error: JSON.stringify(error) };
    await this.store.requeue(transaction, claim, set, 'retrying', data);
  }

  /**
   * After its process died for the first time a job goes on at once. From then on it is suspected of having caused that,
   * and waits like a failed one, so that a job which kills its process does not take the same others with it each time.
   */
  private notBefore(attempts: number, outcome: Extract<Outcome, { type: 'retry' | 'abandoned' }>): string | null {
    if (outcome.type === 'abandoned' && attempts === 1) return null;
    const least = outcome.type === 'retry' ? (outcome.afterMs ?? 0) : 0;
    const delay = least + retryDelay(attempts, this.backoff);
    return new Date(this.clock.now().getTime() + delay).toISOString();
  }

  private async ended(transaction: DatabaseTransaction, row: Ended): Promise<void> {
    if (row) await this.handlers.get(row.kind)?.ended?.(toJob(row), transaction);
  }
}
