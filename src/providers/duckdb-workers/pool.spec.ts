import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { soonMs } from '../../../test/support/soon.js';
import { until } from '../../../test/support/until.js';
import { TaskCancelled, TaskDeadline, WorkerCrashed, WorkersBusy, WorkersClosed, WorkerStartFailed } from './errors.js';
import { WorkerPool, type WorkerPoolOptions } from './pool.js';

/** Runs until it is ended. */
const ENDLESS = 'SELECT count(*) AS n FROM range(1000000000000) t(i) WHERE i % 3 = 1';

/** Keeps this process from receiving anything. */
function blockFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('WorkerPool', () => {
  let scratchDirectory: string;
  let pool: WorkerPool;

  function open(options: Partial<WorkerPoolOptions> = {}): WorkerPool {
    return new WorkerPool({
      size: 2,
      warm: 1,
      queueLength: 4,
      limits: { memoryMegabytes: 256, threads: 1 },
      dataLimitMegabytes: 1500,
      scratchDirectory,
      idleMs: 60_000,
      prepare: ['query'],
      ...options,
    });
  }

  function query(engineSql: string) {
    const resultFile = join(scratchDirectory, `${Math.random()}.parquet`);
    return {
      workspaceId: 'w',
      engineSql,
      tables: [],
      parameters: [],
      maxRows: 10,
      maxResultBytes: 1e6,
      firstPageRows: 10,
      resultFile,
    };
  }

  /** Starts an endless query and waits until it runs. */
  async function endless(options: Parameters<WorkerPool['run']>[2] = {}) {
    const expected = pool.busy + 1;
    const outcome = pool.run('query', query(ENDLESS), options).then(
      () => undefined,
      (error: unknown) => error,
    );
    while (pool.busy < expected) await wait(10);
    return { outcome };
  }

  beforeEach(() => {
    scratchDirectory = mkdtempSync(join(tmpdir(), 'pool-'));
    pool = open();
  });

  afterEach(async () => {
    await pool.close();
    rmSync(scratchDirectory, { recursive: true, force: true });
  });

  it('reports what a task says is wrong', async () => {
    await expect(pool.run('query', query('SELECT nonsense'))).rejects.toMatchObject({
      name: 'TaskFault',
      code: 'engine',
    });
    expect(pool.crashed).toBe(0);
  });

  it('passes progress on', async () => {
    const seen: unknown[] = [];
    const controller = new AbortController();
    const { outcome } = await endless({ signal: controller.signal, onProgress: (progress) => seen.push(progress) });
    while (seen.length === 0) await wait(20);
    controller.abort();
    await outcome;
    expect(seen.every((fraction) => Number(fraction) >= 0 && Number(fraction) <= 1)).toBe(true);
  });

  it.each(['SIGSEGV', 'SIGABRT', 'SIGKILL'] as const)(
    'R26: a worker that dies of %s takes down its own task only',
    async (signal) => {
      const { outcome } = await endless();
      const [pid] = pool.pids;
      process.kill(pid!, signal);
      expect(await outcome).toBeInstanceOf(WorkerCrashed);
      expect((await pool.run('query', query('SELECT 1 AS a'))).rowCount).toBe(1);
      expect(pool.crashed).toBe(1);
      expect(pool.pids).not.toContain(pid);
    },
  );

  it('R31: ends a task at its deadline and goes on with the next one', async () => {
    const started = Date.now();
    const outcome = pool.run('query', query(ENDLESS), { deadlineMs: 300 });
    await expect(outcome).rejects.toBeInstanceOf(TaskDeadline);
    expect(Date.now() - started).toBeLessThan(300 + soonMs);
    expect((await pool.run('query', query('SELECT 1 AS a'))).rowCount).toBe(1);
  });

  it('R32: forgets a task that is cancelled while it waits', async () => {
    await pool.close();
    pool = open({ size: 1 });
    const first = new AbortController();
    const { outcome } = await endless({ signal: first.signal });
    const second = new AbortController();
    const waiting = pool.run('query', query('SELECT 1 AS a'), { signal: second.signal });
    expect(pool.queued).toBe(1);
    second.abort();
    await expect(waiting).rejects.toBeInstanceOf(TaskCancelled);
    expect(pool.queued).toBe(0);
    first.abort();
    expect(await outcome).toBeInstanceOf(TaskCancelled);
  });

  it('refuses what does not fit into the line', async () => {
    await pool.close();
    pool = open({ size: 1, queueLength: 1 });
    const controller = new AbortController();
    const { outcome } = await endless({ signal: controller.signal });
    const waiting = pool.run('query', query('SELECT 1 AS a'));
    await expect(pool.run('query', query('SELECT 2 AS a'))).rejects.toBeInstanceOf(WorkersBusy);
    controller.abort();
    await outcome;
    expect((await waiting).firstPage?.rowsJson).toBe('[[1]]');
  });

  it('R33: gives a worker nothing of the environment', async () => {
    process.env['CANARY_SECRET'] = 'canary-5f75a2ab';
    try {
      await pool.run('query', query('SELECT 1 AS a'));
      for (const pid of pool.pids)
        expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).not.toContain('canary-5f75a2ab');
    } finally {
      delete process.env['CANARY_SECRET'];
    }
  });

  it('puts a hard limit on the memory of a worker', async () => {
    await pool.run('query', query('SELECT 1 AS a'));
    const limits = readFileSync(`/proc/${pool.pids[0]}/limits`, 'utf8');
    expect(limits).toMatch(new RegExp(`Max data size +${1500 * 1024 * 1024} `));
    expect(limits).toMatch(/Max core file size +0 /);
  });

  it('keeps the warm workers and ends the others when they have nothing to do', async () => {
    await pool.close();
    pool = open({ warm: 1, idleMs: 300 });
    await Promise.all([1, 2].map((n) => pool.run('query', query(`SELECT ${n} AS a`))));
    while (pool.pids.length > 1) await wait(50);
    await wait(700);
    expect(pool.pids).toHaveLength(1);
  });

  it('replaces a worker that holds too much memory', async () => {
    await pool.close();
    pool = open({ size: 1, recycleMegabytes: 1 });
    await pool.run('query', query('SELECT 1 AS a'));
    const [before] = pool.pids;
    await pool.run('query', query('SELECT 2 AS a'));
    expect(pool.pids).not.toContain(before);
    expect(pool.crashed).toBe(0);
  });

  it('gives no task to a worker that is about to be replaced, also when its messages come all at once', async () => {
    await pool.close();
    pool = open({ size: 1, recycleMegabytes: 1 });
    await pool.run('query', query('SELECT 1 AS a'));
    for (let round = 0; round < 3; round++) {
      const tasks = [pool.run('query', query('SELECT 1 AS a')), pool.run('query', query('SELECT 2 AS a'))];
      while (pool.busy === 0) await wait(1);
      blockFor(200);
      await Promise.all(tasks);
    }
    expect([pool.completed, pool.crashed]).toEqual([7, 0]);
  });

  it('serves a workspace that may keep one busy again and again, also when messages come all at once', async () => {
    await pool.close();
    pool = open({ size: 2, perWorkspace: 1 });
    await pool.run('query', query('SELECT 1 AS a'));
    for (let round = 0; round < 3; round++) {
      const tasks = [1, 2, 3].map((n) => pool.run('query', query(`SELECT ${n} AS a`)));
      while (pool.busy === 0) await wait(1);
      blockFor(200);
      await Promise.all(tasks);
    }
    expect(pool.completed).toBe(10);
  });

  it('tells the caller when workers cannot start', async () => {
    await pool.close();
    pool = open({ dataLimitMegabytes: 1 });
    pool.start();
    await expect(pool.run('query', query('SELECT 1 AS a'))).rejects.toBeInstanceOf(WorkerStartFailed);
    await until(async () => pool.pids.length === 0);
  });

  (existsSync('/proc/self/task') ? it : it.skip)(
    'R8: lets a long task give way to others, and a fresh process take its place afterwards',
    async () => {
      const nice = (pid: number) =>
        readdirSync(`/proc/${pid}/task`).map((thread) =>
          Number(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1').split(') ')[1]!.split(' ')[16]),
        );
      const usual = getPriority();
      await pool.close();
      pool = open({ size: 1 });
      pool.start();
      await until(async () => pool.idle === 1);
      expect(new Set(nice(pool.pids[0]!))).toEqual(new Set([usual]));
      const controller = new AbortController();
      const { outcome } = await endless({ signal: controller.signal });
      const [pid] = pool.pids;
      while (nice(pid!).includes(usual)) await wait(50);
      controller.abort();
      await outcome;
      expect((await pool.run('query', query('SELECT 1 AS a'))).rowCount).toBe(1);
      expect(pool.pids).toEqual([pid]);
      while (pool.pids.includes(pid!) || pool.idle === 0) await wait(50);
      expect(new Set(nice(pool.pids[0]!))).toEqual(new Set([usual]));
      expect([pool.crashed, pool.killed]).toEqual([0, 0]);
    },
  );

  it('R8: leaves the last process to others while another one tidies up', async () => {
    await pool.close();
    pool = open({ size: 3, perWorkspace: 2, recycleMegabytes: 1, queueLength: 20 });
    const controller = new AbortController();
    const busy = await endless({ workspaceId: 'loud', signal: controller.signal });
    while (pool.idle === 0) await wait(10);
    const order: string[] = [];
    const run = (workspaceId: string) =>
      pool.run('query', query('SELECT 1 AS a'), { workspaceId }).then(() => order.push(workspaceId));
    const loud = Array.from({ length: 12 }, () => run('loud'));
    await loud[0];
    while (pool.idle === 0) await wait(1);
    const { queued } = pool;
    expect(queued).toBeGreaterThan(0);
    const quiet = run('quiet');
    expect(pool.queued).toBe(queued);
    await Promise.all([...loud, quiet]);
    expect(order.at(-1)).toBe('loud');
    expect(order).toHaveLength(13);
    controller.abort();
    await busy.outcome;
  });

  it('R8: holds a workspace to its processes, and its line apart from others’', async () => {
    await pool.close();
    pool = open({ size: 3, perWorkspace: 2, queueLength: 1 });
    const controller = new AbortController();
    const busy = [];
    for (let each = 0; each < 2; each += 1)
      busy.push(await endless({ workspaceId: 'loud', signal: controller.signal }));
    const waiting = [1, 2].map(() =>
      pool.run('query', query('SELECT 1 AS a'), { workspaceId: 'loud', signal: controller.signal }),
    );
    await expect(pool.run('query', query('SELECT 1 AS a'), { workspaceId: 'loud' })).rejects.toBeInstanceOf(
      WorkersBusy,
    );
    expect((await pool.run('query', query('SELECT 1 AS a'), { workspaceId: 'quiet' })).rowCount).toBe(1);
    expect(pool.queued).toBe(2);
    controller.abort();
    for (const each of waiting) await expect(each).rejects.toBeInstanceOf(TaskCancelled);
    for (const { outcome } of busy) expect(await outcome).toBeInstanceOf(TaskCancelled);
  });

  it('serves the workspace with the fewest running tasks first', async () => {
    await pool.close();
    pool = open({ size: 2 });
    const controller = new AbortController();
    const busy = await endless({ workspaceId: 'loud', signal: controller.signal });
    const second = new AbortController();
    const alsoBusy = await endless({ workspaceId: 'loud', signal: second.signal });
    const order: string[] = [];
    const tasks = ['loud', 'quiet'].map((workspaceId) =>
      pool.run('query', query('SELECT 1 AS a'), { workspaceId }).then(() => order.push(workspaceId)),
    );
    second.abort();
    await Promise.all([...tasks, alsoBusy.outcome]);
    expect(order).toEqual(['quiet', 'loud']);
    controller.abort();
    await busy.outcome;
  });

  it('ends everything and leaves no folder when it is closed', async () => {
    const { outcome } = await endless();
    const pids = pool.pids;
    await pool.close();
    expect(await outcome).toBeInstanceOf(WorkersClosed);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(readdirSync(scratchDirectory).filter((name) => name.startsWith('worker-'))).toEqual([]);
    await expect(pool.run('query', query('SELECT 1 AS a'))).rejects.toBeInstanceOf(WorkersClosed);
  });
});

