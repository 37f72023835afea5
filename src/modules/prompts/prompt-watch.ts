import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Clock } from '../../providers/clock/clock.js';
import { JobQueue } from '../../providers/job-queue/job-queue.js';
import { promptJobKind, type PromptJobPayload } from './prompt.job.js';
import type { PromptItem } from './prompt.js';
import { PromptsRepository } from './prompts.repository.js';

/** A request without a job for so long gets one. */
const neglectedMs = 30_000;
const lookMs = 10_000;
const lookedAtOnce = 50;

/**
 * Sees to it that a job works on every request that has not ended: the two are kept in different stores, and a process
 * may die between writing the one and the other.
 */
@Injectable()
export class PromptWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: JobQueue,
    private readonly prompts: PromptsRepository,
    private readonly clock: Clock,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const look = () =>
      this.look().catch((error: unknown) => this.logger.error({ err: error }, 'Prompts were not seen to'));
    this.timer = setInterval(() => void look(), lookMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** When a request that begins now is looked after. */
  firstLook(): number {
    return this.clock.now().getTime() + neglectedMs;
  }

  /** Does nothing for a request that has a job already. */
  async enqueue({ workspace_id: workspaceId, request_id }: PromptItem): Promise<void> {
    const payload: PromptJobPayload = { request_id };
    await this.jobs.enqueue({ kind: promptJobKind, workspaceId, payload, uniqueKey: `prompt/${request_id}` });
  }

  async look(): Promise<void> {
    for (const item of await this.prompts.due(this.clock.now().getTime(), lookedAtOnce)) {
      await this.enqueue(item);
      await this.prompts.postpone(item, this.firstLook());
    }
  }
}
