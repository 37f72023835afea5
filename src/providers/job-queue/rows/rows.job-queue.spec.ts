import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../../test/support/manual-clock.js';
import { createQuickQueue, quickOptions } from '../../../../test/support/quick-queue.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { until } from '../../../../test/support/until.js';
import { SqliteDatabase } from '../../database/sqlite/sqlite.database.js';
import type { JobTables } from './job-tables.js';
import type { RowsJobQueue } from './rows.job-queue.js';

const hour = 60 * 60 * 1000;

describe('RowsJobQueue', () => {
  let database: SqliteDatabase;
  let clock: ManualClock;
  let queue: RowsJobQueue;

  beforeEach(async () => {
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    clock = new ManualClock();
    queue = createQuickQueue(database, clock);
  });
  afterEach(async () => {
    await queue.stop(0);
    await database.close();
  });
  const createFolder = temporaryFolders();

  /** Lets time pass in polls, with a moment for the work of each: what it asks the database is done when that answers. */
  const pass = async (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += quickOptions.pollMs) {
      clock.advance(quickOptions.pollMs);
      await new Promise((resolve) => setTimeout(resolve, 2));
      await database.ping();
    }
  };
  const passUntil = (isSo: () => Promise<boolean>) =>
    until(async () => {
      await pass(quickOptions.pollMs);
      return isSo();
    });
  const handle = (run: () => Promise<void>, on = queue) =>
    on.handle({ kind: 'print', concurrency: 5, maxAttempts: 3, run });
  const enqueue = () => queue.enqueue({ kind: 'print', workspaceId: 'w', payload: null });
  const state = async (jobId: string) => (await queue.get('w', jobId))?.state;
  const jobs = () => queue.list({ workspaceId: 'w', limit: 10 });

  it('R42: takes over at the start what its predecessor left running', async () => {
    const predecessor = createQuickQueue(database, new ManualClock());
    let runs = 0;
    const proceed = new AbortController();
    // It has one slot, and that is taken: it does not start the job a second time itself.
    const run = () => new Promise<void>((resolve) => proceed.signal.addEventListener('abort', () => resolve()));
    predecessor.handle({ kind: 'print', concurrency: 1, maxAttempts: 3, run });
    await predecessor.start();
    const job = await predecessor.enqueue({ kind: 'print', workspaceId: 'w', payload: null });
    await until(async () => (await state(job.job_id)) === 'running');

    queue = createQuickQueue(database, clock, { soleProcess: true });
    handle(async () => void (runs += 1));
    await queue.start();
    await until(async () => (await state(job.job_id)) === 'succeeded');
    expect(runs).toBe(1);
    proceed.abort();
    await predecessor.stop(0);
  });

  it('R42: takes over what another process left running once its lease is over, not before', async () => {
    const paused = createQuickQueue(database, new ManualClock());
    const proceed = new AbortController();
    handle(() => new Promise((resolve) => proceed.signal.addEventListener('abort', () => resolve())), paused);
    await paused.start();
    const job = await paused.enqueue({ kind: 'print', workspaceId: 'w', payload: null });
    await until(async () => (await state(job.job_id)) === 'running');

    handle(async () => undefined);
    await queue.start();
    await pass(quickOptions.leaseMs - 2 * quickOptions.pollMs);
    expect(await state(job.job_id)).toBe('running');
    await passUntil(async () => (await state(job.job_id)) === 'succeeded');
    proceed.abort();
    await paused.stop(0);
  });

  it.each([hour, -hour])('R47: runs a job once when the clock jumps by %i ms', async (jump) => {
    const replica = createQuickQueue(database, clock);
    let runs = 0;
    const proceed = new AbortController();
    const run = async () => {
      runs += 1;
      await new Promise<void>((resolve) => proceed.signal.addEventListener('abort', () => resolve()));
    };
    handle(run);
    handle(run, replica);
    await Promise.all([queue.start(), replica.start()]);
    const job = await enqueue();
    await until(async () => (await state(job.job_id)) === 'running');
    clock.jump(jump);
    await pass(3 * quickOptions.leaseMs);
    proceed.abort();
    await until(async () => (await state(job.job_id)) === 'succeeded');
    expect(runs).toBe(1);
    await replica.stop(0);
  });

  it('R47: starts a job at once that was accepted while the clock was ahead', async () => {
    clock.jump(hour);
    const job = await enqueue();
    clock.jump(-hour);
    handle(async () => undefined);
    await queue.start();
    await until(async () => (await state(job.job_id)) === 'succeeded');
  });

  it('goes on when the end of a job cannot be written, and ends it after the lease', async () => {
    let broken = true;
    queue.handle({
      kind: 'print',
      concurrency: 1,
      maxAttempts: 1,
      run: () => Promise.reject(new Error('out of paper')),
      ended: async () => {
        if (broken) throw new Error('the end cannot be written');
      },
    });
    await queue.start();
    const job = await enqueue();
    await until(async () => (await state(job.job_id)) === 'running');
    await pass(2 * quickOptions.pollMs);
    expect(await state(job.job_id)).toBe('running');
    broken = false;
    await passUntil(async () => (await state(job.job_id)) === 'failed');
  });

  it('refuses a second handler for a kind and a second start', async () => {
    handle(async () => undefined);
    expect(() => handle(async () => undefined)).toThrow('print');
    await queue.start();
    await expect(queue.start()).rejects.toThrow('started before');
  });

  it('removes the events of a job a week after its end, and the job stays', async () => {
    handle(async () => undefined);
    await queue.start();
    const job = await enqueue();
    await until(async () => (await state(job.job_id)) === 'succeeded');
    clock.advance(8 * 24 * hour);
    const events = () => database.tables<JobTables>().selectFrom('job_events').select('seq').execute();
    await passUntil(async () => (await events()).length === 0);
    expect(await state(job.job_id)).toBe('succeeded');
  });

  describe('schedules', () => {
    const daily = { key: 'daily', cron: '0 9 * * *', kind: 'print', workspaceId: 'w', payload: { pages: 1 } };

    it('make a job at their time in UTC', async () => {
      await queue.start();
      await queue.schedule(daily);
      await pass(quickOptions.pollMs);
      expect(await jobs()).toEqual([]);
      clock.advance(hour);
      await passUntil(async () => (await jobs()).length === 1);
      expect((await jobs())[0]).toMatchObject({
        created_at: expect.stringMatching(/^2026-11-21T09:00:00/),
        payload: { pages: 1 },
      });
    });

    it('make one job for all the times that were missed, also after a restart', async () => {
      await queue.schedule(daily);
      clock.advance(5 * 24 * hour);
      await queue.schedule(daily);
      handle(async () => undefined);
      await queue.start();
      await passUntil(async () => (await jobs()).length === 1);
      await pass(5 * quickOptions.pollMs);
      expect(await jobs()).toHaveLength(1);
    });

    it('leave a time out while the last job has not ended', async () => {
      await queue.start();
      await queue.schedule(daily);
      for (let day = 0; day < 3; day += 1) {
        clock.advance(24 * hour);
        await passUntil(async () => (await jobs()).length === 1);
        await pass(3 * quickOptions.pollMs);
      }
      expect(await jobs()).toHaveLength(1);
    });

    it('follow a changed expression and end with unschedule', async () => {
      await queue.start();
      await queue.schedule(daily);
      await queue.schedule({ ...daily, cron: '30 8 * * *', payload: 'changed' });
      clock.advance(hour / 2);
      await passUntil(async () => (await jobs()).length === 1);
      expect((await jobs())[0]?.payload).toBe('changed');
      await queue.cancel('w', (await jobs())[0]!.job_id);
      await queue.unschedule('daily');
      clock.advance(48 * hour);
      await pass(3 * quickOptions.pollMs);
      expect(await jobs()).toHaveLength(1);
    });
  });
});
