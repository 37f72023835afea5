import { createHash } from 'node:crypto';
import { Cron } from 'croner';

/** What is wrong with a schedule; undefined when it is a cron expression of five fields that comes true. */
export function scheduleFault(schedule: string): string | undefined {
  if (schedule.trim().split(/\s+/).length !== 5)
    return 'must have five fields: minute, hour, day, month, day of the week';
  try {
    return new Cron(schedule, { timezone: 'UTC' }).nextRun() === null ? 'never comes true' : undefined;
  } catch {
    return 'is no cron expression, such as */30 * * * *';
  }
}

/**
 * The expression with a second in front, another for each source but always the same: sources that are due in the same
 * minute do not all begin at once.
 */
export function withJitter(schedule: string, sourceId: string): string {
  return `${createHash('sha256').update(sourceId).digest().readUInt16BE() % 60} ${schedule.trim()}`;
}

export function nextRun(schedule: string, sourceId: string, now: Date): string | null {
  return new Cron(withJitter(schedule, sourceId), { timezone: 'UTC' }).nextRun(now)?.toISOString() ?? null;
}
