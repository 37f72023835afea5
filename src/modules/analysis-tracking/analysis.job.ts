import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Config } from '../../config/config.js';
import { InternalError } from '../../platform/errors/common-problems.js';
import { Problem } from '../../platform/errors/problem.js';
import { withOneForOthers } from '../../platform/fair-line.js';
import { problemDocument } from '../../platform/http/problem-document.js';
import { newId } from '../../platform/ids.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type Job, type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { isModelProblem } from '../../providers/language-model/errors.js';
import { AccessHolds } from '../access/access-holds.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied } from '../access/errors.js';
import { Authenticator } from '../auth/authenticator.js';
import { AnalysisEvents } from './analysis-events.js';
import { AnalysisPipeline } from './analysis-pipeline.js';
import { type AnalysisRequest, hasEnded } from './analysis-request.js';
import { AnalysisRepository } from './analysis.repository.js';
import { analysisJobKind, type AnalysisJobPayload } from './analysis-watch.js';
import { claim, currentStep, fail, retryStepLater } from './domain/progress.js';
import { AnalysisCancelled } from './errors.js';
import { AnalysisLost, TrackedAnalysis } from './tracked-analysis.js';

/**
 * Works on analyses. One may be begun more than once, when a process dies; only the attempt that was begun last can change
 * it, and it ends once.
 */
@Injectable()
export class AnalysisJob implements OnModuleInit, JobHandler<AnalysisJobPayload> {
  readonly kind = analysisJobKind;
  readonly concurrency: number;
  readonly perWorkspace: number;
  readonly maxAttempts = 5;

  constructor(
    private readonly jobs: JobQueue,
    private readonly analyses: AnalysisRepository,
    private readonly events: AnalysisEvents,
    private readonly pipeline: AnalysisPipeline,
    private readonly authenticator: Authenticator,
    private readonly holds: AccessHolds,
    private readonly clock: Clock,
    @Inject(APP_LOGGER) private readonly logger: Logger,
    config: Config,
  ) {
    this.concurrency = withOneForOthers(config.analysisWorkers);
    this.perWorkspace = config.analysisWorkers;
  }

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  async run(context: JobContext<AnalysisJobPayload>): Promise<void> {
    const { job, signal } = context;
    const item = await this.find(job);
    if (!item || hasEnded(item)) return;
    const attempt = newId('try');
    const claimed = await this.analyses.change(item, claim(item, attempt, job.job_id));
    if (!claimed) throw new Error('The analysis changed while it was claimed.');
    this.events.announce(claimed.request);
    const tracked = new TrackedAnalysis(claimed, attempt, this.analyses, this.events);
    try {
      await this.work(tracked, signal);
    } catch (error) {
      signal.throwIfAborted();
      await this.stumble(tracked, error, job);
    }
  }

  /** A job that was cancelled or given up ends its analysis, too. */
  async ended(job: Job<AnalysisJobPayload>, transaction: DatabaseTransaction): Promise<void> {
    transaction.afterCommit(() => void this.giveUp(job).catch((error: unknown) => this.log(error, job)));
  }

  private async work(tracked: TrackedAnalysis, signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const caller = await this.authenticator.recall(tracked.item.caller);
    requireRight(caller);
    const release = this.holds.hold(caller, () => stop.abort(new PermissionDenied('analysis:write')));
    try {
      await this.pipeline.run(tracked, caller, AbortSignal.any([signal, stop.signal]));
    } catch (error) {
      if (stop.signal.aborted) throw stop.signal.reason;
      throw error;
    } finally {
      release();
    }
  }

  /** What can be mended by trying again is tried again; everything else fails the step at which it happened. */
  private async stumble(tracked: TrackedAnalysis, error: unknown, job: Job): Promise<void> {
    if (error instanceof AnalysisLost) return;
    const isPassing = !(error instanceof Problem) || (isModelProblem(error) && error.retryable);
    try {
      if (isPassing && job.attempts < this.maxAttempts) {
        await this.sayRetry(tracked, error);
        // A problem would end the job for good.
        throw new Error('A step of an analysis is tried again', { cause: error });
      }
      if (!(error instanceof Problem)) this.log(error, job as Job<AnalysisJobPayload>);
      await this.fail(tracked, error instanceof Problem ? error : new InternalError());
    } catch (failure) {
      if (!(failure instanceof AnalysisLost)) throw failure;
    }
  }

  private async sayRetry(tracked: TrackedAnalysis, error: unknown): Promise<void> {
    const step = currentStep(tracked.item);
    if (step === undefined || tracked.item.steps[step].status !== 'processing') return;
    const cause = error instanceof Problem ? error.message : 'Something went wrong on our side.';
    await tracked.change((item) => retryStepLater(item, step, `Is tried again in a moment. ${cause}`));
  }

  private async fail(tracked: TrackedAnalysis, problem: Problem): Promise<void> {
    await tracked.change((item) => fail(item, failureOf(item, problem), this.clock.now().toISOString()));
  }

  private async giveUp(job: Job<AnalysisJobPayload>): Promise<void> {
    const item = await this.find(job);
    if (!item || hasEnded(item)) return;
    const problem = job.state === 'cancelled' ? new AnalysisCancelled('Its job was cancelled.') : new InternalError();
    const ended = await this.analyses.change(
      item,
      fail(item, failureOf(item, problem), this.clock.now().toISOString()),
    );
    if (ended) this.events.announce(ended.request);
  }

  private async find({ workspace_id, payload }: Job<AnalysisJobPayload>): Promise<AnalysisRequest | undefined> {
    const item = await this.analyses.find(workspace_id, payload.request_id);
    return item?.round === payload.round ? item : undefined;
  }

  private log(error: unknown, { payload }: Job<AnalysisJobPayload>): void {
    this.logger.error({ err: error, request_id: payload.request_id }, 'An analysis could not go on');
  }
}

function requireRight({ permissions }: Caller): void {
  if (!permissions.has('analysis:write')) throw new PermissionDenied('analysis:write');
}

/** Names the step, the cause and what can be done. */
function failureOf(item: AnalysisRequest, problem: Problem) {
  const step = currentStep(item) ?? 'activating';
  const { kind, message } = problem;
  return { message: `The step ${step} failed: ${message} ${kind.help}`, problem: problemDocument(problem) };
}
