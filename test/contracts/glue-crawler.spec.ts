import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CrawlerDifference, CrawlerRequest, CrawlerWatch } from '../../src/providers/catalog/crawler.js';
import {
  CatalogUnavailable,
  CrawlerFailed,
  CrawlerStopped,
  CrawlerTooSlow,
} from '../../src/providers/catalog/errors.js';
import { createGlueClient } from '../../src/providers/catalog/glue/glue-client.js';
import { GlueCatalog } from '../../src/providers/catalog/glue/glue.catalog.js';
import { GlueCrawler, type GlueCrawlerOptions } from '../../src/providers/catalog/glue/glue.crawler.js';
import type { Clock } from '../../src/providers/clock/clock.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import type { CrawlerEvent, FakeCrawler, FakeCrawlers } from '../support/aws/glue/fake-crawlers.js';
import { FakeGlue } from '../support/aws/glue/fake-glue.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { until } from '../support/until.js';

const createFolder = temporaryFolders();
let fake: FakeGlue;
let objectStore: LocalFilesObjectStore;

const open = (options: Partial<GlueCrawlerOptions> = {}, clock: Clock = new SystemClock()) =>
  new GlueCrawler(createGlueClient(fake.clientConfig), objectStore, clock, {
    databasePrefix: 'tabletalk_',
    roleArn: 'arn:aws:iam::123456789012:role/crawler',
    deadlineSeconds: 120,
    pollMs: { first: 10, most: 30 },
    ...options,
  });

/** A whole crawl, each look at which knows no more than what the one before it has noted. `begun` is called while it goes on. */
async function compare(
  crawler: GlueCrawler,
  what: CrawlerRequest,
  begun: () => void = () => undefined,
): Promise<readonly CrawlerDifference[]> {
  let noted = JSON.stringify(crawler.plan());
  for (;;) {
    const look = await crawler.look(what, JSON.parse(noted) as CrawlerWatch);
    if ('differences' in look) return look.differences;
    noted = JSON.stringify(look.watch);
    if (look.watch.previous !== undefined) begun();
    await delay(look.watch.lookAfterMs, undefined, { signal: what.signal });
  }
}

const request = (overrides: Partial<CrawlerRequest> = {}): CrawlerRequest => ({
  workspaceId: 'w',
  table: 'orders',
  objectKeys: ['workspaces/w/datasets/orders/1/data.parquet'],
  columns: [
    { name: 'id', type: 'bigint' },
    { name: 'name', type: 'varchar' },
  ],
  signal: new AbortController().signal,
  ...overrides,
});

beforeEach(async () => {
  const folder = createFolder();
  objectStore = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
  fake = await FakeGlue.start();
  fake.crawlers.columns = [
    { Name: 'id', Type: 'bigint' },
    { Name: 'name', Type: 'string' },
  ];
});

afterEach(() => fake.close());

