import { Cron } from 'croner';
import type { Clock } from '../../clock/clock.js';
import type { Database, DatabaseTransaction } from '../../database/database.js';
import type { NewJob } from '../job-queue.js';
import type { JobTables } from './job-tables.js';

export interface Schedule {
  readonly key: string;
  readonly cron: string;
  readonly kind: string;
  readonly workspaceId: string;
  readonly payload: unknown;
}

/** For an expression whose last time has passed. */
const never = '9999-12-31T23:59:59.999Z';

/** Makes jobs at the times of cron expressions. Times missed while no process ran make one job, not many. */
export class Schedules {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly enqueue: (job: NewJob, transaction: DatabaseTransaction) => Promise<unknown>,
  ) {}

  /** Keeps the time that is due next unless the expression changes: a restart must not skip it. */
  async save(schedule: Schedule): Promise<void> {
    const row = {
      cron: schedule.cron,
      kind: schedule.kind,
      workspace_id: schedule.workspaceId,
      payload: JSON.stringify(schedule.payload ?? null),
    };
    const nextAt = this.nextTime(schedule.cron);
    await this.database
      .tables<JobTables>()
      .insertInto('schedules')
      .values({ key: schedule.key, ...row, next_at: nextAt })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((eb) => ({
          ...row,
          next_at: eb
            .case()
            .when('schedules.cron', '=', schedule.cron)
            .then(eb.ref('schedules.next_at'))
            .else(nextAt)
            .end(),
        })),
      )
      .execute();
  }

  async remove(key: string): Promise<void> {
    await this.database.tables<JobTables>().deleteFrom('schedules').where('key', '=', key).execute();
  }

  /** Makes the jobs that are due. */
  async fireDue(): Promise<void> {
    const due = await this.database
      .tables<JobTables>()
      .selectFrom('schedules')
      .selectAll()
      .where('next_at', '<=', this.clock.now().toISOString())
      .execute();
    for (const schedule of due) await this.database.transaction((transaction) => this.fire(transaction, schedule));
  }

  /** Of several processes that see the same time due, the one that moves the schedule on makes the job. */
  private async fire(transaction: DatabaseTransaction, schedule: JobTables['schedules']): Promise<void> {
    const moved = await transaction
      .tables<JobTables>()
      .updateTable('schedules')
      .set({ next_at: this.nextTime(schedule.cron) })
      .where('key', '=', schedule.key)
      .where('next_at', '=', schedule.next_at)
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return;
    const job: NewJob = {
      kind: schedule.kind,
      workspaceId: schedule.workspace_id,
      payload: JSON.parse(schedule.payload),
      uniqueKey: `schedule:${schedule.key}`,
    };
    await this.enqueue(job, transaction);
  }

  private nextTime(cron: string): string {
    return new Cron(cron, { timezone: 'UTC' }).nextRun(this.clock.now())?.toISOString() ?? never;
  }
}
