import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Query } from '../../src/modules/queries/query.dto.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { crawlEnd, publishCsv, submitCsv } from '../support/publishing.js';
import { SteerableConverter } from '../support/steerable-converter.js';

const orders = 'id,city,price\n1,Lisbon,9.5\n2,Porto,12\n3,Lisbon,7.25\n';
/** Ends only when it is cancelled. */
const endless =
  'select count(*) from orders a, unnest(sequence(1, 9999)) b(n), unnest(sequence(1, 9999)) c(n), unnest(sequence(1, 9999)) d(n)';

/** One workspace fills all that it may; another one works beside it. */
describe('a noisy neighbour', () => {
  let test: TestApp;
  let noisy: Client;
  let quiet: Client;
  let noisyWorkspace: string;
  let converter: SteerableConverter;

  beforeAll(async () => {
    test = await startApp({
      settings: { QUERIES_PER_WORKSPACE: '200', QUERY_DEADLINE_SECONDS: '3600' },
      adapters: (adapters) => ({
        ...adapters,
        tableConverter: (converter = new SteerableConverter(adapters.tableConverter)),
      }),
    });
    const team = await addWorkspace(test);
    noisy = team.client;
    noisyWorkspace = team.workspaceId;
    quiet = test.owner;
    await publishCsv(noisy, orders, { dataset: 'orders' });
    await publishCsv(quiet, orders, { dataset: 'orders' });
  });
  afterAll(() => test.close());

  const run = async (sql: string) =>
    (await quiet.post('/queries', { sql, wait_ms: 30_000 }).expect(200)).body as Query & { rows: unknown[][] };

  it('R8: that has 200 heavy queries lets every query of others run meanwhile', async () => {
    const accept = () => noisy.post('/queries', { sql: endless, wait_ms: 0 }).expect(202);
    const ids: string[] = [];
    for (let each = 0; each < 200; each += 1) ids.push((await accept()).body.query_id as string);
    await noisy.post('/queries', { sql: 'select 1' }).expect(429);

    expect((await run('select 1')).rows).toEqual([[1]]);
    const sql = 'select city, count(*), sum(price) from orders group by city order by city';
    for (let each = 0; each < 5; each += 1) {
      expect((await run(sql)).rows).toMatchObject([
        ['Lisbon', '2', expect.anything()],
        ['Porto', '1', expect.anything()],
      ]);
    }
    const all = async (state: string) =>
      (await noisy.get(`/queries?limit=200&state=${state}`).expect(200)).body.items.length as number;
    expect([await all('running'), await all('queued')]).toEqual([2, 198]);
    await Promise.all(ids.map((id) => noisy.post(`/queries/${id}/cancel`).expect(200)));
  });

  it('R8: that has a line of files to publish lets the file of another go next', async () => {
    converter.hold(noisyWorkspace);
    const crawls: string[] = [];
    for (let each = 0; each < 12; each += 1) {
      const submitted = await submitCsv(noisy, orders, { dataset: `line_${each}`, crawl: true });
      crawls.push(submitted.crawl_id!);
    }
    await publishCsv(quiet, orders, { dataset: 'meanwhile' });
    const states = await Promise.all(
      crawls.map(async (id) => (await noisy.get(`/crawls/${id}`).expect(200)).body.state as string),
    );
    expect(states.filter((state) => state === 'running')).toHaveLength(1);
    expect(states.filter((state) => state === 'queued')).toHaveLength(11);
    converter.release();
    for (const id of crawls) expect((await crawlEnd(noisy, id)).state).toBe('succeeded');
  });
});
