import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Query } from '../../src/modules/queries/query.dto.js';
import type { DirectPartAddresses, DirectUpload } from '../../src/modules/uploads/direct/direct.dto.js';
import type { Upload } from '../../src/modules/uploads/upload.dto.js';
import { UploadsSweep } from '../../src/modules/uploads/uploads-sweep.js';
import { RowsJobQueue } from '../../src/providers/job-queue/rows/rows.job-queue.js';
import { startApp, type TestApp } from '../support/app.js';
import { storedEvents } from '../support/audit.js';
import { useAwsServices } from '../support/aws/environment.js';
import { FakeS3 } from '../support/aws/s3/fake-s3.js';
import { publishCsv, uploadCsv } from '../support/publishing.js';
import { eventually, storedFiles } from '../support/stored-files.js';
import { SlowPost } from '../support/streams.js';

const settings = {
  OBJECT_STORE: 's3',
  S3_BUCKET: 'lake',
  S3_PREFIX: 'tabletalk/test',
  S3_FORCE_PATH_STYLE: 'true',
  S3_KMS_KEY_ID: 'alias/tabletalk',
  MASTER_KEY: 'a key that all replicas of this test share',
};
const orders = `id,city,amount\n${Array.from({ length: 500 }, (_, id) => `${id},${id % 2 ? 'Lisbon' : 'Porto'},${id}.5`).join('\n')}\n`;

