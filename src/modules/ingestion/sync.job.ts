import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SourceConfig, SourceSecret } from '../../providers/connectors/connector.js';
import { Connectors } from '../../providers/connectors/connectors.js';
import { PlatformStumbled } from '../../providers/connectors/errors.js';
import { Clock } from '../../providers/clock/clock.js';
import { type Job, type JobContext, type JobHandler, JobQueue, TryAgain } from '../../providers/job-queue/job-queue.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { SecretsUnavailable } from '../../providers/secret-sealer/errors.js';
import type { SourceRow } from '../sources/sources.repository.js';
import { unreachable } from './domain/unreachable.js';
import { SourceSecrets } from './source-secrets.js';
import { syncJobKind, type SyncPayload } from './sync-requests.js';
import { SyncRun } from './sync-run.js';
import { SourceChanged, SyncSteps } from './sync-steps.js';

type Context = JobContext<SyncPayload>;

/** The longest that a platform may ask a running sync to wait. */
const patienceSeconds = 15 * 60;

/** Does what has been asked for of a source: follows its webhooks, reads it, removes what is gone. */
@Injectable()
export class SyncJob implements OnModuleInit, JobHandler<SyncPayload> {
  readonly kind = syncJobKind;
  /** Many, for most of the time they wait for the platform. */
  readonly concurrency = 16;
  readonly perWorkspace = 8;
  /** Each try goes on where the one before has ended, so many of them do no harm. */
  readonly maxAttempts = 25;

  constructor(
    private readonly jobs: JobQueue,
    private readonly steps: SyncSteps,
    private readonly connectors: Connectors,
    private readonly secrets: SourceSecrets,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  async run(context: Context): Promise<void> {
    for (;;) {
      const source = await context.transaction((transaction) => this.steps.begin(transaction, context.job));
      const run = await this.open(context, source);
      try {
        return await run.untilNothingIsLeft();
      } catch (error) {
        // It was set up differently meanwhile: read it as it is set up now.
        if (error instanceof SourceChanged) continue;
        if (!(error instanceof PlatformStumbled)) throw error;
        throw new TryAgain(unreachable(source.kind, error), error.waitSeconds * 1000);
      }
    }
  }

  async ended(job: Job<SyncPayload>, transaction: DatabaseTransaction): Promise<void> {
    await this.steps.fail(transaction, job);
  }

  /** A problem would end the job for good, but what opens secrets may be there again at the next try. */
  private async secretOf(source: SourceRow): Promise<SourceSecret> {
    try {
      return await this.secrets.open(source);
    } catch (error) {
      throw error instanceof SecretsUnavailable ? new TryAgain(error) : error;
    }
  }

  private async open(context: Context, source: SourceRow): Promise<SyncRun> {
    const connector = await this.connectors.of(source.kind);
    const secret = await this.secretOf(source);
    return new SyncRun(context, source.version, this.steps, this.clock, (onWait) =>
      connector.open({
        config: JSON.parse(source.config) as SourceConfig,
        secret,
        signal: context.signal,
        onWait,
        patienceSeconds,
      }),
    );
  }
}
