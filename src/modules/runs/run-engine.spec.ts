import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { soonMs } from '../../../test/support/soon.js';
import { until } from '../../../test/support/until.js';
import { Config } from '../../config/config.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import type { ItemTable } from '../../providers/item-store/item-store.js';
import { write } from '../../providers/item-store/item-store.js';
import { SqliteItemStore } from '../../providers/item-store/sqlite/sqlite.item-store.js';
import { AccessChanges } from '../access/access-changes.js';
import { AccessHolds } from '../access/access-holds.js';
import type { Caller } from '../access/caller.js';
import { NothingToAnswer, RunNotFound, TooManyRuns } from './errors.js';
import { RunEngine } from './run-engine.js';
import { RunEnds } from './run-ends.js';
import type { RunContext, RunEnd, RunExecutor, RunResult, Resumption } from './run-executor.js';
import type { Run } from './run.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';

interface Ended {
  run: string;
  outcome: string;
}

const endedTable: ItemTable<Ended> = { name: 'ended', partitionKey: 'run' };
const logger = pino({ level: 'silent' });
const forever = () => new AbortController().signal;

const caller: Caller = {
  userId: 'ada',
  administrator: false,
  credential: { kind: 'session', id: 'ses_1' },
  address: '127.0.0.1',
  workspaceId: 'w',
  role: 'analyst',
  permissions: new Set(['chat:use']),
  actingUnder: 'chat:use',
};

/** An executor that does what the test says, and writes one item with each end. */
class Scripted implements RunExecutor {
  constructor(private readonly script: (context: RunContext, resumed?: Resumption) => Promise<RunResult>) {}

  execute(context: RunContext, resumed?: Resumption): Promise<RunResult> {
    return this.script(context, resumed);
  }

  async ended(run: Run, { outcome, message, partialText }: RunEnd) {
    const status = outcome === 'completed' ? 'completed' : outcome;
    return {
      message: message ?? ({ content: partialText, message_id: run.message_id, status } as const),
      writes: [write.put(endedTable, { run: run.run, outcome }, { exists: false })],
    };
  }
}

const answer = (run: Run, content: string): RunResult => ({
  kind: 'answered',
  message: { content, message_id: run.message_id, status: 'completed' },
});

/** Does not end until it is told to. */
const untilStopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));