describe('the service with its files in S3', () => {
  let fake: FakeS3;
  let test: TestApp;

  beforeAll(async () => {
    fake = await FakeS3.start();
    useAwsServices({ S3: fake.endpoint });
    test = await startApp({ settings });
  });

  afterAll(async () => {
    await test.close();
    await fake.close();
  });

  const query = async (sql: string) => {
    const { body } = await test.owner.post('/queries', { sql, wait_ms: 30_000 }).expect(200);
    return body as Query & { query_id: string };
  };

  it('takes a file from upload over preview and publishing to answers', async () => {
    const uploadId = await uploadCsv(test.owner, orders, 'orders.csv');
    const preview = await test.owner.get(`/uploads/${uploadId}/preview`).expect(200);
    expect(preview.body).toMatchObject({ row_count: 100, truncated: true });
    await publishCsv(test.owner, orders, { dataset: 'orders' });
    const estimate = await test.owner.post('/queries/estimate', { sql: 'SELECT city FROM orders' }).expect(200);
    expect((estimate.body as { bytes_scanned: number }).bytes_scanned).toBeGreaterThan(0);

    const sql = 'SELECT city, count(*) AS n, sum(amount) AS total FROM orders GROUP BY city ORDER BY city';
    const first = await query(sql);
    expect(first).toMatchObject({ state: 'succeeded', row_count: 2 });
    const page = await test.owner.get(`/queries/${first.query_id}/results?limit=1000`).expect(200);
    expect((page.body as { rows: unknown[][] }).rows.map(([city, n]) => [city, n])).toEqual([
      ['Lisbon', '250'],
      ['Porto', '250'],
    ]);
    for (const format of ['csv', 'json', 'parquet']) {
      const file = await test.owner
        .get(`/queries/${first.query_id}/download?format=${format}`)
        .buffer(true)
        .expect(200);
      if (format === 'csv') expect(file.text.split('\n')[0]).toContain('city');
    }
    const read = fake.count('GetObject');
    await query(`${sql} LIMIT 1`);
    // The table's file is here already.
    expect(fake.count('GetObject')).toBe(read);
  });

  it('keeps nothing of it on its own disk, and everything in its folder of the bucket, encrypted', async () => {
    expect(storedFiles(test).filter((path) => !path.includes('/scratch/'))).toEqual([]);
    expect(fake.keys().length).toBeGreaterThan(3);
    for (const key of fake.keys()) {
      expect(key).toMatch(new RegExp(`^tabletalk/test/workspaces/${test.workspaceId}/`));
      expect(fake.objects.get(key)!.headers['x-amz-server-side-encryption']).toBe('aws:kms');
    }
  });

  describe('direct transfers', () => {
    const large = Buffer.from(
      `id,note\n${Array.from({ length: 1_300_000 }, (_, id) => `${id},"a note"`).join('\n')}\n`,
    );

    const begin = async (bytes: number) => {
      const { body } = await test.owner.post('/uploads/direct', { file_name: 'C:\\large.csv', bytes }).expect(201);
      return body as DirectUpload;
    };
    const addresses = async (id: string, part_numbers: number[]) => {
      const { body } = await test.owner.post(`/uploads/direct/${id}/parts`, { part_numbers }).expect(200);
      return (body as DirectPartAddresses).parts;
    };
    const complete = (id: string) => test.owner.post(`/uploads/direct/${id}/complete`);

    it('take a file past the service, which then knows it as any other', async () => {
      const { upload, part_bytes, part_count } = await begin(large.length);
      expect(upload).toMatchObject({ status: 'receiving', file_name: 'large.csv', length: large.length });
      expect([part_bytes, part_count]).toEqual([16 * 2 ** 20, 2]);
      const id = upload.upload_id;
      const [last, first] = await addresses(id, [2, 1]);
      expect(first!.bytes + last!.bytes).toBe(large.length);

      await fetch(first!.url, { method: 'PUT', body: Uint8Array.from(large.subarray(0, first!.bytes)) });
      const missing = await complete(id).expect(409);
      expect(missing.body).toMatchObject({ type: '/problems/direct-parts-missing' });
      await fetch(last!.url, { method: 'PUT', body: Uint8Array.from(large.subarray(first!.bytes)) });
      const done = (await complete(id).expect(200)).body as Upload;
      const sha256 = createHash('sha256').update(large).digest('hex');
      expect(done).toMatchObject({ upload_id: id, status: 'ready', bytes: large.length, sha256 });
      expect((await complete(id).expect(200)).body).toEqual(done);
      await test.owner.post(`/uploads/direct/${id}/parts`, { part_numbers: [1] }).expect(410);

      const preview = await test.owner.get(`/uploads/${id}/preview`).expect(200);
      expect(preview.body).toMatchObject({ columns: [{ name: 'id' }, { name: 'note' }], truncated: true });
      const { body } = await test.owner.get(`/uploads/direct/${id}`).expect(200);
      const file = await fetch((body as { url: string }).url);
      expect(file.headers.get('content-disposition')).toContain('large.csv');
      expect(large.equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
      const traces = (await storedEvents(test)).filter(({ object }) => object === id).map(({ action }) => action);
      expect(traces).toEqual(['upload.begun', 'upload.created', 'upload.previewed', 'upload.fetched']);
    });

    it('end with the upload that waits for them, and refuse what is no table', async () => {
      const { upload } = await begin(1000);
      await test.owner.delete(`/uploads/${upload.upload_id}`).expect(204);
      expect(fake.count('AbortMultipartUpload')).toBe(1);
      await complete(upload.upload_id).expect(404);

      const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(1000)]);
      const refused = (await begin(picture.length)).upload.upload_id;
      const [part] = await addresses(refused, [1]);
      await test.owner.post(`/uploads/direct/${refused}/parts`, { part_numbers: [2] }).expect(422);
      await fetch(part!.url, { method: 'PUT', body: Uint8Array.from(picture) });
      await complete(refused).expect(415);
      expect((await test.owner.get(`/uploads/${refused}`).expect(200)).body).toMatchObject({ status: 'failed' });
      expect(fake.keys().filter((key) => key.includes(refused))).toEqual([]);
    });

    it('R22: make one file of what two requests complete, and of what one did not get to say', async () => {
      const { upload_id: id } = (await begin(orders.length)).upload;
      const [part] = await addresses(id, [1]);
      await fetch(part!.url, { method: 'PUT', body: orders });
      const { workspaceId } = test;
      const { direct_id } = await test.app.adapters.database
        .tables<{ uploads: { upload_id: string; direct_id: string } }>()
        .selectFrom('uploads')
        .select('direct_id')
        .where('upload_id', '=', id)
        .executeTakeFirstOrThrow();
      const key = `workspaces/${workspaceId}/uploads/${id}/raw`;
      await test.app.adapters.objectStore.direct!.complete(key, direct_id, orders.length);
      const answers = await Promise.all([complete(id), complete(id)]);
      for (const { status, body } of answers) expect([status, (body as Upload).status]).toEqual([200, 'ready']);
    });
  });

  it('removes what belongs to a data set that is deleted', async () => {
    const before = fake.keys();
    await publishCsv(test.owner, orders, { dataset: 'short_lived' });
    expect(fake.keys().length).toBeGreaterThan(before.length);
    await test.owner.delete('/datasets/short_lived').expect(204);
    await test.app.nest.get(UploadsSweep).expire();
    const left = async () => fake.keys();
    expect(await eventually(left, ({ length }) => length === before.length)).toEqual(before);
  });

  it('R60: says that its files cannot be reached, and takes up again when they can', async () => {
    fake.failNext({ error: { name: 'ServiceUnavailable', status: 503 }, times: 5 });
    const refused = await test.owner.with({ 'content-type': 'text/csv' }).post('/uploads', orders as never);
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject({ type: '/problems/object-store-unavailable' });
    await uploadCsv(test.owner, orders);
  });
});

