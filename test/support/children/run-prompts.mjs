// Accepts and answers prompt requests until it is killed, or, when told to drain, until every request has ended.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { PromptWatch } from '../../../dist/modules/prompts/prompt-watch.js';
import { PromptJob } from '../../../dist/modules/prompts/prompt.job.js';
import { promptKey } from '../../../dist/modules/prompts/prompt.js';
import { ownerStatus, PromptsRepository } from '../../../dist/modules/prompts/prompts.repository.js';
import { newId } from '../../../dist/platform/ids.js';
import { problem } from '../../../dist/platform/errors/problem.js';
import { SystemClock } from '../../../dist/providers/clock/system.clock.js';
import { SqliteDatabase } from '../../../dist/providers/database/sqlite/sqlite.database.js';
import { SqliteItemStore } from '../../../dist/providers/item-store/sqlite/sqlite.item-store.js';
import { RowsJobQueue } from '../../../dist/providers/job-queue/rows/rows.job-queue.js';

const [folder, mode] = process.argv.slice(2);
class Refused extends problem({ slug: 'refused', title: 'Refused', status: 409, help: 'Ask nicely.' }) {}

const logger = pino({ level: 'silent' });
const clock = new SystemClock();
const database = await SqliteDatabase.open(join(folder, 'prompts.db'));
await database.migrate();
const items = new SqliteItemStore(database, clock);
const queue = new RowsJobQueue(database, clock, { logger, pollMs: 20, backoff: { baseMs: 1, maxMs: 20 } });
const prompts = new PromptsRepository(items, clock, { alsoRemove: () => undefined });
const watch = new PromptWatch(queue, prompts, clock, logger);
const say = (text) => writeSync(1, `${text}\n`);

/** Each attempt gives another answer, so that it shows which one was kept. */
const answers = {
  async answer({ runId, question, emit }) {
    say(`begun ${runId}`);
    await emit({ type: 'step.started', name: 'plan' });
    await delay(Math.random() * 8);
    if (question === 'refuse') throw new Refused('This one is refused.');
    if (Math.random() < 0.1) throw new Error('flaky');
    const content = newId('answer');
    const queries = [{ query_id: content, sql: `select '${content}'` }];
    say(`answered ${runId}`);
    return { kind: 'answer', answer: { content, provenance: { queries } } };
  },
};
const caller = { userId: 'ada', workspaceId: 'w', permissions: new Set(['chat:use', 'queries:run']) };
const job = new PromptJob(
  queue,
  prompts,
  answers,
  { recall: async () => caller },
  { hold: () => () => undefined },
  logger,
);
job.onModuleInit();

async function accept() {
  const requestId = newId('prompt');
  const [owner, now] = ['w#ada', clock.now()];
  const item = {
    request: promptKey('w', requestId),
    request_id: requestId,
    workspace_id: 'w',
    user_id: 'ada',
    human_prompt: Math.random() < 0.2 ? 'refuse' : 'answer',
    status: 'PENDING',
    owner,
    owner_status: ownerStatus(owner, 'PENDING'),
    created: `${now.toISOString()}#${requestId}`,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    caller: '{}',
    open: 'open',
    due_at: now.getTime(),
  };
  await prompts.insert(item);
  say(`stored ${requestId}`);
  await watch.enqueue(item);
  say(`accepted ${requestId}`);
}

async function acceptForEver() {
  for (;;) {
    await accept();
    await delay(Math.random() * 10);
  }
}

/** What the watch does from time to time, and later. */
async function untilAllEnded() {
  const open = () => prompts.due(Number.MAX_SAFE_INTEGER, 100);
  for (let left = await open(); left.length > 0; left = await open()) {
    for (const item of left) await watch.enqueue(item);
    await delay(30);
  }
  // One that ended between the look and its turn has got another job, which has nothing to do.
  const waiting = () =>
    database.tables().selectFrom('jobs').select('job_id').where('state', 'in', ['queued', 'running']).execute();
  while ((await waiting()).length > 0) await delay(10);
  await queue.stop(1000);
  await database.close();
}

await queue.start();
await (mode === 'work' ? acceptForEver() : untilAllEnded());
