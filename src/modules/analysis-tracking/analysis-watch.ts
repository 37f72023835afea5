import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Config } from '../../config/config.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Clock } from '../../providers/clock/clock.js';
import { type Job, JobQueue } from '../../providers/job-queue/job-queue.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import { type AnalysisRequest, folderOf, hasEnded } from './analysis-request.js';
import { AnalysisRepository } from './analysis.repository.js';
import { currentStep } from './domain/progress.js';

export const analysisJobKind = 'analysis.run';

export interface AnalysisJobPayload {
  readonly request_id: string;
  /** Which of the times that it was begun: a job of an earlier one has nothing to do any more. */
  readonly round: number;
}

/** An open analysis is looked after so often. */
const neglectedMs = 30_000;
const lookMs = 10_000;
const lookedAtOnce = 50;

/**
 * Sees to it that a job works on every analysis that has not ended, since the two are kept in different stores; that
 * somebody hears of one that gets no further; and that one whose time is over is removed.
 */
@Injectable()
export class AnalysisWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private readonly stuck;

  constructor(
    private readonly jobs: JobQueue,
    private readonly analyses: AnalysisRepository,
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    private readonly config: Config,
    metrics: Metrics,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {
    const help = 'Steps of analyses that got no further for ANALYSIS_STUCK_MINUTES.';
    this.stuck = metrics.counter('analysis_stuck_steps_total', help, ['step']);
  }

  onApplicationBootstrap(): void {
    const look = () =>
      this.look().catch((error: unknown) => this.logger.error({ err: error }, 'Analyses were not seen to'));
    this.timer = setInterval(() => void look(), lookMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** When an analysis that begins now is looked after. */
  firstLook(): number {
    return this.clock.now().getTime() + neglectedMs;
  }

  /** Does nothing for an analysis that has a job already. */
  async enqueue({ workspace_id: workspaceId, request_id, round }: AnalysisRequest): Promise<Job<AnalysisJobPayload>> {
    const payload: AnalysisJobPayload = { request_id, round };
    const uniqueKey = `analysis/${request_id}/${round}`;
    return this.jobs.enqueue({ kind: analysisJobKind, workspaceId, payload, uniqueKey });
  }

  async look(): Promise<void> {
    const now = this.clock.now().getTime();
    for (const item of await this.analyses.due('open', now, lookedAtOnce)) {
      await this.enqueue(item);
      await this.alarm(item, now);
      await this.analyses.postpone(item, this.firstLook());
    }
    for (const item of await this.analyses.due('kept', now, lookedAtOnce)) await this.remove(item);
  }

  /** Removes an analysis with all that is kept of it. False when it has changed since it was read. */
  async remove(item: AnalysisRequest): Promise<boolean> {
    if (!hasEnded(item) || !(await this.analyses.remove(item))) return false;
    await this.store.deletePrefix(folderOf(item));
    return true;
  }

  /** Once for each time that a step got stuck. */
  private async alarm(item: AnalysisRequest, now: number): Promise<void> {
    const step = currentStep(item) ?? 'activating';
    const minutes = Math.floor((now - Date.parse(item.updated_at)) / 60_000);
    const noted = `${step}/${item.steps[step].started_at}`;
    if (minutes < this.config.analysisStuckMinutes || item.stuck === noted) return;
    const message = `Nothing has been heard of this step for ${minutes} minutes`;
    if (!(await this.analyses.noteStuck(item, noted, { type: 'analysis.step.stuck', step, message }))) return;
    this.stuck.inc({ step });
    const { workspace_id, request_id, job_id } = item;
    this.logger.warn({ workspace_id, request_id, job_id, step, minutes }, 'A step of an analysis is stuck');
  }
}
