import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newAnalysis } from '../../../test/support/new-analysis.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import type { Config } from '../../config/config.js';
import type { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { SystemClock } from '../../providers/clock/system.clock.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { SqliteItemStore } from '../../providers/item-store/sqlite/sqlite.item-store.js';
import type { PurgeJob } from '../workspaces/purge.job.js';
import { AnalysisEvents } from './analysis-events.js';
import { analysisEventTable } from './analysis-request.js';
import { AnalysisRepository } from './analysis.repository.js';
import { claim, fail } from './domain/progress.js';
import { AnalysisNotFound } from './errors.js';

describe('AnalysisEvents', () => {
  const createFolder = temporaryFolders();
  const clock = new SystemClock();
  const purge = { alsoRemove: () => undefined } as unknown as PurgeJob;
  const { signal } = new AbortController();
  let database: SqliteDatabase;
  let items: SqliteItemStore;
  let analyses: AnalysisRepository;
  /** Of two processes. */
  let events: AnalysisEvents[];

  beforeEach(async () => {
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    items = new SqliteItemStore(database, clock);
    analyses = new AnalysisRepository(items, clock, purge, { analysisDays: 1 } as Config);
    events = [1, 2].map(() => new AnalysisEvents(analyses, { signal } as Lifecycle));
  });
  afterEach(() => database.close());

  const begin = () =>
    analyses.insert(newAnalysis(), { type: 'analysis.queued', from_step: 'chunking', method: 'extractive' });
  const follow = async (process: AnalysisEvents, after = 0) => {
    const types: string[] = [];
    for await (const { event } of process.follow({ workspaceId: 'w' }, 'ana_1', after, signal)) types.push(event);
    return types;
  };

  it('come in every process until the analysis has ended, from any one on', async () => {
    const item = await begin();
    const followed = [...events.map((each) => follow(each)), follow(events[0]!, 1)];
    const claimed = (await analyses.change(item, claim(item, 'a', 'job')))!;
    events[0]!.announce(item.request);
    await analyses.change(claimed, fail(claimed, { message: 'Failed', problem: {} }, clock.now().toISOString()));
    const [here, elsewhere, later] = await Promise.all(followed);
    const all = ['analysis.queued', 'analysis.started', 'analysis.step.failed', 'analysis.finished'];
    expect([here, elsewhere, later]).toEqual([all, all, all.slice(1)]);
  });

  it('end with an analysis that is deleted, and are not looked for once they have expired', async () => {
    await expect(follow(events[0]!)).rejects.toThrow(AnalysisNotFound);
    const item = await begin();
    const following = follow(events[0]!);
    const ended = (await analyses.change(item, fail(item, { message: 'No', problem: {} }, item.created_at)))!;
    expect(await following).toHaveLength(3);
    for (const seq of [1, 2, 3]) await items.delete(analysisEventTable, { request: item.request, seq });
    expect(await follow(events[0]!)).toEqual([]);
    const open = { ...newAnalysis(), request: 'w#ana_2', request_id: 'ana_2' };
    await analyses.insert(open, { type: 'analysis.queued', from_step: 'chunking', method: 'extractive' });
    const stream = events[1]!.follow({ workspaceId: 'w' }, 'ana_2', 0, signal);
    expect((await stream.next()).value).toMatchObject({ id: 1 });
    const next = stream.next();
    expect(await analyses.remove((await analyses.find('w', 'ana_2'))!)).toBe(true);
    expect((await next).done).toBe(true);
    expect(await analyses.remove(ended)).toBe(true);
    expect(await analyses.total('w', undefined)).toBe(0);
  });
});
