import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Upload } from '../../src/modules/uploads/upload.dto.js';
import { UploadsSweep } from '../../src/modules/uploads/uploads-sweep.js';
import { StorageFull } from '../../src/providers/object-store/errors.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { FailingObjectStore } from '../support/failing-object-store.js';
import { addWorkspace } from '../support/other-workspace.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { SlowPost } from '../support/streams.js';
import { eventually, storedFiles } from '../support/stored-files.js';

const megabyte = 1_000_000;
const csv = 'id,name,price\n1,Ann,2.50\n2,Bob,3.75\n';
const formHead = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
const attach = (client: Client, content: Buffer | string, name = 'orders.csv') =>
  client.post('/uploads').attach('file', Buffer.from(content), name);
const raw = (client: Client, content: Buffer | string, name = 'orders.csv', type = 'text/csv') =>
  client
    .post(`/uploads?file_name=${encodeURIComponent(name)}`)
    .set('content-type', type)
    .send(content as string);
const listed = async (client: Client) => (await client.get('/uploads').expect(200)).body.items as Upload[];

describe('uploads', () => {
  let test: TestApp;
  let store: FailingObjectStore;

  beforeAll(async () => {
    test = await startApp({
      settings: { UPLOAD_MAX_BYTES: '8MB', UPLOAD_IDLE_SECONDS: '1', UPLOADS_PER_WORKSPACE: '3' },
      adapters: (adapters) => ({ ...adapters, objectStore: (store = new FailingObjectStore(adapters.objectStore)) }),
    });
  });

  afterAll(() => test.close());

  const kept = async (upload: Upload) =>
    buffer(await store.get(`workspaces/${test.workspaceId}/uploads/${upload.upload_id}/raw`));

  /** Whatever the body of the test did, no file and no upload is left of it. */
  async function leavesNothing(body: () => Promise<unknown>): Promise<void> {
    const [files, before] = [storedFiles(test).length, (await listed(test.owner)).length];
    await body();
    expect(
      await eventually(
        async () => storedFiles(test).length,
        (count) => count === files,
      ),
    ).toBe(files);
    expect(await listed(test.owner)).toHaveLength(before);
  }

  describe('that arrive whole', () => {
    it('keeps a file of a form exactly as it came, and says what it is', async () => {
      const answer = await attach(test.owner, csv).expect(201);
      const upload = answer.body as Upload;
      expect(upload).toMatchObject({
        file_name: 'orders.csv',
        bytes: csv.length,
        sha256: sha256(csv),
        status: 'ready',
        dialect: { encoding: 'utf-8', delimiter: ',', header: true, compression: 'none' },
      });
      expect(answer.headers['location']).toBe(`/api/v1/uploads/${upload.upload_id}`);
      expect((await kept(upload)).toString()).toBe(csv);
      expect((await test.owner.get(`/uploads/${upload.upload_id}`).expect(200)).body).toEqual(upload);
    });

    it.each([
      ['text/csv', 'orders.csv', Buffer.from(csv), 'none'],
      ['text/tab-separated-values; charset=utf-8', 'orders.tsv', Buffer.from('id\tname\n1\tAnn\n'), 'none'],
      ['application/gzip', 'orders.csv.gz', gzipSync(csv), 'gzip'],
      ['application/octet-stream', 'orders.csv', Buffer.from('\ufeffid;name\n1;Ä\n', 'utf16le'), 'none'],
    ])('takes the file itself as a body of type %s', async (type, name, content, compression) => {
      const upload = (await raw(test.owner, content, name, type).expect(201)).body as Upload;
      expect(upload).toMatchObject({ file_name: name, sha256: sha256(content), dialect: { compression } });
      expect((await kept(upload)).equals(content)).toBe(true);
    });

    it('takes an empty file, so that its preview can say so', async () => {
      const upload = (await attach(test.owner, '').expect(201)).body as Upload;
      expect(upload).toMatchObject({ bytes: 0, status: 'ready', sha256: sha256('') });
      const preview = await test.owner.get(`/uploads/${upload.upload_id}/preview`).expect(200);
      expect(preview.body).toMatchObject({ columns: [], rows: [], warnings: [{ code: 'empty_file' }] });
    });

    it('lists uploads newest first, page by page', async () => {
      for (const name of ['first.csv', 'second.csv', 'third.csv']) await attach(test.owner, csv, name).expect(201);
      const page = await test.owner.get('/uploads?limit=2').expect(200);
      expect(page.body.items.map((each: Upload) => each.file_name)).toEqual(['third.csv', 'second.csv']);
      const next = await test.owner.get(`/uploads?limit=2&cursor=${page.body.next_cursor}`).expect(200);
      expect(next.body.items[0].file_name).toBe('first.csv');
    });

    it('deletes an upload with its file', async () => {
      await leavesNothing(async () => {
        const upload = (await attach(test.owner, csv).expect(201)).body as Upload;
        await test.owner.delete(`/uploads/${upload.upload_id}`).expect(204);
        await test.owner.get(`/uploads/${upload.upload_id}`).expect(404);
        await test.owner.delete(`/uploads/${upload.upload_id}`).expect(404);
      });
    });

    it('R1: answers for an upload of another workspace as for none', async () => {
      const upload = (await attach(test.owner, csv).expect(201)).body as Upload;
      const { client } = await addWorkspace(test);
      for (const path of ['', '/preview', '/contract']) {
        const foreign = await client.get(`/uploads/${upload.upload_id}${path}`).expect(404);
        const absent = await client.get(`/uploads/${upload.upload_id.replace(/.$/, '_')}${path}`).expect(404);
        expect(Object.keys(foreign.body)).toEqual(Object.keys(absent.body));
        expect(foreign.body.type).toBe('/problems/upload-not-found');
      }
      await client.delete(`/uploads/${upload.upload_id}`).expect(404);
      await client.put(`/uploads/${upload.upload_id}/contract`, {}).expect(404);
      expect(await listed(client)).toEqual([]);
      await test.owner.get(`/uploads/${upload.upload_id}`).expect(200);
    });

    it('lets a viewer look, not bring', async () => {
      const { client } = await addWorkspace(test, 'viewer', test.workspaceId);
      expect((await listed(client)).length).toBeGreaterThan(0);
      await attach(client, csv).expect(403);
    });
  });

  describe('that are refused', () => {
    it.each([
      [
        'another field',
        (form: ReturnType<typeof attach>) => form.attach('data', Buffer.from(csv), 'a.csv'),
        'begins with the field "data"',
      ],
      ['a text field', (form: ReturnType<typeof attach>) => form.field('file', csv), 'holds text'],
      [
        'a field before the file',
        (form: ReturnType<typeof attach>) => form.field('dataset', 'orders').attach('file', Buffer.from(csv), 'a.csv'),
        'begins with the field "dataset"',
      ],
      [
        'a second file',
        (form: ReturnType<typeof attach>) =>
          form.attach('file', Buffer.from(csv), 'a.csv').attach('file', Buffer.from(csv), 'b.csv'),
        'goes on with the field "file"',
      ],
    ])('refuses a form with %s, and says how to send it', async (_, fill, detail) => {
      await leavesNothing(async () => {
        const answer = await fill(test.owner.post('/uploads')).expect(400);
        expect(answer.body).toMatchObject({
          type: '/problems/malformed-form',
          detail: expect.stringContaining(detail),
        });
      });
    });

    it.each([
      ['an empty form', '--x--\r\n'],
      [
        'a form that is cut off',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,name\n1,',
      ],
      ['a form without parts', 'hello'],
    ])('refuses %s', async (_, body) => {
      await leavesNothing(async () => {
        const answer = await test.owner
          .post('/uploads')
          .set('content-type', 'multipart/form-data; boundary=x')
          .send(body as never);
        expect(answer.status).toBe(400);
        expect(answer.body.type).toBe('/problems/malformed-form');
      });
    });

    it.each([
      ['application/json', '{"file": "id"}'],
      ['image/png', 'x'],
    ])('refuses a body of type %s', async (type, body) => {
      const answer = await test.owner.post('/uploads').set('content-type', type).send(body);
      expect(answer.status).toBe(415);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    });

    it('refuses such bodies everywhere else', async () => {
      const answer = await test.owner.post('/api-tokens').set('content-type', 'text/csv').send(csv);
      expect(answer.status).toBe(415);
      expect(answer.body.type).toBe('/problems/unsupported-media-type');
    });

    it.each([
      ['a PNG image', Buffer.from('89504e470d0a1a0a', 'hex')],
      ['a JSON document', Buffer.from('[{"id": 1}]')],
      ['a tar archive', gzipSync(Buffer.concat([Buffer.from('a.csv'.padEnd(257, '\0')), Buffer.from('ustar\x0000')]))],
      ['a file compressed twice with gzip', gzipSync(gzipSync(csv))],
    ])('R24: says that a file is %s, whatever its name', async (kind, content) => {
      await leavesNothing(async () => {
        const answer = await attach(test.owner, content).expect(415);
        expect(answer.body).toMatchObject({
          type: '/problems/not-a-text-table',
          detail: expect.stringContaining(kind),
        });
      });
    });

    it('names damage in a gzip file', async () => {
      const damaged = gzipSync(csv.repeat(100));
      damaged.fill(0xff, 12, 30);
      await leavesNothing(() => attach(test.owner, damaged).expect(422));
    });

    it('R20: expands a bomb no further than a preview needs', async () => {
      const bomb = gzipSync(Buffer.alloc(100 * megabyte, 'a,b\n'));
      const upload = (await attach(test.owner, bomb).expect(201)).body as Upload;
      expect(upload).toMatchObject({ bytes: bomb.length, dialect: { compression: 'gzip' } });
      const preview = await test.owner.get(`/uploads/${upload.upload_id}/preview`).expect(200);
      expect(preview.body).toMatchObject({ row_count: 100, truncated: true });
    });
  });

  describe('that are too large', () => {
    it('R18: refuses an announced length over the limit without reading it', async () => {
      await leavesNothing(async () => {
        const post = new SlowPost(test.owner, '/uploads', {
          'content-type': 'text/csv',
          'content-length': String(9 * megabyte),
        });
        await post.write(csv);
        const answer = await post.answer;
        expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' }, body: { limit: 8 * megabyte } });
      });
    });

    it.each([
      ['body', 'text/csv', ''],
      ['form', 'multipart/form-data; boundary=x', formHead],
    ])('R18: cuts an endless %s at the limit, with flat memory', async (_, type, prefix) => {
      await leavesNothing(async () => {
        const before = process.memoryUsage().rss;
        const post = new SlowPost(test.owner, '/uploads', { 'content-type': type, 'transfer-encoding': 'chunked' });
        await post.write(prefix);
        const sent = await post.writeUntilAnswered(Buffer.alloc(65_536, csv));
        expect(await post.answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
        expect(sent).toBeLessThan(64 * megabyte);
        expect(process.memoryUsage().rss - before).toBeLessThan(64 * megabyte);
      });
    });

    it('R23: leaves the reserve of the disk untouched', async () => {
      store.setFreeBytes(500 * megabyte + 10);
      await leavesNothing(async () => {
        const answer = await attach(test.owner, csv).expect(507);
        expect(answer.body.type).toBe('/problems/storage-full');
      });
      store.setFreeBytes(undefined);
      await attach(test.owner, csv).expect(201);
    });

    it.each([
      ['runs full', new StorageFull(), 507, '/problems/storage-full'],
      ['breaks', Object.assign(new Error('i/o error'), { code: 'EIO' }), 500, '/problems/internal-error'],
    ])(
      'R23: says why an upload failed when the disk %s in the middle, and stays alive',
      async (_, error, status, type) => {
        const files = storedFiles(test).length;
        store.failNextPut(error, megabyte);
        const answer = await attach(test.owner, Buffer.alloc(3 * megabyte, csv)).expect(status);
        expect(answer.body.type).toBe(type);
        const [failed] = await listed(test.owner);
        expect(failed).toMatchObject({ status: 'failed', sha256: null, error: { type } });
        expect(storedFiles(test)).toHaveLength(files);
        await test.owner.get(`/uploads/${failed!.upload_id}/preview`).expect(410);
        await attach(test.owner, csv).expect(201);
      },
    );

    it('R23: notices while it receives that the disk is getting full', async () => {
      const post = new SlowPost(test.owner, '/uploads', { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' });
      await post.write(csv);
      await eventually(
        () => listed(test.owner),
        ([first]) => first?.status === 'receiving',
      );
      store.setFreeBytes(0);
      const full = await attach(test.owner, csv).expect(507);
      store.setFreeBytes(undefined);
      expect(full.body.type).toBe('/problems/storage-full');
      post.end();
      expect(await post.answer).toMatchObject({ status: 201 });
    });
  });

  describe('that come slowly or not at all', () => {
    it('R19: ends an upload that sends nothing for too long', async () => {
      const files = storedFiles(test).length;
      const post = new SlowPost(test.owner, '/uploads', { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' });
      await post.write(csv);
      expect(await post.answer).toMatchObject({ status: 408, headers: { connection: 'close' } });
      expect((await listed(test.owner))[0]).toMatchObject({
        status: 'failed',
        error: { type: '/problems/upload-stalled' },
      });
      expect(storedFiles(test)).toHaveLength(files);
    });

    it('R19: ends a form that never gets to its file, or never ends after it', async () => {
      const headers = { 'content-type': 'multipart/form-data; boundary=x', 'transfer-encoding': 'chunked' };
      await leavesNothing(async () => {
        const post = new SlowPost(test.owner, '/uploads', headers);
        await post.write('--x\r\n');
        expect(await post.answer).toMatchObject({ status: 408 });
      });
      const files = storedFiles(test).length;
      const post = new SlowPost(test.owner, '/uploads', headers);
      await post.write(`${formHead}${csv}\r\n--x\r\nContent-`);
      expect(await post.answer).toMatchObject({ status: 408 });
      expect((await listed(test.owner))[0]).toMatchObject({
        status: 'failed',
        error: { type: '/problems/upload-stalled' },
      });
      expect(storedFiles(test)).toHaveLength(files);
    });

    it('R19: lets a workspace send so many at a time, and others all the same', async () => {
      const { client: other } = await addWorkspace(test);
      const open = [1, 2, 3].map(
        () => new SlowPost(test.owner, '/uploads', { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' }),
      );
      for (const post of open) await post.write('id\n');
      await eventually(
        () => listed(test.owner),
        (all) => all.filter(({ status }) => status === 'receiving').length === 3,
      );
      const refused = await attach(test.owner, csv).expect(429);
      expect(refused.body.type).toBe('/problems/too-many-uploads');
      expect(refused.headers['retry-after']).toBe('5');
      await attach(other, csv).expect(201);
      for (const post of open) post.end('1\n');
      for (const post of open) expect(await post.answer).toMatchObject({ status: 201 });
      await attach(test.owner, csv).expect(201);
    });

    it('R21: keeps nothing of a file whose sender goes away but the reason', async () => {
      const files = storedFiles(test).length;
      for (const type of ['text/csv', 'multipart/form-data; boundary=x']) {
        const post = new SlowPost(test.owner, '/uploads', { 'content-type': type, 'content-length': '1000000' });
        if (type !== 'text/csv') await post.write(formHead);
        await post.write(csv.repeat(1000));
        await eventually(
          () => listed(test.owner),
          ([first]) => first?.status === 'receiving',
        );
        post.abort();
        const [failed] = await eventually(
          () => listed(test.owner),
          ([first]) => first?.status === 'failed',
        );
        expect(failed).toMatchObject({ status: 'failed', error: { type: '/problems/upload-interrupted' } });
        expect(
          await eventually(
            async () => storedFiles(test).length,
            (count) => count === files,
          ),
        ).toBe(files);
      }
    });

    it('R28: has no preview of a file that is still arriving, and deletes it on request', async () => {
      await leavesNothing(async () => {
        const post = new SlowPost(test.owner, '/uploads', {
          'content-type': 'text/csv',
          'transfer-encoding': 'chunked',
        });
        await post.write(csv);
        const [first] = await eventually(
          () => listed(test.owner),
          ([each]) => each?.status === 'receiving',
        );
        const answer = await test.owner.get(`/uploads/${first!.upload_id}/preview`).expect(409);
        expect(answer.body.type).toBe('/problems/upload-not-ready');
        await test.owner.get(`/uploads/${first!.upload_id}/contract`).expect(409);
        await test.owner.delete(`/uploads/${first!.upload_id}`).expect(204);
        post.end();
        expect(await post.answer).toMatchObject({ status: 410 });
      });
    });
  });

  describe('with an Idempotency-Key', () => {
    it('R22: gives the same upload for the same file, and refuses another', async () => {
      const client = test.owner.with({ 'idempotency-key': 'same-file' });
      const first = await attach(client, csv).expect(201);
      const again = await attach(client, csv).expect(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers['location']).toBe(first.headers['location']);
      expect((await raw(client, csv).expect(201)).body).toEqual(first.body);
      const before = storedFiles(test).length;
      for (const other of [attach(client, csv, 'other.csv'), attach(client, `${csv}3,Cid,1\n`)]) {
        expect((await other.expect(422)).body.type).toBe('/problems/idempotency-key-reused');
      }
      expect(storedFiles(test)).toHaveLength(before);
    });

    it('R22: answers 409 while the first is still arriving, and takes the key again when it failed', async () => {
      const client = test.owner.with({ 'idempotency-key': 'still-running' });
      const headers = {
        'content-type': 'text/csv',
        'transfer-encoding': 'chunked',
        'idempotency-key': 'still-running',
      };
      const post = new SlowPost(test.owner, '/uploads', headers);
      await post.write(csv);
      await eventually(
        () => listed(test.owner),
        ([first]) => first?.status === 'receiving',
      );
      expect((await attach(client, csv).expect(409)).body.type).toBe('/problems/request-in-progress');
      post.abort();
      await eventually(
        () => listed(test.owner),
        ([first]) => first?.status === 'failed',
      );
      const upload = await eventually(
        () => attach(client, csv),
        ({ status }) => status === 201,
      );
      expect(upload.status).toBe(201);
    });
  });

  describe('with odd names', () => {
    it.each([
      ['../../../etc/passwd', 'passwd'],
      ['C:\\Users\\me\\orders.csv', 'orders.csv'],
      ['<script>alert(1)</script>.csv', 'script>.csv'],
      ['a\u0000b\u001b[31m.csv', 'ab[31m.csv'],
      ['x'.repeat(400) + '.csv', 'x'.repeat(251) + '.csv'],
      ['表 – über.csv', '表 – über.csv'],
      ['..', 'upload.csv'],
      ["'; DROP TABLE uploads; --.csv", "'; DROP TABLE uploads; --.csv"],
    ])('R24: keeps %j under a generated key and shows it as %j', async (given, shown) => {
      const upload = (await raw(test.owner, csv, given).expect(201)).body as Upload;
      expect(upload.file_name).toBe(shown);
      expect((await kept(upload)).toString()).toBe(csv);
    });

    it('R24: understands the file names of forms, RFC 5987 included', async () => {
      for (const [parameter, shown] of [
        ['filename="plain.csv"', 'plain.csv'],
        ['filename="C:\\\\x\\\\win.csv"', 'win.csv'],
        ["filename*=UTF-8''%C3%BCber%20alles.csv", 'über alles.csv'],
        ['filename=""', 'upload.csv'],
      ]) {
        const body = `--x\r\nContent-Disposition: form-data; name="file"; ${parameter}\r\nContent-Type: text/csv\r\n\r\n${csv}\r\n--x--\r\n`;
        const answer = await test.owner
          .post('/uploads')
          .set('content-type', 'multipart/form-data; boundary=x')
          .send(body as never);
        expect(answer.status).toBe(201);
        expect(answer.body.file_name).toBe(shown);
      }
    });

    it('R24: answers no file name with a server error', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (name) => {
          const answer = await raw(test.owner, 'id\n1\n', Buffer.from(name).toString());
          expect(answer.status).toBe(201);
          expect(answer.body.file_name).not.toMatch(/[\p{Cc}\\/]/u);
          await test.owner.delete(`/uploads/${answer.body.upload_id}`).expect(204);
        }),
        { numRuns: 25 },
      );
    });
  });
});

describe('uploads that nobody submits', () => {
  it('expire with their files, and are forgotten after a month', async () => {
    const clock = new ShiftedClock();
    const test = await startApp({
      adapters: (adapters) => ({ ...adapters, clock }),
      settings: { ACCESS_TOKEN_SECONDS: '86400', UPLOAD_EXPIRY_HOURS: '1' },
    });
    const token = await test.owner
      .post('/api-tokens', { name: 'later', scopes: ['uploads:read', 'uploads:write'] })
      .expect(201);
    const client = new Client(test.address, token.body.token);
    const upload = (await attach(client, csv).expect(201)).body as Upload;
    const sweep = test.app.nest.get(UploadsSweep);

    await sweep.expire();
    expect((await client.get(`/uploads/${upload.upload_id}`)).body.status).toBe('ready');
    clock.advance(3_600_000);
    await sweep.expire();
    expect((await client.get(`/uploads/${upload.upload_id}`)).body.status).toBe('expired');
    expect((await client.get(`/uploads/${upload.upload_id}/preview`).expect(410)).body.type).toBe(
      '/problems/upload-gone',
    );
    expect(storedFiles(test)).toEqual([]);
    clock.advance(31 * 24 * 3_600_000);
    await sweep.expire();
    await client.get(`/uploads/${upload.upload_id}`).expect(404);
    await test.close();
  });
});
