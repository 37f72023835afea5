import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobView } from '../../src/modules/jobs/job.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { publishCsv, readEvents, submitCsv } from '../support/publishing.js';
import { SteerableConverter } from '../support/steerable-converter.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

const orders = 'id,city\n1,Lisbon\n2,Porto\n';

describe('jobs', () => {
  let test: TestApp;
  let converter: SteerableConverter;
  beforeAll(async () => {
    test = await startApp({
      adapters: (adapters) => ({
        ...adapters,
        tableConverter: (converter = new SteerableConverter(adapters.tableConverter)),
      }),
    });
  });
  afterAll(() => test.close());

  const job = async (id: string) => (await test.owner.get(`/jobs/${id}`).expect(200)).body as JobView;

  it('shows what ran, newest first, by kind and state, without what is inside', async () => {
    const { submitted } = await publishCsv(test.owner, orders, { dataset: 'orders' });
    const { items, next_cursor } = (await test.owner.get('/jobs').expect(200)).body;
    expect(items.map(({ kind }: JobView) => kind)).toEqual(['crawls.run', 'datasets.publish']);
    expect(next_cursor).toBeNull();
    expect(items[1]).toMatchObject({ job_id: submitted.job_id, state: 'succeeded', attempts: 1, dead: false });
    expect(items[1]).not.toHaveProperty('payload');
    const crawls = (await test.owner.get('/jobs?kind=crawls.run&state=succeeded').expect(200)).body.items;
    expect(crawls).toEqual([items[0]]);
    const first = (await test.owner.get('/jobs?limit=1').expect(200)).body;
    const second = (await test.owner.get(`/jobs?limit=1&cursor=${first.next_cursor}`).expect(200)).body;
    expect([...first.items, ...second.items]).toEqual(items);
    await test.owner.get('/jobs?state=sleeping').expect(400);
    await test.owner.get('/jobs/job_0').expect(404);
    await test.owner.get('/jobs/job_0/events').expect(404);
  });

  it('streams events whose ids count without gaps, and goes on after the last one that was seen', async () => {
    const { job_id } = await submitCsv(test.owner, orders, { dataset: 'streamed', crawl: false });
    const events = await readEvents(test.owner, `/jobs/${job_id}/events`);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]!.event).toBe('queued');
    expect(events.at(-1)!.event).toBe('succeeded');
    expect(await readEvents(test.owner, `/jobs/${job_id}/events`, 2)).toEqual(events.slice(2));
    expect(await readEvents(test.owner, `/jobs/${job_id}/events`, events.length)).toEqual([]);
  });

  it('cancels a running job within a second, and its effect with it', async () => {
    converter.hold();
    const { job_id } = await submitCsv(test.owner, orders, { dataset: 'cancelled', crawl: false });
    await until(async () => (await job(job_id)).progress !== null);
    const begun = Date.now();
    const answer = await test.owner.post(`/jobs/${job_id}/cancel`).expect(202);
    expect(answer.body.job_id).toBe(job_id);
    const events = await readEvents(test.owner, `/jobs/${job_id}/events`);
    expect(events.at(-1)!.event).toBe('cancelled');
    expect(Date.now() - begun).toBeLessThan(soonMs);
    converter.release();
    expect(await job(job_id)).toMatchObject({ state: 'cancelled', progress: expect.anything() });
    await test.owner.get('/datasets/cancelled').expect(404);
    const ended = await test.owner.post(`/jobs/${job_id}/cancel`).expect(202);
    expect(ended.body.state).toBe('cancelled');
  });

  it('R46: a dead job keeps its reason; tried again by hand it does nothing that is over', async () => {
    converter.crashNext(2);
    const { job_id, upload_id } = await submitCsv(test.owner, orders, { dataset: 'deadly', crawl: false });
    await readEvents(test.owner, `/jobs/${job_id}/events`);
    expect(await job(job_id)).toMatchObject({
      state: 'failed',
      dead: true,
      attempts: 2,
      error: { type: '/problems/conversion-crashed' },
    });
    await test.owner.get(`/uploads/${upload_id}`).expect(({ body }) => expect(body.status).toBe('ready'));

    const retried = await test.owner.post(`/jobs/${job_id}/retry`).expect(202);
    expect(['queued', 'running', 'failed']).toContain(retried.body.state);
    await readEvents(test.owner, `/jobs/${job_id}/events`);
    expect(await job(job_id)).toMatchObject({ state: 'failed', error: { type: '/problems/publish-over' } });
    await test.owner.get('/datasets/deadly').expect(({ body }) => expect(body.version).toBeNull());
    await test.owner.get(`/uploads/${upload_id}`).expect(({ body }) => expect(body.status).toBe('ready'));
  });

  it('leaves a job that has succeeded as it is', async () => {
    const { submitted } = await publishCsv(test.owner, orders, { dataset: 'done' });
    const before = await job(submitted.job_id);
    expect((await test.owner.post(`/jobs/${submitted.job_id}/cancel`).expect(202)).body).toEqual(before);
    expect((await test.owner.post(`/jobs/${submitted.job_id}/retry`).expect(202)).body).toEqual(before);
    expect((await test.owner.get('/datasets/done').expect(200)).body.versions).toBe(1);
  });
});
