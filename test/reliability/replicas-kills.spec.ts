import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { expectWhole, readHistories } from '../support/job-histories.js';
import { numberOfKills, runChild } from '../support/kills.js';
import { describePostgres } from '../support/postgres/describe-postgres.js';
import { openPostgres } from '../support/postgres/open-postgres.js';
import { until } from '../support/until.js';

/** The lease of `run-jobs.mjs` on a shared database. */
const leaseMs = 1000;

/** A process that accepts and runs jobs beside others. */
class Worker {
  /** Ids of jobs that it said it had accepted. */
  output = '';
  errors = '';
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;

  constructor(url: string) {
    const program = join(process.cwd(), 'test/support/children/run-jobs.mjs');
    this.child = spawn(process.execPath, [program, url, 'work'], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.closed = once(this.child, 'close');
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
  }

  get accepted(): readonly string[] {
    return this.output.split('\n').slice(0, -1);
  }

  async working(): Promise<void> {
    const before = this.accepted.length;
    const died = this.closed.then(() => Promise.reject(new Error(`The worker died by itself: ${this.errors}`)));
    await Promise.race([died, until(async () => this.accepted.length > before + 3)]);
  }

  /** Longer than its lease, and on. */
  async pause(): Promise<void> {
    this.child.kill('SIGSTOP');
    await delay(leaseMs + 500);
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }
}

describePostgres('jobs of replicas that are killed and paused', (server) => {
  const workers: Worker[] = [];
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill();
  });

  it('R42 R43 R44: each ends in exactly one way, and its effects happen exactly once', async () => {
    const url = await server().createDatabase();
    const first = await openPostgres(url);
    await first.migrate();
    await first.close();
    const acknowledged: string[] = [];
    const start = (): Worker => {
      const worker = new Worker(url);
      workers.push(worker);
      return worker;
    };
    const end = async (worker: Worker) => {
      await worker.kill();
      expect(worker.errors).toBe('');
      acknowledged.push(...worker.accepted);
      workers.splice(workers.indexOf(worker), 1);
    };

    start();
    start();
    for (let kill = 0; kill < numberOfKills(5); kill += 1) {
      const victim = workers[0]!;
      await victim.working();
      await delay(Math.random() * 50);
      if (kill % 2 === 0) await victim.pause();
      else {
        await end(victim);
        start();
      }
    }
    while (workers.length > 0) await end(workers[0]!);
    expect(await runChild('run-jobs.mjs', [url, 'drain'])).toMatchObject({ exitCode: 0, errors: '' });

    const database = await openPostgres(url);
    try {
      expectWhole(await readHistories(database), acknowledged);
    } finally {
      await database.close();
    }
  });
});
