import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { describePostgres } from '../support/postgres/describe-postgres.js';
import { until } from '../support/until.js';

describePostgres('a service whose database goes away', (server) => {
  let test: TestApp;

  beforeAll(async () => {
    const settings = {
      DATABASE: 'postgres',
      DATABASE_URL: await server().createDatabase(),
      JOB_QUEUE: 'pg-boss',
      MASTER_KEY: 'a key that all the replicas know of',
    };
    test = await startApp({ settings });
  });
  afterAll(() => test?.close());

  it('R60: says that it cannot answer, says which part is down, and goes on when that is back', async () => {
    await server().restart(async () => {
      const refused = await test.owner.get('/users').expect(503);
      expect(refused.body.type).toBe('/problems/temporarily-unavailable');
      expect(refused.headers['retry-after']).toBe('5');
      const health = await fetch(`${test.address}/health`);
      const { dependencies } = (await health.json()) as { dependencies: object[] };
      expect(dependencies).toContainEqual({
        name: 'database',
        required: true,
        status: 'down',
        message: expect.any(String),
      });
      expect(dependencies).toContainEqual({ name: 'object_store', required: true, status: 'up' });
    });
    await until(async () => (await test.owner.get('/users')).status === 200);
    const { body } = await test.owner.post('/workspaces', { name: 'After the outage' }).expect(201);
    expect(body.name).toBe('After the outage');
  });
});
