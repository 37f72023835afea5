import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import {
  type AnalysisEventItem,
  analysisEventTable,
  type AnalysisRequest,
  analysisTable,
} from '../../src/modules/analysis-tracking/analysis-request.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { SqliteItemStore } from '../../src/providers/item-store/sqlite/sqlite.item-store.js';
import type { JobTables } from '../../src/providers/job-queue/rows/job-tables.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { runChild } from '../support/kills.js';
import { temporaryFolders } from '../support/temporary-folder.js';

interface Ended {
  readonly item: AnalysisRequest;
  readonly events: readonly AnalysisEventItem[];
  readonly result: object;
}

/** Every analysis with its events and its result, and the states of the jobs. */
async function read(folder: string) {
  const database = await SqliteDatabase.open(join(folder, 'analyses.db'));
  try {
    const items = new SqliteItemStore(database, new SystemClock());
    const objects = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
    const { items: requests } = await items.query(analysisTable, { index: 'by_workspace', partition: 'w', limit: 100 });
    const ended = requests.map(async (item): Promise<Ended> => {
      const { items: events } = await items.query(analysisEventTable, { partition: item.request, limit: 100 });
      return { item, events, result: (await json(await objects.get(item.result!))) as object };
    });
    const jobs = await database.tables<JobTables>().selectFrom('jobs').select(['state', 'attempts']).execute();
    return { analyses: await Promise.all(ended), jobs };
  } finally {
    await database.close();
  }
}

describe('analyses under kill -9', () => {
  const createFolder = temporaryFolders();

  it('R42 R44: killed before every kind of write and in every step, each ends once, as one that was never killed', async () => {
    const folder = createFolder();
    const points: string[] = [];
    const lines: string[] = [];
    // Each run goes on with what the one before has left, and dies one moment later in an analysis of its own.
    for (let killAt = 1, died = true; died; killAt += 1) {
      const run = await runChild('run-analyses.mjs', [folder, String(killAt)]);
      expect(run.errors).toBe('');
      lines.push(...run.lines);
      const [point] = run.lines.flatMap((line) => /^killed at (.*)$/.exec(line)?.[1] ?? []);
      died = point !== undefined;
      expect(run.exitCode).toBe(died ? null : 0);
      if (point !== undefined) points.push(point);
      expect(killAt).toBeLessThan(100);
    }
    const { analyses, jobs } = await read(folder);
    const accepted = lines.flatMap((line) => /^accepted (.*)$/.exec(line)?.[1] ?? []);
    const known = new Set(analyses.map(({ item }) => item.request_id));
    expect(accepted.filter((id) => !known.has(id))).toEqual([]);

    // The last one was never killed.
    const last = analyses.find(({ item }) => item.request_id === accepted.at(-1))!;
    const outcome = ({ item, result }: Ended) => {
      const steps = Object.values(item.steps).map(({ status, message, usage, round }) => ({
        status,
        message,
        usage,
        round,
      }));
      return { steps, result: { ...result, request_id: '', created_at: '' }, status: item.overall_status };
    };
    for (const analysis of analyses) {
      expect(outcome(analysis)).toEqual(outcome(last));
      expect(analysis.item).not.toHaveProperty('attempt');
      expect(analysis.item.watched).toBe('kept');
      const { events } = analysis;
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(analysis.item.revision).toBe(events.length);
      const count = (type: string) => events.filter((event) => event.type === type).length;
      expect([count('analysis.finished'), count('analysis.step.completed')]).toEqual([1, 5]);
      expect(events.at(-1)!.type).toBe('analysis.finished');
    }
    expect(jobs.filter(({ state }) => state !== 'succeeded')).toEqual([]);
    expect(jobs.some(({ attempts }) => attempts > 1)).toBe(true);

    // What a model has answered is asked for again only where the answer was lost with the process.
    const paid = lines.filter((line) => line.startsWith('paid '));
    expect(paid.length - new Set(paid).size).toBeLessThanOrEqual(
      points.filter((each) => /model|put parts/.test(each)).length,
    );
    const steps = ['chunking', 'inferring', 'relating', 'explaining', 'activating'];
    const moments = ['begin of', 'put steps', 'transact analysis.step.started', 'transact analysis.step.completed'];
    const expected = steps.flatMap((step) => moments.map((moment) => `${moment} ${step}`));
    expect(points).toEqual(
      expect.arrayContaining([...expected, 'answer of a model', 'put parts inferring', 'enqueue']),
    );
  });
});
