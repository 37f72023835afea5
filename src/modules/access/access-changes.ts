import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

interface AccessTables {
  /** One row: how often rights have changed. */
  access_changes: { id: number; revision: number };
}

const pollMs = 250;

/**
 * Tells every replica that somebody's rights have changed. A replica reads one number four times a second, and only
 * when it has grown asks again who may do what: so a lost right is lost everywhere within a second.
 */
@Injectable()
export class AccessChanges implements OnApplicationBootstrap, OnModuleDestroy {
  private revision = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly database: Database,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  /** Call this inside each transaction that gives or takes rights. Takes effect here as soon as that has committed. */
  async announce(transaction: DatabaseTransaction): Promise<void> {
    await transaction
      .tables<AccessTables>()
      .updateTable('access_changes')
      .set({ revision: sql`revision + 1` })
      .execute();
    transaction.afterCommit(() => this.tell());
  }

  /** `listener` is called after each change, at most a quarter of a second later on other replicas. */
  listen(listener: () => void): void {
    this.listeners.add(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.revision = await this.read();
    this.timer = setInterval(() => void this.poll(), pollMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async poll(): Promise<void> {
    try {
      const revision = await this.read();
      if (revision === this.revision) return;
      this.revision = revision;
      this.tell();
    } catch (error) {
      this.logger.warn({ err: error }, 'Changes of access could not be read');
    }
  }

  private async read(): Promise<number> {
    const row = await this.database
      .tables<AccessTables>()
      .selectFrom('access_changes')
      .select('revision')
      .executeTakeFirstOrThrow();
    return row.revision;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
