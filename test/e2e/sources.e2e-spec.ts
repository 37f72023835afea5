import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, ownerAccount, startApp, type TestApp } from '../support/app.js';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { FakeSlack } from '../support/platforms/fake-slack.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { addWorkspace } from '../support/other-workspace.js';
import { type Connected, connectGitLab, connectSlack, platformSettings, synced } from '../support/sources.js';
import { until } from '../support/until.js';

describe('sources', () => {
  let test: TestApp;
  let owner: Client;
  const clock = new ShiftedClock();
  const gitlab = new FakeGitLab({ issues: 30, mergeRequests: 10 });
  const slack = new FakeSlack({ messages: 150 });

  beforeAll(async () => {
    await Promise.all([gitlab.start(), slack.start()]);
    test = await startApp({
      settings: { ...platformSettings({ slack }), ACCESS_TOKEN_SECONDS: '86400' },
      adapters: (adapters) => ({ ...adapters, clock }),
    });
    ({ owner } = test);
  });

  afterAll(async () => {
    await test.close();
    await Promise.all([gitlab.close(), slack.close()]);
  });

  const sync = async (sourceId: string, mode = 'incremental') => {
    const { body } = await owner.post(`/sources/${sourceId}/sync`, { mode }).expect(202);
    return synced(owner, sourceId, body.job_id as string);
  };

  it('tells before anything is stored whether a connection works, and why not', async () => {
    const config = { url: gitlab.address, projects: ['acme/shop', 'acme/nothing'] };
    const right = { kind: 'gitlab', config, secret: { token: gitlab.token } };
    const { body } = await owner.post('/sources/test', right).expect(200);
    expect(body).toMatchObject({ account: 'tabletalk-bot', warnings: [] });
    expect(body.containers[0]).toEqual({ name: 'acme/shop', readable: true });
    expect(body.containers[1]).toMatchObject({ name: 'acme/nothing', readable: false, detail: expect.any(String) });

    const wrong = await owner.post('/sources/test', { ...right, secret: { token: 'wrong' } }).expect(422);
    expect(wrong.body).toMatchObject({ type: '/problems/connector-refused' });
    const away = { ...right, config: { url: 'http://127.0.0.1:1' } };
    expect((await owner.post('/sources/test', away).expect(502)).body.type).toBe('/problems/connector-unreachable');
    const odd = { ...right, config: { url: 'no address', projects: ['../x'], colour: 'red' } };
    const refused = await owner.post('/sources/test', odd).expect(400);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/config/url',
      '/config/projects/0',
      '/config/colour',
    ]);
  });

  it('reads a source when it is connected, and costs nothing when nothing has changed', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Shop' });
    const first = await synced(owner, source.source_id);
    expect(first).toMatchObject({ mode: 'full', trigger: 'change', state: 'succeeded' });
    expect(first.counts).toMatchObject({ created: 44, changed: 0, unchanged: 0, removed: 0 });
    expect(first.counts.pages).toBeGreaterThan(3);

    const again = await sync(source.source_id);
    expect(again.counts).toMatchObject({ created: 0, changed: 0, unchanged: 4, removed: 0 });
    const whole = await sync(source.source_id, 'full');
    expect(whole.counts).toMatchObject({ created: 0, changed: 0, unchanged: 44, removed: 0 });
    const { body } = await owner.get(`/sources/${source.source_id}`).expect(200);
    expect(body).toMatchObject({ documents: 44, last_sync: { job_id: whole.job_id }, next_sync_at: null });
    const history = await owner.get(`/sources/${source.source_id}/jobs?limit=2`).expect(200);
    expect(history.body.items.map(({ job_id: id }: { job_id: string }) => id)).toEqual([whole.job_id, again.job_id]);
    expect(history.body.items[0].progress).toBe('everything is read');
    const rest = await owner.get(`/sources/${source.source_id}/jobs?cursor=${history.body.next_cursor}`).expect(200);
    expect(rest.body.items.map(({ job_id: id }: { job_id: string }) => id)).toEqual([first.job_id]);
  });

  it('R59: follows edits at once, and deletions when everything is read', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Edits' });
    await synced(owner, source.source_id);
    const [first, second] = gitlab.project('acme/shop').issues;
    gitlab.change(first!, { description: 'It is about quinces now.' });
    expect((await sync(source.source_id)).counts).toMatchObject({ created: 0, changed: 1 });
    gitlab.delete('acme/shop', second!);
    expect((await sync(source.source_id)).counts).toMatchObject({ removed: 0 });
    expect((await sync(source.source_id, 'full')).counts).toMatchObject({ removed: 1, unchanged: 43 });
  });

  it('lets one run at a time read a source', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'One at a time' });
    const asked = await Promise.all(
      Array.from({ length: 10 }, () => owner.post(`/sources/${source.source_id}/sync`, {}).expect(202)),
    );
    const first = source.last_sync.job_id;
    expect(new Set(asked.map(({ body }) => body.job_id as string))).toEqual(new Set([first]));
    expect(await synced(owner, source.source_id, first)).toMatchObject({ state: 'succeeded' });
  });

  it('never shows a secret, keeps it with the address that it was given for, and seals it', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Secrets', webhook_secret: 'canary-webhook-secret' });
    await synced(owner, source.source_id);
    const shown = JSON.stringify([source, (await owner.get('/sources').expect(200)).body]);
    const rows = await test.app.adapters.database
      .tables<{ sources: object }>()
      .selectFrom('sources')
      .selectAll()
      .execute();
    for (const secret of [gitlab.token, 'canary-webhook-secret']) {
      expect(shown).not.toContain(secret);
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
    const path = `/sources/${source.source_id}`;
    const moved = await owner.patch(path, { config: { url: 'https://elsewhere.example.com' } }).expect(400);
    expect(moved.body.errors[0].pointer).toBe('/secret/token');
    const changed = await owner.patch(path, { secret: { webhook_secret: null } }).expect(200);
    expect(changed.body).toMatchObject({ has_webhook_secret: false, version: 2 });
    expect((await sync(source.source_id)).state).toBe('succeeded');
    expect((await owner.post(`${path}/test`).expect(200)).body.account).toBe('tabletalk-bot');
    await owner.with({ 'if-match': '"1"' }).patch(path, { name: 'Late' }).expect(412);
  });

  it('says what is wrong when a token is refused, and reads on when it has a new one', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Revoked', token: 'revoked' });
    const failed = await synced(owner, source.source_id);
    expect(failed).toMatchObject({ state: 'failed', error: { type: '/problems/connector-refused' } });
    await owner.patch(`/sources/${source.source_id}`, { secret: { token: gitlab.token } }).expect(200);
    expect(await sync(source.source_id)).toMatchObject({ state: 'succeeded', mode: 'full' });
  });

  it('R59: waits for rate limits and goes on, and says so meanwhile', async () => {
    gitlab.failNext({ status: 429, headers: { 'retry-after': '1' }, body: { message: 'Retry later' } });
    gitlab.failNext({ matching: /notes/, status: 500, body: {}, times: 2 });
    const source = await connectGitLab(owner, gitlab, { name: 'Limited' });
    const waiting = await until(async () => {
      const { body } = await owner.get(`/jobs/${source.last_sync.job_id}`).expect(200);
      return (body.progress?.waiting as { reason: string } | undefined) ?? false;
    });
    expect(waiting.reason).toBe('its rate limit is used up');
    expect(await synced(owner, source.source_id)).toMatchObject({ state: 'succeeded', counts: { created: 43 } });
  });

  it('says of a sync that waits to be tried again what was wrong, and when it goes on', async () => {
    gitlab.failNext({ matching: /api\/v4\/projects/, status: 429, headers: { 'retry-after': '1000' }, times: 10_000 });
    const source = await connectGitLab(owner, gitlab, { name: 'Stumbling' });
    const jobId = source.last_sync.job_id;
    const path = `/sources/${source.source_id}`;
    const waiting = await until(async () => {
      const { last_sync: sync } = (await owner.get(path).expect(200)).body as Connected;
      return sync.next_try_at !== null && sync;
    });
    const error = { type: '/problems/connector-unreachable', detail: 'The platform asks to wait 1000 seconds.' };
    expect(waiting).toMatchObject({ state: 'queued', error, finished_at: null });
    expect(Date.parse(waiting.next_try_at!)).toBeGreaterThan(Date.parse(waiting.started_at!) + 1_000_000);
    const told = await until(async () => {
      const { body } = await owner.get(`/jobs/${jobId}`).expect(200);
      return body.state === 'queued' && body;
    });
    expect(told).toMatchObject({ error, run_at: expect.any(String) });

    gitlab.heal();
    await owner.post(`/jobs/${jobId}/cancel`).expect(202);
    const cancelled = await synced(owner, source.source_id, jobId);
    expect(cancelled).toMatchObject({ state: 'cancelled', next_try_at: null });
    expect(cancelled).not.toHaveProperty('error');
    expect(await sync(source.source_id)).toMatchObject({ state: 'succeeded', next_try_at: null });
  });

  it('reads by its schedule, by a second of its own, and not while it is paused', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Scheduled', schedule: '*/30 * * * *' });
    await synced(owner, source.source_id);
    const path = `/sources/${source.source_id}`;
    const next = new Date(source.next_sync_at);
    expect([next.getUTCMinutes() % 30, next.getUTCMilliseconds()]).toEqual([0, 0]);
    const { jobQueue, database } = test.app.adapters;
    const row = await database
      .tables<{ schedules: { key: string; cron: string; next_at: string } }>()
      .selectFrom('schedules')
      .selectAll()
      .where('key', '=', `source:${source.source_id}`)
      .executeTakeFirst();
    expect(row).toMatchObject({
      cron: expect.stringMatching(/^\d+ \*\/30 \* \* \* \*$/),
      next_at: source.next_sync_at,
    });
    const payload = { source_id: source.source_id };
    await jobQueue.enqueue({ kind: 'sources.schedule', workspaceId: test.workspaceId, payload });
    const byItself = await until(async () => {
      const { items } = (await owner.get(`${path}/jobs`).expect(200)).body;
      return items.length === 2 && items[0].finished_at !== null && items[0];
    });
    expect(byItself).toMatchObject({ trigger: 'schedule', mode: 'incremental', state: 'succeeded' });

    expect((await owner.post(`${path}/pause`).expect(200)).body).toMatchObject({ paused: true, next_sync_at: null });
    expect((await owner.post(`${path}/sync`, {}).expect(409)).body.type).toBe('/problems/source-paused');
    expect((await owner.post(`${path}/resume`).expect(200)).body).toMatchObject({ paused: false });
    expect((await synced(owner, source.source_id)).state).toBe('succeeded');
    await owner.patch(path, { schedule: '* * *' }).expect(400);
    expect((await owner.patch(path, { schedule: null }).expect(200)).body.next_sync_at).toBeNull();
  });

  it('reads everything again when it is told to read something else', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Narrower' });
    await synced(owner, source.source_id);
    const config = { url: gitlab.address, projects: ['acme/shop'], include: ['issues'] };
    await owner.patch(`/sources/${source.source_id}`, { config }).expect(200);
    const narrowed = await synced(owner, source.source_id);
    expect(narrowed).toMatchObject({ mode: 'full', trigger: 'change', counts: { created: 0, changed: 0 } });
    const { body } = await owner.get(`/sources/${source.source_id}`).expect(200);
    expect(body.documents).toBe(gitlab.project('acme/shop').issues.length);
    expect(narrowed.counts.removed).toBe(43 - body.documents);
  });

  it('deletes a source with its name as confirmation, brings it back, and removes it when its time is over', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Soon gone' });
    await synced(owner, source.source_id);
    const path = `/sources/${source.source_id}`;
    await owner.delete(path).expect(400);
    await owner.delete(`${path}?confirm=Other`).expect(400);
    await owner.delete(`${path}?confirm=Soon%20gone`).expect(204);
    await owner.get(path).expect(404);
    await owner.post(`${path}/sync`, {}).expect(404);
    const { items } = (await owner.get('/sources?include=deleted').expect(200)).body;
    expect(items).toMatchObject([{ source_id: source.source_id, documents: 43, purge_at: expect.any(String) }]);
    expect((await owner.post(`${path}/restore`).expect(200)).body).toMatchObject({ documents: 43, deleted_at: null });
    expect(await synced(owner, source.source_id)).toMatchObject({ counts: { created: 0, changed: 0 } });

    await owner.delete(`${path}?confirm=Soon%20gone`).expect(204);
    clock.advance(31 * 24 * 3_600_000);
    const login = await test.nobody.post('/auth/login', ownerAccount).expect(200);
    owner = new Client(test.address, login.body.access_token as string);
    await test.app.adapters.jobQueue.enqueue({ kind: 'sources.purge', workspaceId: 'system', payload: null });
    await until(async () => (await owner.get('/sources?include=deleted').expect(200)).body.items.length === 0);
    await owner.post(`${path}/restore`).expect(404);
    const tables =
      test.app.adapters.database.tables<
        Record<'documents' | 'source_syncs' | 'source_events', { source_id: string }>
      >();
    for (const table of ['documents', 'source_syncs', 'source_events'] as const)
      expect(await tables.selectFrom(table).selectAll().where('source_id', '=', source.source_id).execute()).toEqual(
        [],
      );
  });

  it('R1: shows nothing of it to another workspace', async () => {
    const source = await connectSlack(owner, slack, { name: 'Ours' });
    await synced(owner, source.source_id);
    const { client } = await addWorkspace(test);
    expect((await client.get('/sources').expect(200)).body.items).toEqual([]);
    await client.get(`/sources/${source.source_id}`).expect(404);
    await client.post(`/sources/${source.source_id}/sync`, {}).expect(404);
    await client.delete(`/sources/${source.source_id}?confirm=Ours`).expect(404);
  });
});