describe('GlueCrawler', () => {
  it('sees what was stored, in a database beside the one that is queried', async () => {
    expect(await compare(open(), request())).toEqual([]);
    expect([...fake.tables.databases.keys()]).toEqual(['tabletalk_w_crawled']);
    expect([...fake.crawlers.crawlers.keys()]).toEqual(['tabletalk_w_orders']);
  });

  it('R41: tells which columns are others than those that were stored', async () => {
    fake.crawlers.columns = [
      { Name: 'id', Type: 'double' },
      { Name: 'extra', Type: 'string' },
    ];
    expect(await compare(open(), request())).toEqual([
      { column: 'id', stored: 'bigint', found: 'double' },
      { column: 'name', stored: 'varchar', found: null },
      { column: 'extra', stored: null, found: 'string' },
    ]);
  });

  it('follows a table to its new files', async () => {
    fake.crawlers.columns = [{ Name: 'earlier', Type: 'string' }];
    await compare(open(), request());
    fake.crawlers.columns = [
      { Name: 'id', Type: 'bigint' },
      { Name: 'name', Type: 'string' },
    ];
    const objectKeys = ['workspaces/w/datasets/orders/3/b.parquet', 'workspaces/w/datasets/orders/2/a.parquet'];
    expect(await compare(open(), request({ objectKeys }))).toEqual([]);
    const { Targets } = fake.crawlers.crawlers.get('tabletalk_w_orders')!.request;
    expect(Targets!.S3Targets!.map(({ Path }) => Path!.slice(-9))).toEqual(
      ['/orders/2/', '/orders/3/'].map((path) => path.slice(-9)),
    );
    expect(fake.count('UpdateCrawler')).toBe(1);
  });

  it('R39: of twenty crawls at once only one is started, and all see its end', async () => {
    fake.crawlers.crawlMs = 600_000;
    const begun = new Set<number>();
    const crawls = Array.from({ length: 20 }, (_, crawl) => compare(open(), request(), () => begun.add(crawl)));
    await until(async () => begun.size === crawls.length);
    fake.crawlers.finishAll();
    const seen = await Promise.all(crawls);
    expect(seen).toEqual(Array.from({ length: 20 }, () => []));
    expect(fake.count('StartCrawler')).toBe(1);
    expect(fake.count('CreateCrawler')).toBe(1);
  });

  it('R40: tells why a crawl failed, and where that is written', async () => {
    const [LogGroup, LogStream] = ['/aws-glue/crawlers', 'tabletalk_w_orders'];
    fake.crawlers.end = { Status: 'FAILED', ErrorMessage: 'Access denied.', LogGroup, LogStream };
    const failed = await compare(open(), request()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CrawlerFailed);
    expect((failed as Error).message).toContain('Access denied. Its log is /aws-glue/crawlers, tabletalk_w_orders');
  });

  it('R40: stops a crawl that takes too long, and one that nobody wants any more', async () => {
    fake.crawlers.crawlMs = 60_000;
    const clock = new ShiftedClock();
    const slow = compare(open({}, clock), request(), () => clock.advance(60_000));
    await expect(slow).rejects.toBeInstanceOf(CrawlerTooSlow);
    expect(fake.count('StopCrawler')).toBe(1);
    const crawler = open();
    expect(await crawler.stop('w', 'visits')).toBe(true);
    await crawler.look(request({ table: 'visits' }), crawler.plan());
    expect(fake.count('StartCrawler')).toBe(2);
    expect(await crawler.stop('w', 'visits')).toBe(false);
    expect(await crawler.stop('w', 'visits')).toBe(false);
    expect(fake.count('StopCrawler')).toBe(2);
  });

  it('R40: looks on while Glue throttles or is away', async () => {
    fake.crawlers.crawlMs = 200;
    const crawling = compare(open(), request());
    await until(async () => fake.count('StartCrawler') === 1);
    fake.failNext({ operation: 'GetCrawler', error: { name: 'InternalServiceException', status: 500 }, times: 6 });
    expect(await crawling).toEqual([]);
  });

  it('starts once although the reply was lost', async () => {
    fake.crawlers.crawlMs = 300;
    fake.failNext({ operation: 'StartCrawler', drop: 'reply' });
    expect(await compare(open(), request())).toEqual([]);
    expect(fake.count('StartCrawler')).toBe(1);
  });

  it('forgets a table with what it has found', async () => {
    await compare(open(), request());
    await open().forget('w', 'orders');
    await open().forget('w', 'orders');
    expect(fake.crawlers.crawlers.size).toBe(0);
    expect(fake.tables.tablesOf('tabletalk_w_crawled').size).toBe(0);
  });

  it('stops a crawler that runs before it forgets it', async () => {
    fake.crawlers.crawlMs = 300;
    const crawler = open();
    await crawler.look(request(), crawler.plan());
    expect(await crawler.forget('w', 'orders')).toBe(false);
    await expect(crawler.forgetAll('w', ['orders'])).rejects.toBeInstanceOf(CatalogUnavailable);
    await until(() => crawler.forget('w', 'orders'));
    expect(fake.count('StopCrawler')).toBe(1);
    expect(fake.crawlers.crawlers.size).toBe(0);
  });

  it('goes with its table, and with its workspace', async () => {
    const client = createGlueClient(fake.clientConfig);
    const options = { databasePrefix: 'tabletalk_' };
    const catalog = new GlueCatalog(client, objectStore, new SystemClock(), options, open());
    const definition = { columns: request().columns.map((each) => ({ ...each, nullable: true })), rows: 1, bytes: 1 };
    for (const table of ['orders', 'visits']) {
      const object_keys = [`workspaces/w/datasets/${table}/1/data.parquet`];
      await catalog.put('w', {
        ...definition,
        table,
        object_keys,
        data_version: 1,
        updated_at: '2026-11-21T08:00:00.000Z',
      });
      await compare(open(), request({ table, objectKeys: object_keys }));
    }
    await catalog.delete('w', 'orders');
    expect([...fake.crawlers.crawlers.keys()]).toEqual(['tabletalk_w_visits']);
    await catalog.deleteAll('w');
    expect([fake.crawlers.crawlers.size, fake.tables.databases.size]).toEqual([0, 0]);
  });

  it('R40: ends once and rightly, whatever happens to the crawler meanwhile', async () => {
    const event = fc.constantFrom<CrawlerEvent>('nothing', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'stop', 'delete');
    const before = fc.constantFrom('absent', 'READY', 'RUNNING', 'STOPPING');
    await fc.assert(
      fc.asyncProperty(before, fc.array(event, { maxLength: 8 }), async (state, events) => {
        const crawlers = await freshCrawlers(state);
        crawlers.events = [...events];
        const settled = await outcome(compare(open({ pollMs: { first: 1, most: 1 } }), request()));
        const { history } = crawlers;
        const deletions = history.filter((each) => each === 'delete').length;
        const ends = { SUCCEEDED: 'SUCCEEDED', FAILED: CrawlerFailed.name, CANCELLED: CrawlerStopped.name };
        const expected = history.at(-1) === 'delete' ? CrawlerStopped.name : ends[history.at(-1) as keyof typeof ends];
        expect(settled).toBe(expected);
        if (history.at(-1) === 'delete') expect(deletions).toBeGreaterThanOrEqual(2);
        const starts = history.filter((each) => each === 'start').length;
        expect(starts).toBeLessThanOrEqual(2);
        if (state !== 'RUNNING') expect(starts).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});

/** Glue with the crawler in a state, whose crawl is somebody else's. */
async function freshCrawlers(state: string): Promise<FakeCrawlers> {
  await fake.close();
  fake = await FakeGlue.start();
  const { crawlers, tables } = fake;
  const Name = 'tabletalk_w_orders';
  tables.createDatabase({ DatabaseInput: { Name: 'tabletalk_w_crawled' } });
  if (state === 'absent') return crawlers;
  crawlers.create({ Name, Role: 'role', DatabaseName: 'tabletalk_w_crawled', Targets: {} });
  const crawler = crawlers.crawlers.get(Name)!;
  crawler.request.Targets = {
    S3Targets: [{ Path: objectStore.location('workspaces/w/datasets/orders/1/x').slice(0, -1) }],
  };
  crawler.state = state as FakeCrawler['state'];
  return crawlers;
}

async function outcome(work: Promise<readonly CrawlerDifference[]>): Promise<string> {
  return work.then(
    () => 'SUCCEEDED',
    (error: Error) => error.constructor.name,
  );
}
