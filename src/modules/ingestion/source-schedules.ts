import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { withJitter } from './domain/schedule.js';
import { type SyncPayload, SyncRequests } from './sync-requests.js';

type ScheduledSource = Pick<SourceRow, 'workspace_id' | 'source_id' | 'schedule' | 'paused' | 'deleted_at'>;

const dayMs = 86_400_000;

/** Asks for syncs at the times that sources are to be read. */
@Injectable()
export class SourceSchedules implements OnModuleInit, OnApplicationBootstrap, JobHandler<SyncPayload> {
  readonly kind = 'sources.schedule';
  readonly concurrency = 2;
  readonly maxAttempts = 3;

  constructor(
    private readonly jobs: JobQueue,
    private readonly sources: SourcesRepository,
    private readonly requests: SyncRequests,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  /** A process may have died between a change of a source and that of its schedule. */
  async onApplicationBootstrap(): Promise<void> {
    for (const source of await this.sources.scheduled()) await this.apply(source);
  }

  /** Makes the schedule what the source’s row says. May be repeated. */
  async apply({ workspace_id, source_id, schedule, paused, deleted_at }: ScheduledSource): Promise<void> {
    const key = `source:${source_id}`;
    if (schedule === null || paused === 1 || deleted_at !== null) return this.jobs.unschedule(key);
    const cron = withJitter(schedule, source_id);
    await this.jobs.schedule({ key, cron, kind: this.kind, workspaceId: workspace_id, payload: { source_id } });
  }

  async run(context: JobContext<SyncPayload>): Promise<void> {
    const { workspace_id, payload } = context.job;
    const key = { workspace_id, source_id: payload.source_id };
    const source = await this.sources.find(workspace_id, key.source_id);
    if (!source) return this.apply({ ...key, schedule: null, paused: 0, deleted_at: null });
    // A deleted workspace may come back; until then nothing of it is read.
    if (source.paused === 1 || !(await this.sources.findAnywhere(key.source_id))) return;
    await context.complete(async (transaction) => {
      await this.requests.ask(transaction, key, { mode: this.modeOf(source), trigger: 'schedule' });
    });
  }

  /** Now and then everything is read, for that alone finds out what is gone. */
  private modeOf({ last_full_sync_at: last }: SourceRow): 'full' | 'incremental' {
    const due = this.clock.now().getTime() - this.config.sourceFullSyncDays * dayMs;
    return last === null || Date.parse(last) < due ? 'full' : 'incremental';
  }
}
