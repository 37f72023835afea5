import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as tus from 'tus-js-client';
import type { Upload } from '../../src/modules/uploads/upload.dto.js';
import { UploadsSweep } from '../../src/modules/uploads/uploads-sweep.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { FailingObjectStore } from '../support/failing-object-store.js';
import { addWorkspace } from '../support/other-workspace.js';
import { SlowPost } from '../support/streams.js';
import { eventually, storedFiles } from '../support/stored-files.js';

const csv = Buffer.from(
  `id,name\n${Array.from({ length: 5000 }, (_, id) => `${id},${randomBytes(8).toString('hex')}`).join('\n')}\n`,
);
const sha256 = createHash('sha256').update(csv).digest('hex');
const part = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };

describe('resumable uploads', () => {
  let test: TestApp;
  let store: FailingObjectStore;

  beforeAll(async () => {
    test = await startApp({
      settings: { UPLOAD_MAX_BYTES: '8MB', UPLOAD_IDLE_SECONDS: '1', RESUMABLE_UPLOADS_PER_WORKSPACE: '20' },
      adapters: (adapters) => ({ ...adapters, objectStore: (store = new FailingObjectStore(adapters.objectStore)) }),
    });
  });

  afterAll(() => test.close());

  const create = async (length = csv.length, client: Client = test.owner): Promise<string> => {
    const answer = await client
      .with({
        'tus-resumable': '1.0.0',
        'upload-length': String(length),
        'upload-metadata': `filename ${btoa('orders.csv')}`,
      })
      .post('/uploads/resumable');
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/api/v1/uploads/resumable/${answer.headers['upload-id']}`);
    return answer.headers['upload-id']!;
  };
  const patch = (id: string, offset: number, content: Buffer) =>
    test.owner
      .patch(`/uploads/resumable/${id}`)
      .set({ ...part, 'upload-offset': String(offset) })
      .send(content as never);
  const slowPatch = (id: string, headers: Readonly<Record<string, string>>) =>
    new SlowPost(test.owner, `/uploads/resumable/${id}`, { ...part, 'upload-offset': '0', ...headers }, 'PATCH');
  const head = (id: string) => test.owner.head(`/uploads/resumable/${id}`).set('tus-resumable', '1.0.0');
  const get = async (id: string) => (await test.owner.get(`/uploads/${id}`).expect(200)).body as Upload;
  const kept = async (id: string) => buffer(await store.get(`workspaces/${test.workspaceId}/uploads/${id}/raw`));
  const complete = { status: 'ready', bytes: csv.length, length: csv.length, sha256, file_name: 'orders.csv' };

  function client(content: Buffer, options: Partial<tus.UploadOptions> = {}): Promise<tus.Upload> {
    return new Promise((resolve, reject) => {
      const upload = new tus.Upload(content as never, {
        endpoint: `${test.address}/api/v1/uploads/resumable`,
        headers: { authorization: `Bearer ${test.owner.token}` },
        metadata: { filename: 'orders.csv' },
        retryDelays: null,
        ...options,
        onSuccess: () => resolve(upload),
        onError: reject,
      });
      upload.start();
    });
  }

  it.each([
    ['in one part', {}],
    ['in many parts', { chunkSize: 20_000 }],
    ['with its first bytes in the announcement', { uploadDataDuringCreation: true, chunkSize: 50_000 }],
  ])('takes a file from a tus client %s, and makes it an upload like all others', async (_, options) => {
    const id = (await client(csv, options)).url!.split('/').at(-1)!;
    expect(await get(id)).toMatchObject({ ...complete, dialect: { delimiter: ',' } });
    expect((await kept(id)).equals(csv)).toBe(true);
    const preview = await test.owner.get(`/uploads/${id}/preview`).expect(200);
    expect(preview.body).toMatchObject({ row_count: 100, truncated: true });
    expect(storedFiles(test).filter((path) => !path.includes('objects'))).toEqual([]);
  });

  it('says what it can do, without credentials', async () => {
    const answer = await fetch(`${test.address}/api/v1/uploads/resumable`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,expiration,termination',
      'tus-max-size': '8000000',
    });
  });

  it('lists an upload as receiving with what has arrived, and leads to it when it is complete', async () => {
    const id = await create();
    const first = await patch(id, 0, csv.subarray(0, 30_000));
    expect(first.status).toBe(204);
    expect(first.headers).toMatchObject({
      'upload-offset': '30000',
      'tus-resumable': '1.0.0',
      'upload-expires': expect.any(String),
    });
    expect(await get(id)).toMatchObject({ status: 'receiving', bytes: 30_000, length: csv.length, sha256: null });
    await test.owner.get(`/uploads/${id}/preview`).expect(409);
    const offset = await head(id);
    expect(offset.headers).toMatchObject({
      'upload-offset': '30000',
      'upload-length': String(csv.length),
      'upload-metadata': `filename ${btoa('orders.csv')}`,
      'cache-control': 'no-store',
    });
    const last = await patch(id, 30_000, csv.subarray(30_000));
    expect(last.headers).toMatchObject({
      'upload-offset': String(csv.length),
      location: `/api/v1/uploads/${id}`,
      'upload-id': id,
    });
    expect(await get(id)).toMatchObject(complete);
    expect((await head(id)).headers['upload-offset']).toBe(String(csv.length));
    expect((await patch(id, csv.length, Buffer.alloc(0))).status).toBe(204);
  });

  it('R21: goes on after the sender went away and the service was restarted', async () => {
    const id = await create();
    const post = slowPatch(id, { 'content-length': String(csv.length) });
    await post.write(csv.subarray(0, 60_000));
    await eventually(async () => storedFiles(test).some((path) => path.includes(id)), Boolean);
    post.abort();
    const offset = Number((await head(id)).headers['upload-offset']);
    expect(offset).toBeLessThanOrEqual(60_000);
    await patch(id, offset, csv.subarray(offset, offset + 10_000)).expect(204);

    test = await test.restart();
    expect(await get(id)).toMatchObject({ status: 'receiving', bytes: offset + 10_000 });
    expect((await head(id)).headers['upload-offset']).toBe(String(offset + 10_000));
    await patch(id, offset + 10_000, csv.subarray(offset + 10_000)).expect(204);
    expect(await get(id)).toMatchObject(complete);
    expect((await kept(id)).equals(csv)).toBe(true);
  });

  it('R21: completes at the next start an upload whose last step was cut off, and drops parts that belong to none', async () => {
    const id = await create();
    writeFileSync(join(test.dataDirectory, 'resumable', id), csv);
    writeFileSync(join(test.dataDirectory, 'resumable', 'upl_nobody'), csv);
    test = await test.restart();
    expect(
      await eventually(
        () => get(id),
        ({ status }) => status === 'ready',
      ),
    ).toMatchObject(complete);
    const parts = async () => storedFiles(test).filter((path) => path.includes('resumable'));
    expect(await eventually(parts, ({ length }) => length === 0)).toEqual([]);
  });

  it('R21: completes such an upload also when its client asks', async () => {
    const id = await create();
    writeFileSync(join(test.dataDirectory, 'resumable', id), csv);
    expect((await head(id)).headers['upload-offset']).toBe(String(csv.length));
    expect(await get(id)).toMatchObject(complete);
  });

  it('R22: takes each part once and in order, whatever is sent', async () => {
    const size = 1000;
    const content = csv.subarray(0, 5 * size);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 12 }), async (order) => {
        const id = await create(content.length);
        let arrived = 0;
        for (const index of [...order, 0, 1, 2, 3, 4]) {
          const answer = await patch(id, index * size, content.subarray(index * size, (index + 1) * size));
          const fits = index * size === arrived && arrived < content.length;
          expect(answer.status).toBe(fits ? 204 : 409);
          if (fits) arrived += size;
          else expect(answer.headers['upload-offset']).toBe(String(arrived));
        }
        const sha = createHash('sha256').update(content).digest('hex');
        expect(await get(id)).toMatchObject({ status: 'ready', bytes: content.length, sha256: sha });
        await test.owner.delete(`/uploads/${id}`).expect(204);
      }),
      { numRuns: 10 },
    );
  });

  it('R22: lets the newer of two connections go on, without mixing their bytes', async () => {
    const id = await create();
    const stuck = slowPatch(id, { 'content-length': String(csv.length) });
    await stuck.write(csv.subarray(0, 40_000));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const offset = Number((await head(id)).headers['upload-offset']);
    // On a busy machine its own patience may end first.
    expect([400, 408]).toContain((await stuck.answer)?.status);
    await patch(id, offset, csv.subarray(offset)).expect(204);
    expect((await kept(id)).equals(csv)).toBe(true);
  });

  it('R1: answers for an upload of another workspace as for none, on every call', async () => {
    const id = await create();
    const { client: other } = await addWorkspace(test);
    for (const unknown of [id, 'upl_00000000000000000000000000', '..%2f..%2ftabletalk.db']) {
      const path = `/uploads/resumable/${unknown}`;
      await other.head(path).set('tus-resumable', '1.0.0').expect(404);
      await other.delete(path).set('tus-resumable', '1.0.0').expect(404);
      const answer = await other
        .patch(path)
        .set({ ...part, 'upload-offset': '0' })
        .send(csv as never);
      expect(answer.status).toBe(404);
      expect(answer.body.type).toBe('/problems/upload-not-found');
    }
    await test.nobody.head(`/uploads/resumable/${id}`).set('tus-resumable', '1.0.0').expect(401);
    expect((await head(id)).headers['upload-offset']).toBe('0');
  });

  it('ends and removes an upload on request', async () => {
    const files = storedFiles(test).length;
    const id = await create();
    await patch(id, 0, csv.subarray(0, 1000)).expect(204);
    await test.owner.delete(`/uploads/resumable/${id}`).set('tus-resumable', '1.0.0').expect(204);
    await head(id).expect(404);
    await test.owner.get(`/uploads/${id}`).expect(404);
    expect(storedFiles(test)).toHaveLength(files);
  });

  it('expires an upload that is never finished', async () => {
    const id = await create();
    await patch(id, 0, csv.subarray(0, 1000)).expect(204);
    const { database } = test.app.adapters;
    await database
      .tables<{ uploads: { upload_id: string; expires_at: string } }>()
      .updateTable('uploads')
      .set({ expires_at: new Date(Date.now() - 1000).toISOString() })
      .where('upload_id', '=', id)
      .execute();
    await test.app.nest.get(UploadsSweep).expire();
    await head(id).expect(410);
    expect((await get(id)).status).toBe('expired');
    expect(storedFiles(test).filter((path) => path.includes(id))).toEqual([]);
  });

  it.each([
    ['no protocol version', { 'tus-resumable': '' }, 412, '/problems/tus-version-unknown'],
    ['another protocol version', { 'tus-resumable': '0.2.2' }, 412, '/problems/tus-version-unknown'],
    ['no length', { 'upload-length': '' }, 400, '/problems/invalid-request'],
    ['a negative length', { 'upload-length': '-1' }, 400, '/problems/invalid-request'],
    ['a length that is no number', { 'upload-length': '1e3' }, 400, '/problems/invalid-request'],
    ['a length over the limit', { 'upload-length': '8000001' }, 413, '/problems/upload-too-large'],
    ['malformed metadata', { 'upload-metadata': 'filename %%%' }, 400, '/problems/invalid-request'],
  ])('refuses an announcement with %s', async (_, headers, status, type) => {
    const answer = await test.owner
      .with({ 'tus-resumable': '1.0.0', 'upload-length': '10', ...headers })
      .post('/uploads/resumable');
    expect(answer.status).toBe(status);
    expect(answer.body.type).toBe(type);
    expect(answer.headers['tus-resumable']).toBe('1.0.0');
  });

  it('R18: refuses bytes beyond the announced length', async () => {
    const id = await create(100);
    expect((await patch(id, 0, csv.subarray(0, 101))).status).toBe(413);
    const post = slowPatch(id, { 'transfer-encoding': 'chunked' });
    await post.write(csv.subarray(0, 101));
    post.end();
    expect((await post.answer)?.status).toBe(413);
    expect(Number((await head(id)).headers['upload-offset'])).toBeLessThanOrEqual(100);
  });

  it('R19: ends a part that stalls; the upload goes on with the next', async () => {
    const id = await create();
    const post = slowPatch(id, { 'content-length': String(csv.length) });
    await post.write(csv.subarray(0, 1000));
    expect((await post.answer)?.status).toBe(408);
    expect(await get(id)).toMatchObject({ status: 'receiving', bytes: 1000 });
    await patch(id, 1000, csv.subarray(1000)).expect(204);
  });

  it('R19: bounds how many uploads a workspace leaves unfinished', async () => {
    const { client: other } = await addWorkspace(test);
    const ids = await Promise.all(Array.from({ length: 20 }, () => create(10, other)));
    const refused = await other.with({ 'tus-resumable': '1.0.0', 'upload-length': '10' }).post('/uploads/resumable');
    expect(refused.status).toBe(429);
    await other.delete(`/uploads/${ids[0]}`).expect(204);
    await create(10, other);
  });

  it('R23: refuses what the disk has no room for, and keeps what has arrived', async () => {
    const id = await create();
    await patch(id, 0, csv.subarray(0, 1000)).expect(204);
    store.setFreeBytes(0);
    const announced = await test.owner
      .with({ 'tus-resumable': '1.0.0', 'upload-length': '10' })
      .post('/uploads/resumable');
    expect(announced.status).toBe(507);
    expect((await patch(id, 1000, csv.subarray(1000))).status).toBe(507);
    store.setFreeBytes(undefined);
    await patch(id, 1000, csv.subarray(1000)).expect(204);
    expect(await get(id)).toMatchObject(complete);
  });

  it('R24: refuses what is no text table with its first bytes', async () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(5000)]);
    const id = await create(png.length);
    const answer = await patch(id, 0, png.subarray(0, 2000));
    expect(answer.status).toBe(415);
    expect(answer.body.type).toBe('/problems/not-a-text-table');
    expect(await get(id)).toMatchObject({ status: 'failed', error: { detail: expect.stringContaining('PNG') } });
    await head(id).expect(410);
    expect(storedFiles(test).filter((path) => path.includes(id))).toEqual([]);
  });

  it('makes an empty file an upload at once', async () => {
    const id = await create(0);
    expect(await get(id)).toMatchObject({ status: 'ready', bytes: 0 });
  });
});