describe('a worker process', () => {
  /** A process that has died but was not yet collected by its new parent does not run. */
  function runs(pid: number): boolean {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'latin1') : '';
    return /^[^)]*\) [^ZX]/.test(stat);
  }

  it('R26: never outlives the service, even when that is killed', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'orphan-'));
    const script = join(scratch, 'service.mjs');
    const module = join(__dirname, '../../../dist/providers/duckdb-workers/pool.js');
    writeFileSync(
      script,
      `import { WorkerPool } from ${JSON.stringify(module)};
       const pool = new WorkerPool({ size: 1, warm: 1, queueLength: 1, limits: { memoryMegabytes: 256, threads: 1 },
         dataLimitMegabytes: 1500, scratchDirectory: ${JSON.stringify(scratch)}, idleMs: 60000, prepare: [] });
       pool.run('query', { workspaceId: 'w', engineSql: ${JSON.stringify(ENDLESS)}, tables: [], parameters: [], maxRows: 1, maxResultBytes: 1e6,
         firstPageRows: 0, resultFile: ${JSON.stringify(join(scratch, 'r.parquet'))} }).catch(() => {});
       const told = setInterval(() => pool.busy === 1 && pool.pids[0] && (clearInterval(told), console.log(pool.pids[0])), 50);`,
    );
    const service = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const worker = Number(await new Promise<Buffer>((resolve) => service.stdout.once('data', resolve)));
    expect(runs(worker)).toBe(true);
    service.kill('SIGKILL');
    await until(async () => !runs(worker));
    rmSync(scratch, { recursive: true, force: true });
  });
});
