import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { newId } from '../../platform/ids.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import { StandingBeats } from './domain/standing-beats.js';

/** Of the processes that share the database; a row is there as long as its process is believed to be. */
export interface ReplicaTables {
  replicas: { replica_id: string; beat: number };
}

const beatMs = 3000;
const goneAfterMs = 20_000;

/**
 * Which processes share the database. Whoever writes down that a process has begun something names it by `id`; what the
 * name of no row has begun was left behind, for the row of a process whose beat stands still is removed. One that was
 * merely paused enters itself again, and finds its work ended.
 */
@Injectable()
export class Replicas implements OnModuleInit, OnApplicationShutdown {
  readonly id: string;
  private readonly beats = new StandingBeats(goneAfterMs);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {
    this.id = newId('rep', clock.now().getTime());
  }

  /** Before anything is begun under the name. */
  async onModuleInit(): Promise<void> {
    if (!this.database.isShared) await this.tables().deleteFrom('replicas').execute();
    await this.beat();
    if (!this.database.isShared) return;
    const look = () =>
      this.look().catch((error: unknown) => this.logger.error({ err: error }, 'Replicas were not looked after'));
    this.timer = setInterval(() => void look(), beatMs).unref();
  }

  /** Last of all, when nothing of this process is under way any more. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.tables()
      .deleteFrom('replicas')
      .where('replica_id', '=', this.id)
      .execute()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'This replica could not take its leave'));
  }

  /** Shows that this process is there, and removes those of which nothing has been seen for long. */
  async look(): Promise<void> {
    await this.beat();
    const others = await this.tables().selectFrom('replicas').selectAll().where('replica_id', '!=', this.id).execute();
    for (const { replica_id, beat } of this.beats.standing(others, this.clock.elapsed())) {
      await this.tables()
        .deleteFrom('replicas')
        .where('replica_id', '=', replica_id)
        .where('beat', '=', beat)
        .execute();
    }
  }

  private async beat(): Promise<void> {
    await this.tables()
      .insertInto('replicas')
      .values({ replica_id: this.id, beat: 0 })
      .onConflict((conflict) =>
        conflict.column('replica_id').doUpdateSet(({ eb }) => ({ beat: eb('replicas.beat', '+', 1) })),
      )
      .execute();
  }

  private tables() {
    return this.database.tables<ReplicaTables>();
  }
}
