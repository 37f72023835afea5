import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import type { JobTables } from '../../src/providers/job-queue/rows/job-tables.js';
import { killAgainAndAgain, numberOfKills, runChild } from '../support/kills.js';
import { temporaryFolders } from '../support/temporary-folder.js';

interface Tables extends JobTables {
  orders: { job_id: string };
  effects: { job_id: string; what: string };
}

/** Everything that was written for each job, by its id. */
async function readHistories(folder: string) {
  const database = await SqliteDatabase.open(join(folder, 'jobs.db'));
  try {
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
  } finally {
    await database.close();
  }
}

const byJob = (row: { job_id: string }) => row.job_id;
function groupByJob<Row extends { job_id: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.job_id, [...(groups.get(row.job_id) ?? []), row]);
  return groups;
}

const terminal = ['succeeded', 'failed', 'cancelled'];

describe('jobs under kill -9', () => {
  const createFolder = temporaryFolders();

  it('R42 R44: every accepted job ends in exactly one way, and its effects happen exactly once', async () => {
    const folder = createFolder();
    const kills = numberOfKills(30);
    const acknowledged = await killAgainAndAgain('run-jobs.mjs', () => [folder, 'work'], kills);
    expect(await runChild('run-jobs.mjs', [folder, 'drain'])).toMatchObject({ exitCode: 0, errors: '' });

    const { jobs, orders } = await readHistories(folder);
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
  }, 600_000);

  it('R46: a job that kills its process each time is given up, and others run', async () => {
    const folder = createFolder();
    const first = await runChild('run-jobs.mjs', [folder, 'deadly']);
    let deaths = 1;
    let last = first;
    for (; last.exitCode === null && deaths < 10; deaths += 1) last = await runChild('run-jobs.mjs', [folder, 'drain']);
    expect([first, last]).toMatchObject([
      { exitCode: null, errors: '' },
      { exitCode: 0, errors: '' },
    ]);

    const { jobs } = await readHistories(folder);
    const deadly = jobs.filter(({ kind }) => kind === 'deadly');
    expect(deadly).toHaveLength(1);
    expect(deadly[0]).toMatchObject({ state: 'failed', dead: 1, attempts: 3, effects: ['failed'] });
    expect(JSON.parse(deadly[0]!.error!)).toMatchObject({
      slug: 'job-abandoned',
      detail: expect.stringContaining('3 times'),
    });
    const others = jobs.filter(({ kind }) => kind !== 'deadly');
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ state }) => !terminal.includes(state))).toEqual([]);
    expect(deaths).toBeLessThanOrEqual(4);
  }, 60_000);
});
