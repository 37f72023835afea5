import { expect } from '@jest/globals';
import type { Database } from '../../src/providers/database/database.js';
import type { JobTables } from '../../src/providers/job-queue/rows/job-tables.js';

interface Tables extends JobTables {
  orders: { job_id: string };
  effects: { job_id: string; what: string };
}

/** Everything that `run-jobs.mjs` wrote for each job, by its id. */
export async function readHistories(database: Database) {
  const tables = database.tables<Tables>();
  const jobs = await tables.selectFrom('jobs').selectAll().execute();
  const events = await tables.selectFrom('job_events').select(['job_id', 'seq', 'type']).orderBy('seq').execute();
  const effects = await tables.selectFrom('effects').selectAll().execute();
  const orders = await tables.selectFrom('orders').select('job_id').execute();
  const [eventsOf, effectsOf] = [groupByJob(events), groupByJob(effects)];
  return {
    orders: orders.map(byJob).toSorted(),
    jobs: jobs.map((job) => ({
      ...job,
      events: eventsOf.get(job.job_id) ?? [],
      effects: (effectsOf.get(job.job_id) ?? []).map(({ what }) => what).toSorted(),
    })),
  };
}

const terminal = ['succeeded', 'failed', 'cancelled'];

/** Every order has its job, every job has ended in one way, and each of its effects happened once. */
export function expectWhole(
  { jobs, orders }: Awaited<ReturnType<typeof readHistories>>,
  acknowledged: readonly string[],
): void {
  expect(jobs.map(byJob).toSorted()).toEqual(orders);
  const known = new Set(orders);
  expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(10);
  for (const job of jobs) {
    const endings = job.events.filter(({ type }) => terminal.includes(type)).map(({ type }) => type);
    expect([job.job_id, ...endings]).toEqual([job.job_id, job.state]);
    expect(job.events.map(({ seq }) => seq)).toEqual(job.events.map((_, index) => index + 1));
    const ending = job.state === 'succeeded' ? 'completed' : job.state;
    const steps = job.effects.filter((what) => what.startsWith('step'));
    expect(job.effects).toEqual([ending, ...['step 0', 'step 1'].slice(0, steps.length)].toSorted());
    if (job.state !== 'cancelled') expect(steps).toHaveLength(2);
  }
  expect(new Set(jobs.map(({ state }) => state))).toEqual(new Set(terminal));
  expect(jobs.some(({ attempts }) => attempts > 1)).toBe(true);
}

const byJob = (row: { job_id: string }) => row.job_id;
function groupByJob<Row extends { job_id: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.job_id, [...(groups.get(row.job_id) ?? []), row]);
  return groups;
}
