import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createQuickQueue } from '../../../test/support/quick-queue.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { until } from '../../../test/support/until.js';
import type { Config } from '../../config/config.js';
import type { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { SystemClock } from '../../providers/clock/system.clock.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { SqliteItemStore } from '../../providers/item-store/sqlite/sqlite.item-store.js';
import { LocalFilesObjectStore } from '../../providers/object-store/local-files/local-files.object-store.js';
import type { AccessHolds } from '../access/access-holds.js';
import type { AnalysisStages } from '../analysis/analysis-stages.js';
import type { StageContext, StageResult } from '../analysis/stage.js';
import type { Step } from '../../interviews/analysis.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { PurgeJob } from '../workspaces/purge.job.js';
import { AnalysisEvents } from './analysis-events.js';
import { AnalysisPipeline } from './analysis-pipeline.js';
import type { AnalysisRequest } from './analysis-request.js';
import { AnalysisJob } from './analysis.job.js';
import { AnalysisRepository } from './analysis.repository.js';
import { analysisJobKind } from './analysis-watch.js';
import { claim } from './domain/progress.js';
import { newAnalysis } from '../../../test/support/new-analysis.js';

const logger = pino({ level: 'silent' });
const config = { analysisDays: 1, analysisWorkers: 1 } as Config;

type Stage = (step: Step, context: StageContext) => Promise<unknown>;

describe('AnalysisJob', () => {
  const createFolder = temporaryFolders();
  const clock = new SystemClock();
  let database: SqliteDatabase;
  let store: LocalFilesObjectStore;
  let analyses: AnalysisRepository;

  beforeEach(async () => {
    const folder = createFolder();
    database = await SqliteDatabase.open(join(folder, 'tabletalk.db'));
    await database.migrate();
    store = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
    const purge = { alsoRemove: () => undefined } as unknown as PurgeJob;
    analyses = new AnalysisRepository(new SqliteItemStore(database, clock), clock, purge, config);
    const event = { type: 'analysis.queued', from_step: 'chunking', method: 'extractive' } as const;
    await analyses.insert(newAnalysis(), event);
  });
  afterEach(() => database.close());

  const found = async () => (await analyses.find('w', 'ana_1'))!;
  /** A process of the service with its own way to do a step. */
  const replica = (stage: Stage) => {
    const queue = createQuickQueue(database);
    const run = async (step: Step, _: unknown, context: StageContext) => {
      const output = (await stage(step, context)) ?? {};
      return { output, message: `Done with ${step}`, usage: null } as StageResult<Step>;
    };
    const caller = { permissions: new Set(['analysis:write']) };
    new AnalysisJob(
      queue,
      analyses,
      new AnalysisEvents(analyses, { signal: new AbortController().signal } as Lifecycle),
      new AnalysisPipeline({ run } as unknown as AnalysisStages, store, clock),
      { recall: async () => caller } as unknown as Authenticator,
      { hold: () => () => undefined } as unknown as AccessHolds,
      clock,
      logger,
      config,
    ).onModuleInit();
    return queue;
  };
  const enqueue = (queue: ReturnType<typeof replica>) =>
    queue.enqueue({ kind: analysisJobKind, workspaceId: 'w', payload: { request_id: 'ana_1', round: 1 } });
  const ended = () =>
    until(async () => {
      const item = await found();
      return ['completed', 'failed'].includes(item.overall_status) && item;
    });

  it('R43: a worker that was paused beyond its lease changes nothing when it goes on', async () => {
    let goOn = () => undefined as void;
    let tooLate = false;
    const paused = replica(async (step) => {
      if (step !== 'inferring') return;
      await new Promise<void>((resolve) => (goOn = resolve));
      tooLate = true;
    });
    await enqueue(paused);
    await paused.start();
    const held = await until(async () => {
      const item = await found();
      return item.steps.inferring.status === 'processing' && item;
    });
    // The other one takes over as if the lease had ended.
    const taken = (await analyses.change(held, claim(held, 'try_other', 'job_2'))) as AnalysisRequest;
    goOn();
    await until(async () => tooLate);
    await paused.stop(1000);
    expect(await found()).toEqual(taken);
  });

  it('R46: tries again after a fault, says so, and gives up after some', async () => {
    let tried = 0;
    const queue = replica(async (step) => {
      if (step !== 'relating') return;
      tried += 1;
      throw new Error('Always.');
    });
    await enqueue(queue);
    await queue.start();
    const item = await ended();
    await queue.stop(1000);
    expect(tried).toBe(5);
    expect(item.steps.relating.message).toMatch(/^The step relating failed: The request could not be completed/);
    expect(JSON.parse(item.error!)).toMatchObject({ type: '/problems/internal-error' });
    const types = (await analyses.events(item.request, 0, 100)).map(({ type }) => type);
    expect(types.filter((type) => type === 'analysis.step.retrying')).toHaveLength(4);
    expect(types.filter((type) => type === 'analysis.finished')).toHaveLength(1);
  });

  it('is done with an analysis that has ended, and with one that was begun anew since', async () => {
    let done = 0;
    const queue = replica(async () => (done += 1));
    await queue.start();
    for (const round of [1, 1, 0]) {
      const payload = { request_id: 'ana_1', round };
      const job = await queue.enqueue({ kind: analysisJobKind, workspaceId: 'w', payload });
      await until(async () => (await queue.get('w', job.job_id))?.state === 'succeeded');
    }
    await queue.stop(1000);
    expect([done, (await found()).overall_status]).toEqual([5, 'completed']);
  });

  it('ends with its job', async () => {
    let begun = false;
    const queue = replica(async (_, { signal }) => {
      begun = true;
      await new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    });
    const job = await enqueue(queue);
    await queue.start();
    await until(async () => begun);
    await queue.cancel('w', job.job_id);
    expect(JSON.parse((await ended()).error!)).toMatchObject({ type: '/problems/analysis-cancelled' });
    await queue.stop(1000);
  });
});