describe('runs', () => {
  let database: SqliteDatabase;
  let clock: ManualClock;
  let items: SqliteItemStore;
  let replicas: RunEngine[];

  beforeEach(async () => {
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    clock = new ManualClock();
    items = new SqliteItemStore(database, clock);
    replicas = [];
  });
  afterEach(async () => {
    await Promise.all(replicas.map((each) => each.onModuleDestroy()));
    await database.close();
  });
  const createFolder = temporaryFolders();

  /** A process of the service; all of them share one store. */
  const replica = (script: (context: RunContext, resumed?: Resumption) => Promise<RunResult>) => {
    const repository = new RunsRepository(items, clock);
    const holds = new AccessHolds(new AccessChanges(database, logger), logger);
    const config = Config.read({ SHUTDOWN_GRACE_SECONDS: '0' });
    const engine = new RunEngine(
      repository,
      new RunEnds(repository, clock),
      holds,
      clock,
      config,
      new Lifecycle(),
      logger,
    );
    engine.executeWith(new Scripted(script));
    engine.onApplicationBootstrap();
    replicas.push(engine);
    const runs = new RunsService(repository, engine);
    const start = async (clientId?: string) =>
      engine.start(caller, { conversationId: 'conv_1', input: {}, clientId, writes: () => [] });
    return { engine, runs, start };
  };
  const events = async (runs: RunsService, runId: string, after = 0) => {
    const found: { seq: number; type: string; [member: string]: unknown }[] = [];
    for await (const { text } of runs.follow(caller, runId, after, forever()))
      found.push(JSON.parse(text) as (typeof found)[number]);
    return found;
  };
  const textOf = (found: Awaited<ReturnType<typeof events>>) =>
    found.map(({ type, text }) => (type === 'text.delta' ? (text as string) : '')).join('');
  const endOf = (run: Run) => items.get(endedTable, { run: run.run });

  it('numbers what happens, ends once, and tells it again to whoever comes later', async () => {
    const { runs, start } = replica(async ({ run, emit }) => {
      await emit({ type: 'step.started', name: 'plan' });
      await emit({ type: 'text.delta', text: 'There ' });
      await emit({ type: 'text.delta', text: 'were 41.' });
      await emit({ type: 'step.finished', name: 'plan' });
      return answer(run, 'There were 41.');
    });
    const { run } = await start();
    const live = await events(runs, run.run_id);
    expect(live.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'run.started'],
      [2, 'step.started'],
      [3, 'text.delta'],
      [4, 'step.finished'],
      [5, 'assistant'],
      [6, 'run.finished'],
    ]);
    expect(live[2]).toEqual({
      type: 'text.delta',
      run_id: run.run_id,
      conversation_id: 'conv_1',
      seq: 3,
      text: 'There were 41.',
    });
    expect(live[5]).toMatchObject({ outcome: 'completed' });
    expect(await events(runs, run.run_id)).toEqual(live);
    expect(await events(runs, run.run_id, 4)).toEqual(live.slice(4));
    expect(await endOf(run)).toMatchObject({ outcome: 'completed' });
    expect(await runs.get(caller, run.run_id)).toMatchObject({ state: 'completed' });
  });

  it('belongs to whoever asked', async () => {
    const { runs, start } = replica(async ({ run }) => answer(run, ''));
    const { run } = await start();
    for (const other of [{ userId: 'bob' }, { workspaceId: 'other' }])
      await expect(runs.get({ ...caller, ...other }, run.run_id)).rejects.toBeInstanceOf(RunNotFound);
  });

  it('makes a retry harmless: one run for 20 requests under one id, on two replicas', async () => {
    let executed = 0;
    const script = async ({ run }: RunContext) => {
      executed += 1;
      return answer(run, '');
    };
    const [one, two] = [replica(script), replica(script)];
    const started = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).start('my-request')),
    );
    expect(new Set(started.map(({ run }) => run.run_id)).size).toBe(1);
    expect(started.filter(({ repeated }) => !repeated)).toHaveLength(1);
    await events(one.runs, started[0]!.run.run_id);
    expect(executed).toBe(1);
  });

  it('R51: keeps and marks what was said before a fault', async () => {
    const { runs, start } = replica(async ({ emit }) => {
      await emit({ type: 'text.delta', text: 'The first half' });
      throw new TooManyRuns(1);
    });
    const { run } = await start();
    const found = await events(runs, run.run_id);
    expect(found.at(-2)).toMatchObject({ type: 'assistant', content: 'The first half', status: 'failed' });
    expect(found.at(-1)).toMatchObject({ outcome: 'failed', problem: { type: '/problems/too-many-runs' } });
  });

  it('cancels on any replica within a second, even what does not listen', async () => {
    const { start } = replica(async ({ emit }) => {
      await emit({ type: 'text.delta', text: 'Endless' });
      return new Promise<never>(() => undefined);
    });
    const { run } = await start();
    const other = replica(async ({ run: each }) => answer(each, ''));
    const began = performance.now();
    const cancelled = await other.runs.cancel(caller, run.run_id);
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    expect(performance.now() - began).toBeLessThan(soonMs);
    const found = await events(other.runs, run.run_id);
    expect(found.at(-2)).toMatchObject({ type: 'assistant', content: 'Endless', status: 'cancelled' });
    expect(found.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'cancelled' });
  });

  const asks = async ({ run }: RunContext, resumed?: Resumption): Promise<RunResult> =>
    resumed
      ? answer(run, `${(resumed.state as { question: string }).question}: ${resumed.value}`)
      : {
          kind: 'suspended',
          state: { question: 'Which year' },
          interrupt: {
            kind: 'clarify',
            question: 'Which year?',
            options: [{ value: '2023', label: '2023' }],
            expires_at: new Date(clock.now().getTime() + 60_000).toISOString(),
          },
        };

  it('asks, waits in the store, and goes on where it is answered, once', async () => {
    const { start, runs } = replica(asks);
    const { run } = await start();
    const asked = await until(async () => {
      const { state, interrupt } = await runs.get(caller, run.run_id);
      return state === 'suspended' && interrupt;
    });
    const other = replica(asks);
    const following = events(runs, run.run_id);
    await expect(
      other.runs.respond(caller, run.run_id, { interruptId: 'int_other', value: '2023' }),
    ).rejects.toBeInstanceOf(NothingToAnswer);
    const answers = await Promise.allSettled(
      [other.runs, runs, other.runs].map((each) =>
        each.respond(caller, run.run_id, { interruptId: asked.interrupt_id, value: '2023' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const found = await following;
    expect(found.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(found.map(({ type }) => type)).toEqual([
      'run.started',
      'interrupt',
      'assistant',
      'assistant',
      'run.finished',
    ]);
    expect(found[2]).toMatchObject({ content: 'Which year?\n1. 2023', status: 'partial' });
    expect(found[3]).toMatchObject({ content: 'Which year: 2023', status: 'completed' });
  });

  it('cancels a question that waits, or that nobody answers in time', async () => {
    const { start, runs, engine } = replica(asks);
    const isSuspended = (runId: string) => until(async () => (await runs.get(caller, runId)).state === 'suspended');
    const first = (await start()).run;
    await isSuspended(first.run_id);
    expect(await runs.cancel(caller, first.run_id)).toMatchObject({ state: 'cancelled' });
    const second = (await start()).run;
    await isSuspended(second.run_id);
    clock.advance(61_000);
    await engine.reap();
    const found = await events(runs, second.run_id);
    expect(found.at(-1)).toMatchObject({ outcome: 'cancelled', problem: { type: '/problems/interrupt-expired' } });
  });

  it('R43: ends the run of a process that stopped renewing, whose late writes then change nothing', async () => {
    let proceed = () => undefined as void;
    const late: Promise<unknown>[] = [];
    const { start, engine } = replica(async ({ run, emit }) => {
      await emit({ type: 'text.delta', text: 'Half' });
      await emit({ type: 'step.started', name: 'query' });
      await new Promise<void>((resolve) => (proceed = resolve));
      late.push(emit({ type: 'text.delta', text: 'x'.repeat(2000) }).catch((error: unknown) => error));
      return answer(run, 'too late');
    });
    const { run } = await start();
    await until(async () => (await new RunsRepository(items, clock).lastSeq(run.run)) === 3);
    // Paused: its timers do not fire any more.
    for (const timer of (engine as unknown as { timers: NodeJS.Timeout[] }).timers) clearInterval(timer);
    clock.advance(16_000);
    const other = replica(async ({ run: each }) => answer(each, ''));
    const found = await events(other.runs, run.run_id);
    expect(found.at(-2)).toMatchObject({ type: 'assistant', content: 'Half', status: 'failed' });
    expect(found.at(-1)).toMatchObject({ problem: { type: '/problems/run-interrupted' } });
    proceed();
    await engine.settled(run.run);
    await Promise.all(late);
    expect(await events(other.runs, run.run_id)).toEqual(found);
    expect(await endOf(run)).toMatchObject({ outcome: 'failed' });
  });

  it('R60: ends what runs as interrupted when the process stops, and says that asking again helps', async () => {
    const { start, engine } = replica(async ({ signal }) => untilStopped(signal));
    const { run } = await start();
    await engine.onModuleDestroy();
    const other = replica(async ({ run: each }) => answer(each, ''));
    expect((await events(other.runs, run.run_id)).at(-1)).toMatchObject({
      outcome: 'failed',
      problem: { type: '/problems/run-interrupted', status: 503 },
    });
    await expect(start()).rejects.toThrow('shutting down');
  });

  it('R52: a reader that is cut off at any point goes on without gap or double, on any replica', async () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index} `);
    const { runs, start } = replica(async ({ run, emit }) => {
      for (const [index, text] of words.entries()) {
        await emit({ type: 'text.delta', text });
        if (index % 7 === 0) await emit({ type: 'step.started', name: `${index}` });
      }
      return answer(run, words.join(''));
    });
    const other = replica(async ({ run }) => answer(run, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 }), async (cuts) => {
        const { run } = await start();
        const found: Awaited<ReturnType<typeof events>> = [];
        for (const [index, cut] of cuts.entries()) {
          let taken = 0;
          const here = index % 2 === 0 ? runs : other.runs;
          for await (const { text } of here.follow(caller, run.run_id, found.at(-1)?.seq ?? 0, forever())) {
            found.push(JSON.parse(text) as (typeof found)[number]);
            if (++taken === cut) break;
          }
        }
        found.push(...(await events(other.runs, run.run_id, found.at(-1)!.seq)));
        expect(found.map(({ seq }) => seq)).toEqual(found.map((_, index) => index + 1));
        expect(textOf(found)).toBe(words.join(''));
      }),
      { numRuns: 10 },
    );
  });

  it('lets a user have so many answers under way, and no more', async () => {
    const { start } = replica(async ({ signal }) => untilStopped(signal));
    for (let each = 0; each < 5; each += 1) await start();
    await expect(start()).rejects.toBeInstanceOf(TooManyRuns);
  });
});
