import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { problem } from '../../src/platform/errors/problem.js';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import type { JobContext, JobState } from '../../src/providers/job-queue/job-queue.js';
import type { RowsJobQueue } from '../../src/providers/job-queue/rows/rows.job-queue.js';
import { createQuickQueue } from '../support/quick-queue.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { until } from '../support/until.js';

class Refused extends problem({ slug: 'model-refused', title: 'Refused', status: 409, help: 'Ask nicely.' }) {}

const maxAttempts = 2;

/** What a person would expect of one job. */
interface ModelJob {
  state: Exclude<JobState, 'queued'>;
  attempts: number;
  readonly events: string[];
}

type Model = ModelJob[];

/** The queue, with the runs that wait to be told how they end. */
interface Real {
  readonly queue: RowsJobQueue;
  readonly ids: string[];
  readonly runs: Map<string, { context: JobContext<unknown>; end(how: Ending): void }>;
}

type Ending = 'return' | 'complete' | 'error' | 'problem';

/** One action on the job with the number, and its effect by the book. Every job is running or ended between two actions. */
class Action implements fc.AsyncCommand<Model, Real> {
  constructor(
    private readonly name: string,
    private readonly number: number,
    private readonly expected: (job: ModelJob) => void,
    private readonly perform: (real: Real, jobId: string) => Promise<unknown>,
  ) {}

  check = (model: Readonly<Model>) => model.length > 0;

  async run(model: Model, real: Real): Promise<void> {
    const index = this.number % model.length;
    const [job, jobId] = [model[index]!, real.ids[index]!];
    this.expected(job);
    await this.perform(real, jobId);
    await agree(real, jobId, job);
  }

  toString = () => `${this.name}(${this.number})`;
}

class Enqueue implements fc.AsyncCommand<Model, Real> {
  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    const job = await real.queue.enqueue({ kind: 'model', workspaceId: 'w', payload: null });
    model.push({ state: 'running', attempts: 1, events: ['queued', 'started'] });
    real.ids.push(job.job_id);
    await agree(real, job.job_id, model.at(-1)!);
  }

  toString = () => 'enqueue';
}

const start = (job: ModelJob) => {
  job.state = 'running';
  job.attempts += 1;
  job.events.push('started');
};
const close = (job: ModelJob, state: 'succeeded' | 'failed' | 'cancelled') => {
  job.state = state;
  job.events.push(state);
};

const expectations: Readonly<Record<Ending | 'cancel' | 'retry', (job: ModelJob) => void>> = {
  return: (job) => job.state === 'running' && close(job, 'succeeded'),
  complete: (job) => job.state === 'running' && close(job, 'succeeded'),
  problem: (job) => job.state === 'running' && close(job, 'failed'),
  error: (job) => {
    if (job.state !== 'running') return;
    if (job.attempts === maxAttempts) return close(job, 'failed');
    job.events.push('retrying');
    start(job);
  },
  cancel: (job) => job.state === 'running' && close(job, 'cancelled'),
  retry: (job) => {
    if (job.state !== 'failed' && job.state !== 'cancelled') return;
    job.attempts = 0;
    job.events.push('queued');
    start(job);
  },
};

function action(name: keyof typeof expectations): fc.Arbitrary<Action> {
  const perform = (real: Real, jobId: string): Promise<unknown> => {
    if (name === 'cancel') return real.queue.cancel('w', jobId);
    if (name === 'retry') return real.queue.retry('w', jobId);
    real.runs.get(jobId)?.end(name);
    return Promise.resolve();
  };
  return fc.nat(9).map((number) => new Action(name, number, expectations[name], perform));
}

/** The queue comes to say what the model says, and its history is the model's. */
async function agree(real: Real, jobId: string, expected: ModelJob): Promise<void> {
  await until(async () => {
    const job = await real.queue.get('w', jobId);
    const running = real.runs.get(jobId)?.context.job.attempts;
    const ready = running === (expected.state === 'running' ? expected.attempts : undefined);
    return ready && job?.state === expected.state && job.attempts === expected.attempts;
  });
  const types: string[] = [];
  const enough = new AbortController();
  for await (const event of real.queue.events('w', jobId, 0, enough.signal)) {
    expect(event.seq).toBe(types.push(event.type));
    if (types.length === expected.events.length) enough.abort();
  }
  expect(types).toEqual(expected.events);
}

describe('the job queue against a model', () => {
  const createFolder = temporaryFolders();
  let database: SqliteDatabase;
  let real: Real;

  beforeAll(async () => {
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    const queue = createQuickQueue(database, undefined, { backoff: { baseMs: 0, maxMs: 0 } });
    real = { queue, ids: [], runs: new Map() };
    queue.handle({ kind: 'model', concurrency: 1000, maxAttempts, run: (context) => waitForTheEnd(real, context) });
    await queue.start();
  });
  afterAll(async () => {
    await real.queue.stop(0);
    await database.close();
  });

  it('R45: takes only legal steps, whatever people and runs do in whatever order', async () => {
    const names = Object.keys(expectations) as (keyof typeof expectations)[];
    const commands = fc.commands([fc.constant(new Enqueue()), ...names.map(action)], { maxCommands: 25 });
    await fc.assert(
      fc.asyncProperty(commands, async (run) => {
        real.ids.length = 0;
        await fc.asyncModelRun(() => ({ model: [], real }), run);
      }),
      { numRuns: 30 },
    );
  });
});

async function waitForTheEnd(real: Real, context: JobContext<unknown>): Promise<void> {
  const { job, signal } = context;
  try {
    const how = await new Promise<Ending>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      real.runs.set(job.job_id, { context, end: resolve });
    });
    if (how === 'complete') await context.complete(async () => undefined);
    if (how === 'error') throw new Error('as told');
    if (how === 'problem') throw new Refused('As told.');
  } finally {
    real.runs.delete(job.job_id);
  }
}
