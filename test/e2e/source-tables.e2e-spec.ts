import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { connectGitLab, platformSettings, synced } from '../support/sources.js';
import { crawlEnd, publishCsv } from '../support/publishing.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { until } from '../support/until.js';

describe('tables of sources', () => {
  let test: TestApp;
  let owner: Client;
  const clock = new ShiftedClock();
  const gitlab = new FakeGitLab({ issues: 80, mergeRequests: 20 });

  beforeAll(async () => {
    await gitlab.start();
    test = await startApp({ settings: platformSettings(), adapters: (adapters) => ({ ...adapters, clock }) });
    ({ owner } = test);
  });

  afterAll(async () => {
    await test.close();
    await gitlab.close();
  });

  const rows = async (sql: string) => {
    const { body } = await owner.post('/queries', { sql, wait_ms: 30_000 }).expect(200);
    expect(body.error).toBeUndefined();
    return body.rows as string[][];
  };
  /** Once the data set has so many versions, and the last one can be queried. */
  const published = async (dataset: string, versions: number) => {
    await until(async () => {
      const { body } = await owner.get(`/datasets/${dataset}/versions`);
      return (body.items?.length ?? 0) >= versions;
    });
    const { items } = (await owner.get(`/crawls?dataset=${dataset}&limit=1`).expect(200)).body;
    await crawlEnd(owner, items[0].crawl_id as string);
  };

  it('answer how many bugs were closed by which team, and follow what changes', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Shop on GitLab', tables: true });
    await synced(owner, source.source_id);

    await published('shop_on_gitlab_issues', 1);
    expect((await owner.get(`/sources/${source.source_id}`).expect(200)).body.dataset).toBe('shop_on_gitlab_issues');

    const issues = gitlab.projects.flatMap((project) => project.issues);
    const closed = issues.filter(({ state, labels }) => state === 'closed' && labels.includes('team::finance')).length;
    const sql = `select label_team, count(*) from shop_on_gitlab_issues
      where kind = 'issue' and state = 'closed' and closed_at >= timestamp '2026-01-01 00:00:00'
      group by 1 order by 1`;
    expect(await rows(sql)).toContainEqual(['finance', String(closed)]);
    expect(await rows('select count(*), count(distinct project) from shop_on_gitlab_issues')).toEqual([['100', '2']]);

    const sync = async () => {
      const { body } = await owner.post(`/sources/${source.source_id}/sync`, {}).expect(202);
      await synced(owner, source.source_id, body.job_id as string);
    };
    const open = gitlab.project('acme/shop').issues.find(({ state }) => state === 'opened')!;
    gitlab.change(open, { state: 'closed', labels: ['bug', 'team::finance'], closed_at: '2026-11-02T10:00:00.000Z' });
    await sync();
    // Once an hour at most; the job waits for its time.
    const { items } = (await owner.get('/jobs?kind=sources.tables').expect(200)).body;
    expect(items[0]).toMatchObject({ state: 'queued' });
    expect(Date.parse(items[0].run_at) - Date.now()).toBeGreaterThan(50 * 60_000);
  });

  it('go when fewer people may see the source, come back with it, and leave data sets of others alone', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Closed', tables: true });
    const change = async (body: object) => (await owner.patch(`/sources/${source.source_id}`, body).expect(200)).body;
    const dataset = async () =>
      (await owner.get(`/sources/${source.source_id}`).expect(200)).body.dataset as string | null;
    await published('closed_issues', 1);

    await change({ visibility: 'private' });
    await until(async () => (await dataset()) === null, 30_000);
    await owner.get('/datasets/closed_issues').expect(404);
    const { items: uploads } = (await owner.get('/uploads').expect(200)).body;
    expect(uploads.filter((upload: { file_name: string }) => upload.file_name === 'closed_issues.csv')).toEqual([]);

    await publishCsv(owner, 'mine\n1\n', { dataset: 'closed_issues' });
    await change({ visibility: 'workspace', tables: true });
    await until(async () => (await dataset()) !== null, 30_000);
    const other = (await dataset())!;
    expect(other).not.toBe('closed_issues');
    await published(other, 1);
    expect(await rows(`select count(*) from ${other}`)).toEqual([['100']]);

    await owner.delete(`/datasets/${other}`).expect(204);
    await publishCsv(owner, 'mine\n1\n', { dataset: other });
    await change({ visibility: 'private' });
    await until(async () => (await dataset()) === null, 30_000);
    expect(await rows(`select * from ${other}`)).toEqual([['1']]);
    expect(await rows('select * from closed_issues')).toEqual([['1']]);
  });
});
