// Goes on with the analyses that an earlier run has left, then does one more and kills itself at a given point of it:
// before any write, or in the middle of a step. Points that are alike count once. Without one it ends when all have ended.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { steps } from '../../../dist/interviews/analysis.js';
import { ExtractiveStages } from '../../../dist/modules/analysis/extractive-stages.js';
import { AnalysisEvents } from '../../../dist/modules/analysis-tracking/analysis-events.js';
import { AnalysisPipeline } from '../../../dist/modules/analysis-tracking/analysis-pipeline.js';
import { analysisKey, folderOf, workspaceStatus } from '../../../dist/modules/analysis-tracking/analysis-request.js';
import { AnalysisRepository } from '../../../dist/modules/analysis-tracking/analysis.repository.js';
import { AnalysisWatch } from '../../../dist/modules/analysis-tracking/analysis-watch.js';
import { AnalysisJob } from '../../../dist/modules/analysis-tracking/analysis.job.js';
import { newSteps } from '../../../dist/modules/analysis-tracking/domain/progress.js';
import { newId } from '../../../dist/platform/ids.js';
import { SystemClock } from '../../../dist/providers/clock/system.clock.js';
import { SqliteDatabase } from '../../../dist/providers/database/sqlite/sqlite.database.js';
import { SqliteItemStore } from '../../../dist/providers/item-store/sqlite/sqlite.item-store.js';
import { RowsJobQueue } from '../../../dist/providers/job-queue/rows/rows.job-queue.js';
import { LocalFilesObjectStore } from '../../../dist/providers/object-store/local-files/local-files.object-store.js';

const [folder, killAt] = process.argv.slice(2);
const say = (text) => writeSync(1, `${text}\n`);
let armed = false;
const passed = new Set();

/** A moment at which the process may die. */
function point(name) {
  if (!armed) return;
  if (passed.has(name)) return;
  passed.add(name);
  if (passed.size !== Number(killAt)) return;
  say(`killed at ${name}`);
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

/** Calls the method with a point before it, which is also the one after whatever was written before. */
function before(object, method, nameOf) {
  const real = object[method].bind(object);
  object[method] = (...given) => {
    point(nameOf(...given));
    return real(...given);
  };
}

const logger = pino({ level: 'silent' });
const clock = new SystemClock();
const config = { analysisDays: 1, analysisStuckMinutes: 15, analysisWorkers: 1 };
const database = await SqliteDatabase.open(join(folder, 'analyses.db'));
await database.migrate();
const store = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
const items = new SqliteItemStore(database, clock);
const queue = new RowsJobQueue(database, clock, { logger, pollMs: 20, backoff: { baseMs: 1, maxMs: 20 } });
const analyses = new AnalysisRepository(items, clock, { alsoRemove: () => undefined }, config);
const metrics = { counter: () => ({ inc: () => undefined }) };
const watch = new AnalysisWatch(queue, analyses, store, clock, config, metrics, logger);
const events = new AnalysisEvents(analyses, { signal: new AbortController().signal });

const transcript = { format: 'txt', text: 'We waited for it.', turns: [{ start: 0, end: 17 }] };
const analyst = {
  async read(_, number) {
    point('reading');
    const interview = { interview: number, name: 'a.txt', speakers: [] };
    return { transcript, interview, chunks: [1, 2, 3].map((nth) => ({ interview: number, text: `part ${nth}` })) };
  },
};
const extractive = new ExtractiveStages(analyst, store);
const usage = { input_tokens: 10, output_tokens: 1, cost_usd: 0.5 };
const stages = {
  async run(step, done, context) {
    point(`begin of ${step}`);
    if (step === 'chunking') return extractive.chunking(done, context);
    if (step !== 'inferring') return { output: { [of[step]]: [step] }, message: step, usage };
    const meanings = [];
    for (const { text } of done.chunking.chunks) {
      const paid = async () => {
        say(`paid ${text} of ${context.transcriptKey(1)}`);
        point('answer of a model');
        return `meaning of ${text}`;
      };
      meanings.push(await context.part(text, paid));
      await context.report(text, 0.5);
    }
    return { output: { meanings }, message: 'inferred', usage };
  },
};
const of = { relating: 'patterns', explaining: 'insights', activating: 'principles' };
const caller = { userId: 'ada', workspaceId: 'w', permissions: new Set(['analysis:write']) };
new AnalysisJob(
  queue,
  analyses,
  events,
  new AnalysisPipeline(stages, store, clock),
  { recall: async () => caller },
  { hold: () => () => undefined },
  clock,
  logger,
  config,
).onModuleInit();

async function accept() {
  const [requestId, now] = [newId('ana'), clock.now()];
  const key = `${folderOf({ workspace_id: 'w', request_id: requestId })}sources/1`;
  await store.put(key, Buffer.from('We waited for it.'));
  const source = { name: 'a.txt', research_data: 'file:a.txt', key, bytes: 17, sha256: 'x' };
  const item = {
    request: analysisKey('w', requestId),
    request_id: requestId,
    workspace_id: 'w',
    user_id: 'ada',
    title: 'A',
    method: 'extractive',
    research_data: 'file:a.txt',
    sources: [source],
    steps: newSteps(),
    overall_status: 'pending',
    workspace_status: workspaceStatus('w', 'pending'),
    created: `${now.toISOString()}#${requestId}`,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    caller: '{}',
    revision: 0,
    round: 1,
    watched: 'open',
    due_at: now.getTime(),
    expires: analyses.expiry(now).expires,
  };
  await analyses.insert(item, { type: 'analysis.queued', from_step: steps[0], method: 'extractive' });
  say(`accepted ${requestId}`);
  await watch.enqueue(item);
}

/** What the watch does from time to time. */
async function untilAllEnded() {
  const open = () => analyses.due('open', Number.MAX_SAFE_INTEGER, 100);
  for (let left = await open(); left.length > 0; left = await open()) {
    for (const item of left) await watch.enqueue(item);
    await delay(10);
  }
}

await queue.start();
await untilAllEnded();
before(store, 'put', (key) => `put ${key.split('/').at(-2)} ${/[a-z]+/.exec(key.split('/').at(-1))}`);
before(items, 'transact', (writes) => {
  const { type, text } = writes.findLast(({ item }) => item?.text)?.item ?? { type: 'claim', text: '{}' };
  return `transact ${type} ${JSON.parse(text).step ?? ''}`;
});
before(queue, 'enqueue', () => 'enqueue');
armed = killAt !== undefined;
if (armed) await accept();
await untilAllEnded();
say('all ended');
await queue.stop(1000);
await database.close();
