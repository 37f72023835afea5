// Accepts and runs jobs until it is killed, or, when told to drain, until every job has ended. Its database is a file in a
// folder, or that of a PostgreSQL server, which others of its kind share.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { migrations } from '../../../dist/migrations/migrations.js';
import { problem } from '../../../dist/platform/errors/problem.js';
import { SystemClock } from '../../../dist/providers/clock/system.clock.js';
import { parseConnectionUrl } from '../../../dist/providers/database/postgres/connection-url.js';
import { PostgresDatabase } from '../../../dist/providers/database/postgres/postgres.database.js';
import { SqliteDatabase } from '../../../dist/providers/database/sqlite/sqlite.database.js';
import { PgBossJobQueue } from '../../../dist/providers/job-queue/pg-boss/pg-boss.job-queue.js';
import { RowsJobQueue } from '../../../dist/providers/job-queue/rows/rows.job-queue.js';

const [place, mode] = process.argv.slice(2);
const isShared = place.startsWith('postgres://');
class Refused extends problem({ slug: 'refused', title: 'Refused', status: 409, help: 'Ask nicely.' }) {}

const logger = pino({ level: 'silent' });
const connection = isShared && { ...parseConnectionUrl(place), size: 5, logger };
/** A migration, since processes that start together would create the tables at the same time. */
const tables = {
  name: '9999_orders',
  up: async ({ schema }) => {
    await schema.createTable('orders').addColumn('job_id', 'text').execute();
    await schema.createTable('effects').addColumn('job_id', 'text').addColumn('what', 'text').execute();
  },
};
const steps = [...migrations, tables];
const database = isShared
  ? await PostgresDatabase.open(connection, steps)
  : await SqliteDatabase.open(join(place, 'jobs.db'), { migrations: steps });
await database.migrate();

const options = { logger, pollMs: 20, backoff: { baseMs: 1, maxMs: 20 } };
const queue = isShared
  ? await PgBossJobQueue.open(database, connection, new SystemClock(), { ...options, leaseMs: 1000, renewMs: 200 })
  : new RowsJobQueue(database, new SystemClock(), options);
const addEffect = (job, what) => (transaction) =>
  transaction.tables().insertInto('effects').values({ job_id: job.job_id, what }).execute();
const stepsDone = async (transaction, job) => {
  const rows = await transaction.tables().selectFrom('effects').selectAll().where('job_id', '=', job.job_id).execute();
  return rows.length;
};

/** Two steps, each once, then the end; now and then it fails, for a while or for good. */
async function work(context) {
  const { job } = context;
  for (let step = 0; step < 2; step += 1) {
    await context.transaction(async (transaction) => {
      if ((await stepsDone(transaction, job)) === step) await addEffect(job, `step ${step}`)(transaction);
    });
    context.report({ step });
    await delay(Math.random() * 8, undefined, { signal: context.signal });
    if (Math.random() < 0.1) throw new Error('flaky');
  }
  if (job.payload.refused) throw new Refused('This one is refused.');
  await context.complete(addEffect(job, 'completed'));
}

queue.handle({
  kind: 'steps',
  concurrency: 4,
  maxAttempts: 1_000_000,
  run: work,
  ended: (job, transaction) => addEffect(job, job.state)(transaction),
});
queue.handle({
  kind: 'deadly',
  concurrency: 1,
  maxAttempts: 3,
  run: async () => process.kill(process.pid, 'SIGKILL'),
  ended: (job, transaction) => addEffect(job, job.state)(transaction),
});

/** The order and its job are accepted together or not at all. */
async function accept(kind, payload) {
  const job = await database.transaction(async (transaction) => {
    const accepted = await queue.enqueue({ kind, workspaceId: 'w', payload }, transaction);
    await transaction.tables().insertInto('orders').values({ job_id: accepted.job_id }).execute();
    return accepted;
  });
  writeSync(1, `${job.job_id}\n`);
  return job;
}

async function acceptForEver() {
  for (;;) {
    const job = await accept('steps', { refused: Math.random() < 0.2 });
    if (Math.random() < 0.2) await queue.cancel('w', job.job_id);
    await delay(Math.random() * 10);
  }
}

async function untilAllEnded() {
  const active = () =>
    database.tables().selectFrom('jobs').select('job_id').where('state', 'in', ['queued', 'running']).execute();
  while ((await active()).length > 0) await delay(20);
  await queue.stop(1000);
  if (isShared) await queue.close();
  await database.close();
}

if (mode === 'deadly') await Promise.all([accept('steps', {}), accept('deadly', {}), accept('steps', {})]);
await queue.start();
await (mode === 'work' ? acceptForEver() : untilAllEnded());