describe('two replicas with their files in S3', () => {
  const csv = Buffer.from(
    `id,name\n${Array.from({ length: 4000 }, (_, id) => `${id},${randomBytes(8).toString('hex')}`).join('\n')}\n`,
  );
  const sha256 = createHash('sha256').update(csv).digest('hex');
  let fake: FakeS3;
  let one: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    fake = await FakeS3.start();
    useAwsServices({ S3: fake.endpoint });
    one = await startApp({ settings });
    const { database, catalog, itemStore, passageIndex } = one.app.adapters;
    other = await startApp({
      settings,
      adapters: (adapters) => ({
        ...adapters,
        database,
        catalog,
        itemStore,
        passageIndex,
        jobQueue: new RowsJobQueue(database, adapters.clock, { logger: pino({ level: 'silent' }), soleProcess: false }),
      }),
    });
  });

  afterAll(async () => {
    await other.close();
    await one.close();
    await fake.close();
  });

  const tus = { 'tus-resumable': '1.0.0' };
  const create = async () => {
    const announced = { ...tus, 'upload-length': String(csv.length), 'upload-metadata': `filename ${btoa('a.csv')}` };
    return (await one.owner.with(announced).post('/uploads/resumable').expect(201)).headers['upload-id']!;
  };
  const patch = ({ owner }: TestApp, id: string, offset: number, content: Buffer) =>
    owner
      .patch(`/uploads/resumable/${id}`)
      .set({ ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) })
      .send(content as never);
  const offsetOn = async ({ owner }: TestApp, id: string) =>
    Number((await owner.head(`/uploads/resumable/${id}`).set(tus).expect(200)).headers['upload-offset']);
  const get = async ({ owner }: TestApp, id: string) => (await owner.get(`/uploads/${id}`).expect(200)).body as Upload;
  const complete = { status: 'ready', bytes: csv.length, sha256 };
  const parts = (id: string) => fake.keys().filter((key) => key.includes(`${id}/raw-parts/`));
  const raw = async (id: string) =>
    buffer(await one.app.adapters.objectStore.get(`workspaces/${one.workspaceId}/uploads/${id}/raw`));

  it('R21: any of them goes on with a resumable upload that another has begun', async () => {
    const id = await create();
    await patch(one, id, 0, csv.subarray(0, 30_000)).expect(204);
    expect(await offsetOn(other, id)).toBe(30_000);
    await patch(other, id, 30_000, csv.subarray(30_000, 50_000)).expect(204);
    expect(await get(one, id)).toMatchObject({ status: 'receiving', bytes: 50_000 });
    await patch(one, id, 50_000, csv.subarray(50_000)).expect(204);
    expect(await get(other, id)).toMatchObject(complete);
    expect((await raw(id)).equals(csv)).toBe(true);
    expect(parts(id)).toEqual([]);
  });

  it('R21: keeps what one of them received before its sender went away', async () => {
    const id = await create();
    const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    const length = { 'content-length': String(csv.length) };
    let offset = 0;
    // How soon what was sent is received depends on how busy the machine is.
    for (let patienceMs = 100; offset === 0 && patienceMs < 10_000; patienceMs *= 3) {
      const post = new SlowPost(one.owner, `/uploads/resumable/${id}`, { ...headers, ...length }, 'PATCH');
      await post.write(csv.subarray(0, 40_000));
      await delay(patienceMs);
      post.abort();
      await delay(patienceMs);
      offset = await offsetOn(other, id);
    }
    expect(offset).toBeGreaterThan(0);
    await patch(other, id, offset, csv.subarray(offset)).expect(204);
    expect((await raw(id)).equals(csv)).toBe(true);
  });

  it('R22: completes an upload once when both see its last byte', async () => {
    const id = await create();
    await patch(one, id, 0, csv.subarray(0, -1)).expect(204);
    await one.app.adapters.partialFiles.append(
      { id, key: `workspaces/${one.workspaceId}/uploads/${id}/raw` },
      csv.length - 1,
      Readable.from([csv.subarray(-1)]),
    );
    const answers = await Promise.all([one, other, one, other].map((replica) => offsetOn(replica, id)));
    expect(answers).toEqual(Array(4).fill(csv.length));
    expect(await get(other, id)).toMatchObject(complete);
    expect((await raw(id)).equals(csv)).toBe(true);
    expect(parts(id)).toEqual([]);
  });

  it('R21: completes within the hour what a replica that died has left whole', async () => {
    const id = await create();
    const key = `workspaces/${one.workspaceId}/uploads/${id}/raw`;
    await one.app.adapters.objectStore.put(`${key}-parts/0000000000000000`, csv);
    await one.app.adapters.database
      .tables<{ uploads: { upload_id: string; updated_at: string } }>()
      .updateTable('uploads')
      .set({ updated_at: new Date(Date.now() - 2 * 3_600_000).toISOString() })
      .where('upload_id', '=', id)
      .execute();
    await other.app.nest.get(UploadsSweep).expire();
    expect(
      await eventually(
        () => get(one, id),
        ({ status }) => status === 'ready',
      ),
    ).toMatchObject(complete);
  });
});
