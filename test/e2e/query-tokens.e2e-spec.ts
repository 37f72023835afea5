import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../src/modules/access/caller.js';
import { allPermissions } from '../../src/modules/access/permissions.js';
import { EarlierQueries } from '../../src/modules/queries/earlier-queries.js';
import { QueryRepeated } from '../../src/modules/queries/errors.js';
import { QueriesService } from '../../src/modules/queries/queries.service.js';
import { resultKey } from '../../src/modules/queries/query-journal.js';
import { QueryPlanner } from '../../src/modules/queries/query-planner.js';
import { startApp, type TestApp } from '../support/app.js';
import { exampleFile, publishCsv } from '../support/publishing.js';
import { until } from '../support/until.js';

const quick = 'SELECT count(*) AS n FROM weather';
const slow =
  'SELECT count(*) AS n FROM weather a, weather b, weather c WHERE a.wind + b.wind > c.wind + c.precipitation';

describe('queries under a token of their caller', () => {
  let test: TestApp;
  let caller: Caller;
  beforeEach(async () => {
    test = await startApp({ settings: { SHUTDOWN_GRACE_SECONDS: '1' } });
    await publishCsv(test.owner, exampleFile('seattle-weather.csv'), { dataset: 'weather' });
    const { id } = (await test.owner.get('/users/me').expect(200)).body as { id: string };
    // A session that there is: what is begun without one is ended when rights are looked at again.
    const sessions = (await test.owner.get('/users/me/sessions').expect(200)).body as {
      items: { session_id: string }[];
    };
    caller = {
      userId: id,
      workspaceId: test.workspaceId,
      administrator: true,
      credential: { kind: 'session', id: sessions.items[0]!.session_id },
      address: '127.0.0.1',
      role: 'owner',
      permissions: new Set(allPermissions),
      actingUnder: 'queries:run',
    };
  });
  afterEach(() => test.close());

  const start = async (sql: string, client_token: string) => {
    const plan = await test.app.nest.get(QueryPlanner).plan(caller, sql);
    return test.app.nest.get(QueriesService).start(caller, { sql, client_token }, plan);
  };
  const earlier = (token: string, signal = new AbortController().signal, workspaceId = test.workspaceId) =>
    test.app.nest.get(EarlierQueries).ended(workspaceId, token, signal);

  it('are begun once; whoever asks again gets what was found', async () => {
    const [one, other] = await Promise.allSettled([start(quick, 'run_1/1'), start(quick, 'run_1/1')]);
    const begun = [one, other].filter(({ status }) => status === 'fulfilled');
    expect(begun).toHaveLength(1);
    expect([one, other].find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(QueryRepeated),
    });
    const found = (await earlier('run_1/1'))!;
    expect(found.row).toMatchObject({ state: 'succeeded', sql: quick });
    expect(found.firstPage).toMatchObject({ columns: [{ name: 'n', type: 'bigint' }], rowsJson: '[["1461"]]' });
    expect(await earlier('run_1/2')).toBeUndefined();
    expect(await earlier('run_1/1', undefined, 'another workspace')).toBeUndefined();
    const { items } = (await test.owner.get('/queries').expect(200)).body as { items: unknown[] };
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain('run_1/1');
  });

  it('are waited for while they run, until whoever waits is told to stop', async () => {
    const live = await start(slow, 'run_2/1');
    const stop = new AbortController();
    const stopped = earlier('run_2/1', stop.signal).catch((reason: unknown) => reason);
    const waiting = earlier('run_2/1');
    stop.abort(new Error('Enough.'));
    expect(await stopped).toMatchObject({ message: expect.stringMatching(/Enough|abort/i) });
    live.stop('cancelled');
    expect((await waiting)!.row.state).toBe('cancelled');
  });

  it('may be begun anew when they were interrupted, or when their result is gone', async () => {
    const cut = await start(slow, 'run_3/1');
    await until(async () => cut.row.state === 'running');
    test = await test.restart();
    const { body } = await test.owner.get(`/queries/${cut.row.query_id}`).expect(200);
    expect(body).toMatchObject({ state: 'failed', error: { kind: 'interrupted' } });
    expect(await earlier('run_3/1')).toBeUndefined();
    const { row } = await (await start(quick, 'run_3/1')).ended;
    expect((await earlier('run_3/1'))!.row.query_id).toBe(row.query_id);
    await test.app.adapters.objectStore.delete(resultKey(row));
    expect(await earlier('run_3/1')).toBeUndefined();
    expect((await (await start(quick, 'run_3/1')).ended).row.state).toBe('succeeded');
  });
});
