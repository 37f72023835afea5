import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UploadsSweep } from '../../src/modules/uploads/uploads-sweep.js';
import type { MeasuredUsage, Quotas } from '../../src/modules/usage/usage.dto.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { crawlEnd, publishCsv, submitCsv, uploadCsv } from '../support/publishing.js';
import { eventually } from '../support/stored-files.js';

const orders = 'id,city,price\n1,Lisbon,9.5\n2,Porto,12\n3,Faro,7.25\n';

interface Team {
  readonly client: Client;
  readonly workspaceId: string;
}

describe('usage and quotas', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp({ settings: { QUOTA_BYTES_STORED: '1MB', QUOTA_CHAT_USD_PER_MONTH: '20' } });
  });
  afterAll(() => test.close());

  const usage = async ({ client, workspaceId }: Team, measure: MeasuredUsage['measure']) => {
    const { measures } = (await client.get(`/workspaces/${workspaceId}/usage`).expect(200)).body as {
      measures: MeasuredUsage[];
    };
    return measures.find((each) => each.measure === measure)!;
  };
  const used = async (team: Team, measure: MeasuredUsage['measure'] = 'bytes_stored') =>
    (await usage(team, measure)).used;
  const put = ({ client, workspaceId }: Team, values: object, headers: Record<string, string> = {}) =>
    client.with(headers).put(`/workspaces/${workspaceId}/quotas`, values);
  /** The same workspace, asked by an administrator of the service. */
  const grant = ({ workspaceId }: Team, values: object) => put({ client: test.owner, workspaceId }, values);
  const inStore = async ({ workspaceId }: Team) => {
    let bytes = 0;
    for (const folder of ['uploads', 'datasets']) {
      for await (const object of test.app.adapters.objectStore.list(`workspaces/${workspaceId}/${folder}/`))
        bytes += object.bytes;
    }
    return bytes;
  };
  /** Files of what was deleted go a little later. */
  const inStoreAtLast = (team: Team, expected: number) =>
    eventually(
      () => inStore(team),
      (bytes) => bytes === expected,
    );
  const rowsOf = (count: number) =>
    `id,name\n${Array.from({ length: count }, (_, id) => `${id},row ${id}`).join('\n')}\n`;

  it('shows what is used against what may be', async () => {
    const team = await addWorkspace(test);
    await uploadCsv(team.client, orders);
    const month = new Date().toISOString().slice(0, 7);
    expect(await usage(team, 'bytes_stored')).toEqual({
      measure: 'bytes_stored',
      unit: 'bytes',
      period: 'all',
      used: orders.length,
      maximum: 1_000_000,
      fraction: 0.0001,
      resets_at: null,
    });
    expect(await usage(team, 'bytes_scanned')).toMatchObject({ period: month, used: 0, maximum: null, fraction: null });
    expect(await usage(team, 'concurrent_queries')).toMatchObject({ period: 'now', used: 0, maximum: 2, fraction: 0 });
    expect(await usage(team, 'chat_usd')).toMatchObject({ unit: 'usd', used: 0, maximum: 20 });
    expect(new Date((await usage(team, 'chat_usd')).resets_at!).getTime()).toBeGreaterThan(Date.now());
  });

  it('counts what queries have read, and nothing for those that never ran', async () => {
    const team = await addWorkspace(test);
    await publishCsv(team.client, orders, { dataset: 'orders' });
    const sql = 'select city, sum(price) from orders group by city';
    const query = (await team.client.post('/queries', { sql, wait_ms: 30_000 }).expect(200)).body;
    expect(query.bytes_scanned).toBeGreaterThan(0);
    expect(await used(team, 'bytes_scanned')).toBe(query.bytes_scanned);
    await team.client.post('/queries', { sql: 'select nonsense from orders' }).expect(400);
    expect(await used(team, 'bytes_scanned')).toBe(query.bytes_scanned);
  });

  it('says the same as the object store after any sequence of uploads, publications and deletions', async () => {
    const team = await addWorkspace(test);
    const { client } = team;
    const uploads: string[] = [];
    const published = new Set<string>();
    const name = fc.constantFrom('a', 'b');
    const rows = fc.integer({ min: 0, max: 60 });
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('upload'), name, rows }),
        fc.record({ do: fc.constant('delete upload'), name, rows }),
        fc.record({ do: fc.constant('publish'), name, rows: fc.integer({ min: 1, max: 60 }) }),
        fc.record({ do: fc.constant('append'), name, rows: fc.integer({ min: 1, max: 60 }) }),
        fc.record({ do: fc.constant('restore'), name, rows }),
        fc.record({ do: fc.constant('delete data set'), name, rows }),
      ),
      { minLength: 6, maxLength: 8 },
    );
    const publish = async (dataset: string, mode: 'create' | 'replace' | 'append', count: number) => {
      const uploadId = await uploadCsv(client, `${rowsOf(count)}x,rejected\n`);
      const { columns } = (await client.get(`/uploads/${uploadId}/contract`).expect(200)).body;
      columns[0].type = 'bigint';
      await client.put(`/uploads/${uploadId}/contract`, { columns }).expect(200);
      const submitted = await client.post(`/uploads/${uploadId}/submit`, { dataset, mode, crawl: true }).expect(202);
      expect((await crawlEnd(client, submitted.body.crawl_id as string)).state).toBe('succeeded');
      published.add(dataset);
    };
    const perform = async (step: { do: string; name: string; rows: number }) => {
      const exists = published.has(step.name);
      if (step.do === 'upload') uploads.push(await uploadCsv(client, rowsOf(step.rows)));
      else if (step.do === 'delete upload' && uploads.length > 0)
        await client.delete(`/uploads/${uploads.pop()}`).expect(204);
      else if (step.do === 'publish') await publish(step.name, exists ? 'replace' : 'create', step.rows);
      else if (step.do === 'append' && exists) await publish(step.name, 'append', step.rows);
      else if (step.do === 'restore' && exists) {
        const restored = await client.post(`/datasets/${step.name}/versions/1/restore`).expect(202);
        await crawlEnd(client, (restored.body as { crawl_id: string }).crawl_id);
      } else if (step.do === 'delete data set' && exists) {
        await client.delete(`/datasets/${step.name}`).expect(204);
        published.delete(step.name);
      }
    };
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        for (const step of all) await perform(step);
        await test.app.nest.get(UploadsSweep).expire();
        expect(await used(team)).toBe(await inStoreAtLast(team, await used(team)));
      }),
      { numRuns: 4, endOnFailure: true },
    );
    for (const dataset of published) await client.delete(`/datasets/${dataset}`).expect(204);
    for (const upload of uploads) await client.delete(`/uploads/${upload}`).expect(204);
    expect(await used(team)).toBe(0);
  });

  describe('quotas', () => {
    it('can be set by owners up to what the service allows, and beyond by its administrators', async () => {
      const team = await addWorkspace(test);
      const path = `/workspaces/${team.workspaceId}/quotas`;
      const initial = await team.client.get(path).expect(200);
      const none = { bytes_stored: null, bytes_scanned: null, concurrent_queries: null, chat_usd: null };
      const service = { bytes_stored: 1_000_000, bytes_scanned: null, concurrent_queries: 2, chat_usd: 20 };
      expect(initial.body).toEqual({ ...none, service } satisfies Quotas);

      const own = { ...none, bytes_stored: 500_000, bytes_scanned: 7, chat_usd: 1.5 };
      const changed = await put(team, own, { 'if-match': initial.headers['etag']! });
      expect([changed.status, changed.body]).toEqual([200, { ...own, service }]);
      expect((await put(team, own, { 'if-match': initial.headers['etag']! })).body.type).toBe(
        '/problems/version-conflict',
      );

      const refused = await put(team, { bytes_stored: 1_000_001, chat_usd: 20.01, concurrent_queries: 3 });
      expect([refused.status, refused.body]).toMatchObject([
        400,
        {
          type: '/problems/quota-above-maximum',
          errors: [
            { pointer: '/bytes_stored', detail: 'must not be more than 1,000,000 bytes' },
            { pointer: '/concurrent_queries', detail: 'must not be more than 2 queries' },
            { pointer: '/chat_usd', detail: 'must not be more than $20' },
          ],
        },
      ]);
      expect((await team.client.get(path)).body).toEqual({ ...own, service });
    });

    it('that an administrator of the service has granted may be kept and lowered by owners, not raised', async () => {
      const { workspaceId } = test;
      const owner = await addWorkspace(test, 'owner', workspaceId);
      await grant(owner, { bytes_stored: 5_000_000 }).expect(200);
      expect((await usage(owner, 'bytes_stored')).maximum).toBe(5_000_000);
      await put(owner, { bytes_stored: 5_000_001 }).expect(400);
      await put(owner, { bytes_stored: 4_000_000, chat_usd: 3 }).expect(200);
      await put(owner, {}).expect(200);
      expect((await usage(owner, 'bytes_stored')).maximum).toBe(1_000_000);
    });

    it('are refused when they make no sense, and shown to nobody who may not change them', async () => {
      const team = await addWorkspace(test);
      for (const values of [{ bytes_stored: -1 }, { concurrent_queries: 0 }, { chat_usd: '5' }, { bytes: 1 }])
        await put(team, values).expect(400);
      const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
      await viewer.client.get(`/workspaces/${test.workspaceId}/usage`).expect(200);
      await viewer.client.get(`/workspaces/${test.workspaceId}/quotas`).expect(403);
      await put(viewer, {}).expect(403);
      await team.client.get(`/workspaces/${test.workspaceId}/usage`).expect(404);
      await team.client.put(`/workspaces/${test.workspaceId}/quotas`, {}).expect(404);
    });

    it('are audited when they change', async () => {
      const team = await addWorkspace(test);
      await put(team, { bytes_stored: 1234 }).expect(200);
      const rows = await test.app.adapters.database
        .tables<{ audit_events: { workspace_id: string; action: string; detail: string } }>()
        .selectFrom('audit_events')
        .select('detail')
        .where('workspace_id', '=', team.workspaceId)
        .where('action', '=', 'quotas.changed')
        .execute();
      expect(rows.map(({ detail }) => JSON.parse(detail) as object)).toMatchObject([{ bytes_stored: 1234 }]);
    });
  });

  describe('a storage quota', () => {
    const problem = { type: '/problems/storage-quota-exceeded', status: 413 };
    const limited = async (bytes: number): Promise<Team> => {
      const team = await addWorkspace(test);
      await put(team, { bytes_stored: bytes }).expect(200);
      return team;
    };
    const send = ({ client }: Team, content: string | Buffer) =>
      client.with({ 'content-type': 'text/csv' }).post('/uploads', content as unknown as object);

    it('R23: takes a file that just fits, and refuses the next byte before it is sent', async () => {
      const team = await limited(orders.length);
      expect((await send(team, orders)).status).toBe(201);
      const refused = await send(team, '1');
      expect([refused.status, refused.body]).toMatchObject([
        413,
        { ...problem, measure: 'bytes_stored', used: orders.length, maximum: orders.length, needed: 1 },
      ]);
      expect(refused.body.detail).toBe(
        `The workspace stores ${orders.length} bytes of at most ${orders.length} bytes; this would be 1 bytes more.`,
      );
      expect(await inStore(team)).toBe(orders.length);
    });

    it('R23: cuts off a file of unknown length once there is no more room, and keeps nothing of it', async () => {
      const team = await limited(100_000);
      const body = new ReadableStream({
        pull: (controller) => controller.enqueue(Buffer.from('1,2,3\n'.repeat(5000))),
      });
      const answer = await fetch(`${test.address}/api/v1/uploads`, {
        method: 'POST',
        headers: { authorization: `Bearer ${team.client.token}`, 'content-type': 'text/csv' },
        body,
        duplex: 'half',
      });
      expect([answer.status, await answer.json()]).toMatchObject([413, problem]);
      expect((await team.client.get('/uploads').expect(200)).body.items).toEqual([]);
      expect(await inStoreAtLast(team, 0)).toBe(0);
      expect(await used(team)).toBe(0);
    });

    it('R23: lets only as many of several uploads through at once as fit', async () => {
      const content = rowsOf(500);
      const team = await limited(content.length * 2);
      const answers = await Promise.all(Array.from({ length: 6 }, () => send(team, content)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, 201, 413, 413, 413, 413]);
      expect(await used(team)).toBe(content.length * 2);
      expect(await inStoreAtLast(team, content.length * 2)).toBe(content.length * 2);
    });

    it('R23: holds for resumable uploads, which can go on when there is room again', async () => {
      const team = await limited(2 * orders.length - 1);
      const tus = { 'tus-resumable': '1.0.0' };
      const create = (length: number) =>
        team.client.with({ ...tus, 'upload-length': String(length) }).post('/uploads/resumable');
      expect((await create(2 * orders.length)).body).toMatchObject(problem);
      const id = (await create(orders.length).expect(201)).headers['upload-id']!;
      const other = (await send(team, orders).expect(201)).body as { upload_id: string };
      const append = () =>
        team.client
          .with({ ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' })
          .patch(`/uploads/resumable/${id}`, Buffer.from(orders));
      expect((await append()).body).toMatchObject(problem);
      await team.client.delete(`/uploads/${other.upload_id}`).expect(204);
      await append().expect(204);
      expect((await team.client.get(`/uploads/${id}`)).body.status).toBe('ready');
      expect(await used(team)).toBe(orders.length);
    });

    it('R23: fails a publication that does not fit, and keeps the upload', async () => {
      const team = await limited(orders.length + 10);
      const submitted = await submitCsv(team.client, orders, { dataset: 'orders', crawl: true });
      const crawl = await crawlEnd(team.client, submitted.crawl_id!);
      expect(crawl).toMatchObject({ state: 'failed', error: { type: '/problems/storage-quota-exceeded' } });
      expect((await team.client.get(`/uploads/${submitted.upload_id}`)).body.status).toBe('ready');
      expect(await inStoreAtLast(team, orders.length)).toBe(orders.length);
      expect(await used(team)).toBe(orders.length);
      await put(team, {}).expect(200);
      const again = await team.client.post(`/uploads/${submitted.upload_id}/submit`, {
        dataset: 'orders',
        mode: 'create',
        crawl: true,
      });
      expect((await crawlEnd(team.client, again.body.crawl_id as string)).state).toBe('succeeded');
    });
  });

  it('a quota for reading refuses queries before they run, and says so in estimates', async () => {
    const team = await addWorkspace(test);
    await publishCsv(team.client, orders, { dataset: 'orders' });
    const sql = 'select city from orders';
    const run = () => team.client.post('/queries', { sql, wait_ms: 30_000 });
    const { bytes_scanned: bytes } = (await run().expect(200)).body as { bytes_scanned: number };
    await put(team, { bytes_scanned: 2 * bytes }).expect(200);
    await run().expect(200);
    const refused = await run();
    expect([refused.status, refused.body]).toMatchObject([
      403,
      {
        type: '/problems/quota-exceeded',
        measure: 'bytes_scanned',
        used: 2 * bytes,
        maximum: 2 * bytes,
        needed: bytes,
      },
    ]);
    expect(refused.body.resets_at).toMatch(/^\d{4}-\d\d-01T00:00:00.000Z$/);
    const estimate = (await team.client.post('/queries/estimate', { sql }).expect(200)).body;
    expect(estimate).toMatchObject({ decision: 'refuse', reasons: [expect.stringContaining('has 0 left')] });
    expect((await team.client.post('/queries', { sql: 'select 1', wait_ms: 30_000 })).body.state).toBe('succeeded');
  });
});
