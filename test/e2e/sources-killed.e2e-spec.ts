import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Source, SourceSync } from '../../src/modules/ingestion/source.dto.js';
import type { JobView } from '../../src/modules/jobs/job.dto.js';
import type { Client } from '../support/app.js';
import { FakeOpenAiEmbedder } from '../support/embedders/fake-openai-embedder.js';
import { numberOfKills } from '../support/kills.js';
import { type FullPlatform, fullPlatforms } from '../support/platforms/full-platforms.js';
import { type PageRequests, PageWatch } from '../support/platforms/page-watch.js';
import { Service } from '../support/service.js';
import { storedIds, storedSource } from '../support/stored-source.js';
import { until } from '../support/until.js';

/** `DOCUMENTS=5000 KILLS=all` for the long run: so many messages or issues of each platform, and a kill in every page. */
const documents = Number(process.env.DOCUMENTS ?? 60);
const patienceMs = 120_000 + documents * 500;
const longestMs = 3 * patienceMs + numberOfKills(1, documents) * 30_000;

/** A source in a workspace of its own. */
interface Reading {
  readonly sourceId: string;
  readonly workspaceId: string;
}

describe('syncs of a killed service', () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tabletalk-killed-sync-'));
  const embedder = new FakeOpenAiEmbedder(64);
  const platforms = fullPlatforms(documents).map((platform) => ({ ...platform, watch: new PageWatch(platform) }));
  const readings: {
    readonly platform: FullPlatform;
    readonly undisturbed: Reading;
    readonly reading: Reading;
    readonly requests: number;
  }[] = [];
  let service: Service;

  const start = async () => {
    service = await Service.start(dataDirectory, {
      ...Object.assign({}, ...platforms.map(({ settings }) => settings())),
      QUERY_WORKERS: '1',
      EMBEDDER: 'openai-compatible',
      EMBEDDER_BASE_URL: `${embedder.address}/v1`,
      EMBEDDER_API_KEY: 'sk-test-key',
      EMBEDDER_MODEL_ID: 'small-embedder',
    });
  };

  beforeAll(async () => {
    await Promise.all(platforms.map(({ fake }) => fake.start()));
    await embedder.listen();
    await start();
  }, patienceMs);

  afterAll(async () => {
    await service.end('SIGKILL');
    await Promise.all(platforms.map(({ fake }) => fake.close()));
    await embedder.close();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }, patienceMs);

  /** Its owner, in the service as it runs just now. */
  const owner = ({ workspaceId }: Pick<Reading, 'workspaceId'>): Client =>
    service.owner.with({ 'X-Workspace-Id': workspaceId });

  const connect = async (platform: FullPlatform, name: string): Promise<Reading> => {
    const { body } = await service.owner.post('/workspaces', { name: `${name} ${platform.name}` }).expect(201);
    const workspaceId = (body as { id: string }).id;
    const { source_id: sourceId } = await platform.connect(owner({ workspaceId }), 'Tracker');
    return { sourceId, workspaceId };
  };

  const latestSync = async (reading: Reading): Promise<SourceSync> =>
    (await owner(reading).get(`/sources/${reading.sourceId}/jobs?limit=1`).expect(200)).body.items[0];
  const pagesKept = (reading: Reading) => async () => (await latestSync(reading)).counts.pages;
  const syncEnd = (reading: Reading) =>
    until(async () => {
      const sync = await latestSync(reading);
      // One that was cancelled goes on.
      return ['succeeded', 'failed'].includes(sync.state) && sync;
    }, patienceMs);

  const latestJob = async (reading: Reading, kind: string): Promise<JobView | undefined> =>
    (await owner(reading).get(`/jobs?kind=${kind}&limit=1`).expect(200)).body.items[0];
  /** In place of the wait that a job gets which has died more than once. */
  const goOn = async (reading: Reading, kind: string) => {
    const job = await latestJob(reading, kind);
    if (job?.state !== 'queued' || job.attempts < 2) return;
    await owner(reading).post(`/jobs/${job.job_id}/cancel`).expect(202);
    await until(async () => (await latestJob(reading, kind))?.finished_at !== null);
    await owner(reading).post(`/jobs/${job.job_id}/retry`).expect(202);
  };

  /** All is read and found, and a table. */
  const whole = async ({ hasTable }: FullPlatform, reading: Reading) => {
    const sync = await syncEnd(reading);
    const source = async (): Promise<Source> => (await owner(reading).get(`/sources/${reading.sourceId}`)).body;
    await until(async () => (await latestJob(reading, 'documents.index'))?.state === 'succeeded', patienceMs);
    if (hasTable) await until(async () => (await source()).dataset !== null, patienceMs);
    return sync;
  };

  /** Kills the service in the page, or right behind it; answers whether there was a page to kill it in. */
  const killIn = ({ watch, lists }: (typeof platforms)[number], reading: Reading, page: number, usual?: PageRequests) =>
    new Promise<boolean>((resolve) => {
      const dying = service;
      const kill = () => void dying.end('SIGKILL').then(() => resolve(true));
      const nth = Math.random() < 0.5 ? 1 + Math.floor(Math.random() * (usual?.all.length ?? 1)) : undefined;
      const isRead = ({ all, ofDocuments }: PageRequests) =>
        usual?.ofDocuments ? ofDocuments >= usual.ofDocuments : lists.test(all.at(-1)!);
      watch.begin(pagesKept(reading), (at, requests) => {
        if (at < page) return;
        if (at > page || requests.all.length === nth) kill();
        else if (nth === undefined && isRead(requests)) setTimeout(kill, Math.random() * 30);
      });
      const ended = () => resolve(false);
      syncEnd(reading).then(ended, () => undefined);
    });

  it.each(platforms)(
    'R59: has everything of $name once in the end, as if nothing had happened',
    async (platform) => {
      const { fake, watch } = platform;
      watch.hold();
      const undisturbed = await connect(platform, 'Undisturbed');
      watch.begin(pagesKept(undisturbed));
      await whole(platform, undisturbed);
      const usual = [...watch.pages];
      const requests = fake.countRequests();

      watch.hold();
      const reading = await connect(platform, 'Disturbed');
      const pages = pagesToKillIn(usual);
      let kills = 0;
      for (const page of pages) {
        if (!(await killIn(platform, reading, page, usual[page]))) break;
        kills += 1;
        if (kills % 10 === 0) report(platform, { kills, page });
        watch.hold();
        await start();
        await goOn(reading, 'sources.sync');
        await goOn(reading, 'documents.index');
      }
      watch.begin(pagesKept(reading));
      const { state, counts } = await whole(platform, reading);
      const requestsWithKills = fake.countRequests();
      readings.push({ platform, undisturbed, reading, requests });
      report(platform, {
        documents: counts.created,
        pages: [usual.length, counts.pages],
        kills,
        requests,
        requestsWithKills,
      });
      // What is asked for before a run goes on, and for a page that was not kept.
      const perKill = 20 + Math.max(...usual.map((page) => page?.all.length ?? 0));
      expect(requestsWithKills).toBeLessThanOrEqual(requests + kills * perKill);
      // Who begins anew within a platform's page cuts the rest of it into fewer pages; for the last ones it may be asked nothing.
      expect(kills).toBeGreaterThanOrEqual(Math.max(1, pages.filter((page) => page < counts.pages - 2).length));
      expect({ state, counts }).toMatchObject({ state: 'succeeded', counts: { changed: 0, removed: 0 } });
      expect(counts.created).toBeGreaterThanOrEqual(documents);
    },
    longestMs,
  );

  it(
    'R59: holds the same as without kills, and to read it again changes and costs nothing',
    async () => {
      expect(readings.length).toBeGreaterThan(0);
      await service.end();
      const ofReadings = <Stored>(stored: (dataDirectory: string, sourceId: string) => Stored) =>
        readings.map(({ reading }) => stored(dataDirectory, reading.sourceId));
      const stored = ofReadings(storedSource);
      const ids = ofReadings(storedIds);
      readings.forEach(({ platform, undisturbed }, index) => {
        expect(stored[index]).toEqual(storedSource(dataDirectory, undisturbed.sourceId));
        expect(stored[index]!.tableHash !== undefined).toBe(platform.hasTable);
        report(platform, { passages: stored[index]!.passages.length });
      });

      await start();
      const embedded = embedder.batches.length;
      for (const { platform, reading, requests } of readings) {
        const cost: Record<string, number> = {};
        for (const mode of ['incremental', 'full'] as const) {
          platform.fake.countRequests();
          await owner(reading).post(`/sources/${reading.sourceId}/sync`, { mode }).expect(202);
          const { counts } = await syncEnd(reading);
          expect(counts).toMatchObject({ created: 0, changed: 0, removed: 0 });
          cost[mode] = platform.fake.countRequests();
        }
        expect(cost.full).toBeLessThanOrEqual(requests);
        report(platform, { requestsAgain: cost });
      }
      await service.end();
      expect(embedder.batches).toHaveLength(embedded);
      expect(ofReadings(storedSource)).toEqual(stored);
      expect(ofReadings(storedIds)).toEqual(ids);
    },
    longestMs,
  );
});

/** A few pages that something is asked for in; or each, and what comes behind the last. */
function pagesToKillIn(usual: readonly (PageRequests | undefined)[]): readonly number[] {
  const all = [...usual.keys(), usual.length];
  const kills = numberOfKills(1, all.length);
  if (kills >= all.length) return all;
  const asked = all.filter((page) => usual[page] !== undefined);
  return Array.from(
    { length: kills },
    (_, kill) => asked[Math.floor(((kill + Math.random()) * asked.length) / kills)]!,
  );
}

/** Those who let it run for long want to see numbers. */
function report({ name }: FullPlatform, measured: object): void {
  if (process.env.DOCUMENTS) process.stdout.write(`${name}: ${JSON.stringify(measured)}\n`);
}
