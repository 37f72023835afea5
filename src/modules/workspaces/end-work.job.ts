import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { DeletedWorkspacesRepository } from './deleted-workspaces.repository.js';

/** A running job stops within a second; this is how often it is looked whether it has. */
const lookAgainMs = 500;
const batch = 100;

/** Ends what is queued or running for deleted workspaces. It belongs to no workspace and names none. */
@Injectable()
export class EndWorkJob implements OnModuleInit, JobHandler<null> {
  readonly kind = 'workspaces.end_work';
  readonly concurrency = 1;
  readonly maxAttempts = 10;

  constructor(
    private readonly jobs: JobQueue,
    private readonly deleted: DeletedWorkspacesRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  /** Accepts it if and only if the transaction commits. */
  async enqueue(transaction: DatabaseTransaction): Promise<void> {
    await this.jobs.enqueue({ kind: this.kind, workspaceId: 'system', payload: null }, transaction);
  }

  run({ signal }: JobContext<null>): Promise<void> {
    return this.endAll(signal);
  }

  /** Resolves once nothing is queued or running for any deleted workspace. */
  async endAll(signal: AbortSignal): Promise<void> {
    while (await this.cancelAll(signal)) await this.clock.sleep(lookAgainMs, signal);
  }

  /** Whether there was anything to cancel, or still is. */
  private async cancelAll(signal: AbortSignal): Promise<boolean> {
    let any = false;
    for (const workspaceId of await this.deleted.ids()) {
      for (const state of ['queued', 'running'] as const) {
        for (const { job_id } of await this.jobs.list({ workspaceId, state, limit: batch })) {
          signal.throwIfAborted();
          await this.jobs.cancel(workspaceId, job_id);
          any = true;
        }
      }
    }
    return any;
  }
}
