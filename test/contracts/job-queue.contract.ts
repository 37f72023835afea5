import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { problem } from '../../src/platform/errors/problem.js';
import type { Clock } from '../../src/providers/clock/clock.js';
import type { Database, DatabaseTransaction } from '../../src/providers/database/database.js';
import {
  type Job,
  type JobContext,
  type JobEvent,
  type JobHandler,
  type JobQueue,
  LeaseLost,
  type NewJob,
  TryAgain,
} from '../../src/providers/job-queue/job-queue.js';
import { ManualClock } from '../support/manual-clock.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

class OutOfPaper extends problem({ slug: 'out-of-paper', title: 'Out of paper', status: 409, help: 'Add paper.' }) {}

interface Effects {
  effects: { job_id: string; what: string };
}

export interface JobQueueHarness {
  readonly database: Database;
  /**
   * A queue of its own over the same database, as another replica has. Quick: polls, retries and leases take
   * milliseconds. A replica whose clock stands still is one that is paused: it renews nothing.
   */
  createQueue(clock?: Clock): JobQueue | Promise<JobQueue>;
}

type Run = JobHandler<unknown>['run'];

/** What every job queue promises. */
export function jobQueueContract(name: string, createHarness: () => Promise<JobQueueHarness>): void {
  describe(`${name}: the promises of a job queue`, () => {
    let harness: JobQueueHarness;
    let queue: JobQueue;
    let started: JobQueue[];

    beforeEach(async () => {
      harness = await createHarness();
      const schema = harness.database.tables<unknown>().schema;
      await schema.createTable('effects').addColumn('job_id', 'text').addColumn('what', 'text').execute();
      queue = await harness.createQueue();
      started = [];
    });
    afterEach(async () => {
      await Promise.all(started.map((each) => each.stop(0)));
      await harness.database.close();
    });

    const start = async (run: Run, changes: Partial<JobHandler<unknown>> = {}, on = queue) => {
      on.handle({ kind: 'print', concurrency: 1, maxAttempts: 3, run, ...changes });
      await on.start();
      started.push(on);
    };
    const enqueue = (changes: Partial<NewJob> = {}, transaction?: DatabaseTransaction) =>
      queue.enqueue({ kind: 'print', workspaceId: 'w', payload: { pages: 3 }, ...changes }, transaction);
    const ended = (job: Job) =>
      until(async () => {
        const now = await queue.get(job.workspace_id, job.job_id);
        return now?.finished_at === undefined ? undefined : now;
      });
    const eventsOf = async (job: Job, after = 0) => {
      const events: JobEvent[] = [];
      for await (const event of queue.events('w', job.job_id, after, AbortSignal.timeout(60_000))) events.push(event);
      return events;
    };
    const effect =
      (context: JobContext<unknown>, what = 'printed') =>
      (transaction: DatabaseTransaction) =>
        transaction.tables<Effects>().insertInto('effects').values({ job_id: context.job.job_id, what }).execute();
    const effects = async () =>
      (await harness.database.tables<Effects>().selectFrom('effects').select('what').execute()).map(({ what }) => what);
    const untilAborted = (context: JobContext<unknown>) =>
      new Promise<never>((_, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason as Error));
      });

    describe('a job', () => {
      it('is accepted, runs with its payload and ends as succeeded', async () => {
        const payloads: unknown[] = [];
        await start(async ({ job }) => void payloads.push(job.payload));
        const accepted = await enqueue();
        expect(accepted).toMatchObject({ kind: 'print', workspace_id: 'w', state: 'queued', attempts: 0, dead: false });
        expect(accepted.job_id).toMatch(/^job_[0-9a-z]{26,}$/);
        expect(await ended(accepted)).toMatchObject({ state: 'succeeded', attempts: 1, max_attempts: 3, dead: false });
        expect(payloads).toEqual([{ pages: 3 }]);
        expect((await eventsOf(accepted)).map(({ seq, type }) => [seq, type])).toEqual([
          [1, 'queued'],
          [2, 'started'],
          [3, 'succeeded'],
        ]);
      });

      it('starts without waiting for a poll', async () => {
        const timeless = await harness.createQueue(new ManualClock());
        await start(async () => undefined, {}, timeless);
        for (let count = 0; count < 10; count += 1) {
          const job = await timeless.enqueue({ kind: 'print', workspaceId: 'w', payload: null });
          expect((await ended(job)).state).toBe('succeeded');
        }
      });

      it('R44: is accepted if and only if the transaction commits, and starts only then', async () => {
        let runs = 0;
        await start(async () => void (runs += 1));
        await harness.database
          .transaction(async (transaction) => {
            await enqueue({}, transaction);
            throw new Error('changed my mind');
          })
          .catch(() => undefined);
        expect(await queue.list({ workspaceId: 'w', limit: 10 })).toEqual([]);
        const job = await harness.database.transaction(async (transaction) => {
          const inside = await enqueue({}, transaction);
          await new Promise((resolve) => setTimeout(resolve, 60));
          expect(runs).toBe(0);
          return inside;
        });
        await ended(job);
        expect(runs).toBe(1);
      });

      it('waits for its time', async () => {
        const startedAt: number[] = [];
        await start(async () => void startedAt.push(Date.now()));
        const runAt = new Date(Date.now() + 1000);
        const job = await enqueue({ runAt });
        expect(job.run_at).toBe(runAt.toISOString());
        await ended(job);
        expect(startedAt[0]).toBeGreaterThanOrEqual(runAt.getTime());
      });

      it('R22: is one while another with its unique key is queued or running, in its workspace', async () => {
        const all = await Promise.all(Array.from({ length: 10 }, () => enqueue({ uniqueKey: 'k' })));
        expect(new Set(all.map((job) => job.job_id)).size).toBe(1);
        const other = await enqueue({ uniqueKey: 'k', workspaceId: 'other' });
        expect(other.job_id).not.toBe(all[0]?.job_id);
        await start(async () => undefined);
        await ended(all[0]!);
        expect((await enqueue({ uniqueKey: 'k' })).job_id).not.toBe(all[0]?.job_id);
      });

      it('R1: is known to its workspace alone', async () => {
        const job = await enqueue();
        expect(await queue.get('other', job.job_id)).toBeUndefined();
        expect(await queue.cancel('other', job.job_id)).toBeUndefined();
        expect(await queue.retry('other', job.job_id)).toBeUndefined();
        expect(await queue.list({ workspaceId: 'other', limit: 10 })).toEqual([]);
        for await (const event of queue.events('other', job.job_id, 0, AbortSignal.timeout(500))) {
          throw new Error(`foreign event ${event.seq}`);
        }
        expect((await queue.get('w', job.job_id))?.state).toBe('queued');
      });

      it('is listed newest first, by kind and state, page by page', async () => {
        const ids: string[] = [];
        for (let count = 0; count < 5; count += 1) {
          ids.unshift((await enqueue()).job_id);
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        await enqueue({ kind: 'scan' });
        await queue.cancel('w', ids[4]!);
        const first = await queue.list({ workspaceId: 'w', kind: 'print', state: 'queued', limit: 3 });
        const rest = await queue.list({ workspaceId: 'w', kind: 'print', state: 'queued', limit: 3, after: first[2] });
        expect([...first, ...rest].map((job) => job.job_id)).toEqual(ids.slice(0, 4));
      });
    });

    describe('failure', () => {
      it('tries again and succeeds', async () => {
        await start(async ({ job }) => {
          if (job.attempts < 3) throw new Error('flaky');
        });
        const job = await enqueue();
        expect(await ended(job)).toMatchObject({ state: 'succeeded', attempts: 3, error: undefined });
        const types = (await eventsOf(job)).map(({ type }) => type);
        expect(types).toEqual(['queued', 'started', 'retrying', 'started', 'retrying', 'started', 'succeeded']);
      });

      it('R46: ends as failed and dead when the attempts are used up, tells no internals, and holds up no others', async () => {
        await start(async ({ job }) => {
          if (job.payload === 'poison') throw new Error('ECONNREFUSED postgres://admin:hunter2@db');
        });
        const poison = await enqueue({ payload: 'poison' });
        const others = await Promise.all([enqueue(), enqueue(), enqueue()]);
        const end = await ended(poison);
        expect(end).toMatchObject({ state: 'failed', dead: true, attempts: 3, error: { slug: 'job-failed' } });
        expect(end.error?.detail).toContain(poison.job_id);
        expect(JSON.stringify([end, await eventsOf(poison)])).not.toMatch(/hunter2|ECONNREFUSED/);
        for (const other of others) expect((await ended(other)).state).toBe('succeeded');
      });

      it('fails for good with the parts of a problem', async () => {
        await start(async () => {
          throw new OutOfPaper('Tray 2 is empty.');
        });
        const error = { slug: 'out-of-paper', title: 'Out of paper', detail: 'Tray 2 is empty.' };
        const job = await enqueue();
        expect(await ended(job)).toMatchObject({ state: 'failed', dead: true, attempts: 1, error });
        expect((await eventsOf(job)).at(-1)).toMatchObject({ type: 'failed', data: error });
      });

      it('says while it waits why it is tried again, and fails with that after the last attempt', async () => {
        await start(async ({ job }) => {
          if (job.payload === 'printed') throw new TryAgain(new OutOfPaper('Tray 2 is empty.'));
          throw new Error('ECONNREFUSED');
        });
        const error = { slug: 'out-of-paper', title: 'Out of paper', detail: 'Tray 2 is empty.' };
        const job = await enqueue({ payload: 'printed' });
        expect(await ended(job)).toMatchObject({ state: 'failed', dead: true, attempts: 3, error });
        const reasons = async (of: Job) =>
          (await eventsOf(of)).flatMap(({ type, data }) => (type === 'retrying' ? [(data as Partial<Job>).error] : []));
        expect(await reasons(job)).toEqual([error, error]);
        const other = await enqueue();
        await ended(other);
        for (const reason of await reasons(other)) {
          expect(reason).toMatchObject({ slug: 'job-failed', detail: expect.stringContaining(other.job_id) });
        }
      });

      it('starts a failed job anew with fresh attempts when a person says so', async () => {
        let broken = true;
        await start(async () => {
          if (broken) throw new OutOfPaper('Tray 2 is empty.');
        });
        const job = await enqueue();
        await ended(job);
        broken = false;
        const again = await queue.retry('w', job.job_id);
        expect(again).toMatchObject({ state: 'queued', attempts: 0, dead: false, error: undefined });
        const end = await ended(job);
        expect(end).toMatchObject({ state: 'succeeded', attempts: 1 });
        expect(await queue.retry('w', job.job_id)).toEqual(end);
        expect((await eventsOf(job)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
      });

      it('leaves a failed job when another with its unique key has taken its place', async () => {
        const first = await enqueue({ uniqueKey: 'k' });
        await queue.cancel('w', first.job_id);
        const second = await enqueue({ uniqueKey: 'k' });
        expect(await queue.retry('w', first.job_id)).toMatchObject({ state: 'cancelled' });
        expect((await queue.get('w', second.job_id))?.state).toBe('queued');
      });

      it('ends what the job stands for in the transaction that ends the job', async () => {
        await start(
          async () => {
            throw new OutOfPaper('Tray 2 is empty.');
          },
          {
            ended: async (job, transaction) => {
              await transaction
                .tables<Effects>()
                .insertInto('effects')
                .values({ job_id: job.job_id, what: job.state })
                .execute();
            },
          },
        );
        await ended(await enqueue());
        const queued = await enqueue({ runAt: new Date(Date.now() + 60_000) });
        await queue.cancel('w', queued.job_id);
        expect(await effects()).toEqual(['failed', 'cancelled']);
      });
    });

    describe('cancelling', () => {
      it('ends a queued job at once', async () => {
        const job = await enqueue();
        expect(await queue.cancel('w', job.job_id)).toMatchObject({ state: 'cancelled', dead: false });
        expect(await queue.cancel('w', job.job_id)).toMatchObject({ state: 'cancelled' });
        expect((await eventsOf(job)).map(({ type }) => type)).toEqual(['queued', 'cancelled']);
      });

      it('tells a running job of this process at once', async () => {
        await start(async (context) => untilAborted(context));
        const job = await enqueue();
        await until(async () => (await queue.get('w', job.job_id))?.state === 'running');
        const before = performance.now();
        expect(await queue.cancel('w', job.job_id)).toMatchObject({ cancel_requested: true });
        expect((await ended(job)).state).toBe('cancelled');
        expect(performance.now() - before).toBeLessThan(soonMs);
      });

      it('R32: tells a running job of another process within a second', async () => {
        await start(async (context) => untilAborted(context));
        const job = await enqueue();
        await until(async () => (await queue.get('w', job.job_id))?.state === 'running');
        await (await harness.createQueue()).cancel('w', job.job_id);
        const before = performance.now();
        expect((await ended(job)).state).toBe('cancelled');
        expect(performance.now() - before).toBeLessThan(soonMs);
      });

      it('does not try again what failed after it was cancelled', async () => {
        await start(async (context) => {
          await untilAborted(context).catch(() => undefined);
          throw new Error('failed on the way out');
        });
        const job = await enqueue();
        await until(async () => (await queue.get('w', job.job_id))?.state === 'running');
        await queue.cancel('w', job.job_id);
        expect(await ended(job)).toMatchObject({ state: 'cancelled', attempts: 1 });
      });

      it('ends a job that hands itself back, and one that waits after that', async () => {
        let looks = 0;
        await start(async (context) => {
          looks += 1;
          if (looks === 2) await queue.cancel('w', context.job.job_id);
          await context.handBack(context.job.payload, looks === 1 ? 0 : 60_000);
        });
        expect(await ended(await enqueue())).toMatchObject({ state: 'cancelled' });
        expect(looks).toBe(2);
        looks = 2;
        const waiting = await enqueue();
        await until(async () => looks === 3 && (await queue.get('w', waiting.job_id))?.state === 'queued');
        expect(await queue.cancel('w', waiting.job_id)).toMatchObject({ state: 'cancelled' });
      });

      it('leaves an ended job as it is', async () => {
        await start(async () => undefined);
        const end = await ended(await enqueue());
        expect(await queue.cancel('w', end.job_id)).toEqual(end);
      });
    });

    describe('effects', () => {
      it('are one with the end of the job', async () => {
        await start(async (context) => {
          await context.complete(async (transaction) => {
            await effect(context)(transaction);
            if (context.job.attempts === 1) throw new Error('after the effect');
          });
        });
        const end = await ended(await enqueue());
        expect(end).toMatchObject({ state: 'succeeded', attempts: 2 });
        expect(await effects()).toEqual(['printed']);
      });

      it('R45: are refused once the job has ended', async () => {
        let late: unknown;
        await start(async (context) => {
          await context.complete(async () => undefined);
          late = await context.transaction(effect(context)).catch((error: unknown) => error);
          throw new Error('after the end');
        });
        const job = await enqueue();
        expect((await ended(job)).state).toBe('succeeded');
        await until(async () => late !== undefined);
        expect(late).toBeInstanceOf(LeaseLost);
        expect(await effects()).toEqual([]);
      });

      it('R43: are refused to a run that was paused past its lease, and made once by its successor', async () => {
        const paused = await harness.createQueue(new ManualClock());
        let pausedRun: JobContext<unknown> | undefined;
        let refused: unknown;
        await start(
          async (context) => {
            pausedRun = context;
            await until(async () => (await effects()).length === 1);
            refused = await context.transaction(effect(context, 'by the paused run')).catch((error: unknown) => error);
          },
          {},
          paused,
        );
        const job = await paused.enqueue({ kind: 'print', workspaceId: 'w', payload: null });
        await until(async () => pausedRun);
        await start(async (context) => {
          await context.complete(async (transaction) => void (await effect(context, 'by its successor')(transaction)));
        });
        await until(async () => refused);
        expect(refused).toBeInstanceOf(LeaseLost);
        expect(pausedRun?.signal.reason).toBeInstanceOf(LeaseLost);
        expect(await effects()).toEqual(['by its successor']);
        expect(await ended(job)).toMatchObject({ state: 'succeeded', attempts: 2 });
      });
    });

    describe('progress and events', () => {
      it('keeps the latest progress and thins its events out', async () => {
        let took = 0;
        await start(async (context) => {
          const began = performance.now();
          for (let done = 1; done <= 100; done += 1) {
            context.report({ done });
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          took = performance.now() - began;
        });
        const end = await ended(await enqueue());
        expect(end.progress).toEqual({ done: 100 });
        const events = await eventsOf(end);
        const reports = events.filter(({ type }) => type === 'progress');
        expect(reports.length).toBeGreaterThanOrEqual(2);
        // The first, one for each quarter of a second, and the last.
        expect(reports.length).toBeLessThanOrEqual(2 + Math.ceil(took / 250));
        expect(reports.at(-1)?.data).toEqual({ done: 100 });
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      });

      it('streams events live, from any point, to several readers', async () => {
        let proceed = false;
        await start(async (context) => {
          context.report('half');
          await until(async () => proceed);
        });
        const job = await enqueue();
        const readers = [eventsOf(job), eventsOf(job), eventsOf(job, 2)];
        await until(async () => (await queue.get('w', job.job_id))?.progress === 'half');
        proceed = true;
        const [all, same, tail] = await Promise.all(readers);
        expect(all?.map(({ type }) => type)).toEqual(['queued', 'started', 'progress', 'succeeded']);
        expect(same).toEqual(all);
        expect(tail).toEqual(all?.slice(2));
        expect(await eventsOf(job, 4)).toEqual([]);
      });

      it('ends a reader when its signal aborts', async () => {
        const job = await enqueue();
        const controller = new AbortController();
        const seen: string[] = [];
        setTimeout(() => controller.abort(), 30);
        for await (const event of queue.events('w', job.job_id, 0, controller.signal)) seen.push(event.type);
        expect(seen).toEqual(['queued']);
      });
    });

    describe('several jobs', () => {
      it('run as many at once as the handler allows, of each kind', async () => {
        const running = { print: 0, scan: 0 };
        const most = { print: 0, scan: 0 };
        const allowed = { print: 3, scan: 1 };
        const count = (kind: 'print' | 'scan') => async () => {
          running[kind] += 1;
          most[kind] = Math.max(most[kind], running[kind]);
          await until(async () => most[kind] >= allowed[kind]);
          await new Promise((resolve) => setTimeout(resolve, 50));
          running[kind] -= 1;
        };
        queue.handle({ kind: 'scan', concurrency: allowed.scan, maxAttempts: 1, run: count('scan') });
        await start(count('print'), { concurrency: allowed.print });
        const kinds = ['print', 'print', 'print', 'print', 'print', 'print', 'scan', 'scan', 'scan'];
        const jobs = await Promise.all(kinds.map((kind) => enqueue({ kind })));
        for (const job of jobs) await ended(job);
        expect(most).toEqual(allowed);
      });

      it('R8: share the slots fairly among workspaces, oldest first in each', async () => {
        const order: string[] = [];
        const payloads = (workspaceId: string, count: number) =>
          Array.from({ length: count }, (_, index) => ({ workspaceId, payload: `${workspaceId} ${index}` }));
        for (const job of [...payloads('busy', 20), ...payloads('calm', 3)]) {
          await enqueue(job);
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        await start(
          async ({ job }) => {
            order.push(job.payload as string);
            await new Promise((resolve) => setTimeout(resolve, 5));
          },
          { concurrency: 2 },
        );
        await until(async () => order.length === 23);
        const calm = order.filter((payload) => payload.startsWith('calm'));
        expect(calm).toEqual(['calm 0', 'calm 1', 'calm 2']);
        expect(order.indexOf('calm 2')).toBeLessThan(8);
        const busy = order.filter((payload) => payload.startsWith('busy'));
        expect(busy).toEqual(busy.map((_, index) => `busy ${index}`));
      });

      it('R8: start the one job of a workspace next, before the thousand that another has queued', async () => {
        const order: string[] = [];
        const ends: (() => void)[] = [];
        const run: Run = ({ job }) => {
          order.push(job.workspace_id);
          return new Promise<void>((resolve) => ends.push(resolve));
        };
        await harness.database.transaction(async (transaction) => {
          for (let each = 0; each < 1000; each += 1) await enqueue({ workspaceId: 'busy' }, transaction);
        });
        await start(run);
        await until(async () => order.length === 1);
        await enqueue({ workspaceId: 'calm' });
        for (let turn = 0; turn < 3; turn += 1) {
          ends[turn]!();
          await until(async () => order.length === turn + 2);
        }
        expect(order).toEqual(['busy', 'calm', 'busy', 'busy']);
      });

      it('R8: take turns among workspaces, wherever each one’s line began', async () => {
        const order: string[] = [];
        for (const workspaceId of ['a', 'a', 'a', 'b', 'b', 'b', 'c']) await enqueue({ workspaceId });
        await start(async ({ job }) => void order.push(job.workspace_id));
        await until(async () => order.length === 7);
        expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'a', 'b']);
      });

      it('R8: leave a slot to others where a handler takes only so many of one workspace', async () => {
        const running: string[] = [];
        const run: Run = (context) => {
          running.push(context.job.workspace_id);
          return untilAborted(context);
        };
        for (let each = 0; each < 5; each += 1) await enqueue({ workspaceId: 'busy' });
        await start(run, { concurrency: 3, perWorkspace: 2 });
        await until(async () => running.length === 2);
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(running).toEqual(['busy', 'busy']);
        await enqueue({ workspaceId: 'calm' });
        await until(async () => running.length === 3);
        expect(running).toEqual(['busy', 'busy', 'calm']);
      });

      it('R8: leave the slot to others while they wait, and go on with what they have noted', async () => {
        const order: unknown[] = [];
        const run: Run = async (context) => {
          const { name, looks = 0 } = context.job.payload as { name: string; looks?: number };
          order.push(`${name} ${looks}`);
          await context.transaction(effect(context, `${name} ${looks}`));
          if (name === 'slow' && looks < 4) await context.handBack({ name, looks: looks + 1 }, 150);
        };
        const slow = await enqueue({ payload: { name: 'slow' } });
        const quick = await enqueue({ payload: { name: 'quick' } });
        await start(run, { maxAttempts: 2 });
        await ended(quick);
        expect(await ended(slow)).toMatchObject({ state: 'succeeded', attempts: 1 });
        expect(order.indexOf('quick 0')).toBeLessThan(order.indexOf('slow 4'));
        expect((await effects()).filter((what) => what.startsWith('slow'))).toHaveLength(5);
        expect((await eventsOf(slow)).filter(({ type }) => type === 'waiting')).toHaveLength(4);
      });

      it('run once each over several replicas', async () => {
        const runs: string[] = [];
        const run: Run = async ({ job }) => void runs.push(job.job_id);
        const jobs = await Promise.all(Array.from({ length: 30 }, () => enqueue()));
        await Promise.all(
          [queue, await harness.createQueue(), await harness.createQueue()].map((each) =>
            start(run, { concurrency: 2 }, each),
          ),
        );
        for (const job of jobs) await ended(job);
        expect(runs.toSorted()).toEqual(jobs.map(({ job_id }) => job_id).toSorted());
      });
    });

    describe('stopping', () => {
      it('R60: lets running jobs finish and takes no more', async () => {
        let finish = () => {};
        await start(() => new Promise((resolve) => (finish = resolve)));
        const [first, second] = [await enqueue(), await enqueue()];
        await until(async () => (await queue.get('w', first.job_id))?.state === 'running');
        const stopping = queue.stop(60_000);
        setTimeout(() => finish(), 500);
        await stopping;
        expect((await queue.get('w', first.job_id))?.state).toBe('succeeded');
        expect((await queue.get('w', second.job_id))?.state).toBe('queued');
      });

      it('R60: hands jobs back that do not finish in time, without using up an attempt', async () => {
        await start(async (context) => untilAborted(context));
        const job = await enqueue();
        await until(async () => (await queue.get('w', job.job_id))?.state === 'running');
        await queue.stop(20);
        expect(await queue.get('w', job.job_id)).toMatchObject({ state: 'queued', attempts: 0 });
      });

      it('R60: takes jobs from handlers that do not stop, and lets those write no more', async () => {
        let proceed = false;
        let late: unknown;
        await start(async (context) => {
          await until(async () => proceed);
          late = await context.transaction(effect(context)).catch((error: unknown) => error);
        });
        const job = await enqueue();
        await until(async () => (await queue.get('w', job.job_id))?.state === 'running');
        await queue.stop(20);
        expect(await queue.get('w', job.job_id)).toMatchObject({ state: 'queued', attempts: 0 });
        proceed = true;
        await until(async () => late);
        expect(late).toBeInstanceOf(LeaseLost);
        expect(await effects()).toEqual([]);
      });
    });

    describe('schedules', () => {
      it('make a job at each time, once over all replicas', async () => {
        const second = () => Math.floor(Date.now() / 1000);
        const began = second();
        await queue.schedule({ key: 'tick', cron: '* * * * * *', kind: 'print', workspaceId: 'w', payload: 'tick' });
        const run: Run = async () => undefined;
        await Promise.all([queue, await harness.createQueue()].map((each) => start(run, {}, each)));
        const jobs = await until(async () => {
          const made = await queue.list({ workspaceId: 'w', limit: 10 });
          return made.length >= 2 ? made : undefined;
        });
        expect(jobs.length).toBeLessThanOrEqual(second() - began);
        await queue.unschedule('tick');
      });

      it('refuse an expression that is none', async () => {
        const schedule = { key: 'tick', cron: 'every day', kind: 'print', workspaceId: 'w', payload: null };
        await expect(queue.schedule(schedule)).rejects.toThrow();
      });
    });
  });
}
