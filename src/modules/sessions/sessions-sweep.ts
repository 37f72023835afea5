import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { type JobContext, JobQueue } from '../../providers/job-queue/job-queue.js';
import { SessionsRepository } from './sessions.repository.js';

const batch = 200;
/** Ended sessions are kept for so long, to be found when the audit log names one. */
const keptForMs = 7 * 86_400_000;

/** Deletes sessions that ended a while ago, every night. */
@Injectable()
export class SessionsSweep implements OnModuleInit, OnApplicationBootstrap {
  static readonly kind = 'sessions.sweep';

  constructor(
    private readonly jobs: JobQueue,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const { kind } = SessionsSweep;
    this.jobs.handle({ kind, concurrency: 1, maxAttempts: 5, run: (context) => this.sweep(context) });
  }

  /** The schedule belongs to no workspace. */
  async onApplicationBootstrap(): Promise<void> {
    const { kind } = SessionsSweep;
    await this.jobs.schedule({ key: kind, cron: '37 3 * * *', kind, workspaceId: 'system', payload: {} });
  }

  private async sweep({ signal }: JobContext<unknown>): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keptForMs).toISOString();
    while ((await this.sessions.removeEnded(before, batch)) === batch) signal.throwIfAborted();
  }
}
