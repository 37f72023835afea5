import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StartupError } from '../../src/platform/errors/startup-error.js';
import {
  DirectPartTooSmall,
  DirectUploadGone,
  ObjectDamaged,
  ObjectExists,
  ObjectLengthMismatch,
  ObjectNotFound,
  ObjectReplaced,
  ObjectStoreUnavailable,
} from '../../src/providers/object-store/errors.js';
import { S3ObjectStore, type S3ObjectStoreOptions } from '../../src/providers/object-store/s3/s3.object-store.js';
import { FakeS3 } from '../support/aws/s3/fake-s3.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { objectStoreContract } from './object-store.contract.js';

const createFolder = temporaryFolders();
const mebibyte = 1024 * 1024;
let fake: FakeS3;

const open = (options: Partial<S3ObjectStoreOptions> = {}) =>
  S3ObjectStore.open({
    ...fake.clientConfig,
    forcePathStyle: true,
    bucket: fake.bucket,
    prefix: 'tabletalk',
    scratchDirectory: join(createFolder(), 'scratch'),
    partBytes: 5 * mebibyte,
    concurrency: 2,
    ...options,
  });

beforeEach(async () => {
  fake = await FakeS3.start();
  // Listings in several pages.
  fake.pageSize = 3;
});

afterEach(async () => {
  expect([...fake.multipart.open.keys()]).toEqual([]);
  await fake.close();
});

objectStoreContract('S3ObjectStore', open);

describe('S3ObjectStore', () => {
  let store: S3ObjectStore;
  /** Three parts. */
  const large = randomBytes(10 * mebibyte + 1000);
  const inChunks = (content: Buffer, size = 700_000) =>
    Readable.from(
      (function* () {
        for (let start = 0; start < content.length; start += size) yield content.subarray(start, start + size);
      })(),
    );
  const unavailable = { name: 'SlowDown', status: 503 };

  beforeEach(async () => {
    store = await open({ maxSockets: 10 });
  });

  it.each([
    ['of unknown length', undefined],
    ['of known length', large.length],
  ])('sends content %s in parts, checked one by one and as a whole', async (_, bytes) => {
    const stored = await store.put('a/large', inChunks(large), { bytes });
    expect(stored).toEqual({ key: 'a/large', bytes: large.length, etag: expect.stringMatching(/^"[0-9a-f]{32}-3"$/) });
    expect(fake.keys()).toEqual(['tabletalk/a/large']);
    expect(fake.count('UploadPart')).toBe(3);
    expect(large.equals(await buffer(await store.get('a/large')))).toBe(true);
  });

  it('notices bytes that were changed on their way', async () => {
    await store.put('a', Buffer.from('original'));
    const object = fake.objects.get('tabletalk/a')!;
    writeFileSync(object.path, 'Original');
    await expect(text(await store.get('a'))).rejects.toThrow(ObjectDamaged);
  });

  it('asks for encryption with the key that it was given, for small objects and large ones', async () => {
    const encrypting = await open({ kmsKeyId: 'alias/tabletalk' });
    await encrypting.put('small', Buffer.from('x'));
    await encrypting.put('large', inChunks(large));
    for (const key of ['small', 'large']) {
      expect(fake.objects.get(`tabletalk/${key}`)!.headers).toMatchObject({
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': 'alias/tabletalk',
      });
    }
    await store.put('plain', Buffer.from('x'));
    expect(fake.objects.get('tabletalk/plain')!.headers).not.toHaveProperty('x-amz-server-side-encryption');
  });

  it.each(['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'])(
    'waits while S3 throttles %s',
    async (operation) => {
      fake.failNext({ operation, error: unavailable });
      await store.put('a', operation === 'PutObject' ? Buffer.from('x') : inChunks(large));
      expect(fake.count(operation)).toBeGreaterThanOrEqual(1);
      expect(fake.keys()).toEqual(['tabletalk/a']);
    },
  );

  it.each(['PutObject', 'CompleteMultipartUpload'])(
    'R22: knows its own object when the reply to %s is lost and the repeated request is refused',
    async (operation) => {
      const content = operation === 'PutObject' ? Buffer.from('x') : large;
      fake.failNext({ operation, drop: 'reply' });
      expect(await store.put('a', inChunks(content), { ifAbsent: true })).toMatchObject({ bytes: content.length });
      expect(content.equals(await buffer(await store.get('a')))).toBe(true);
      await expect(store.put('a', inChunks(content), { ifAbsent: true })).rejects.toThrow(ObjectExists);
    },
  );

  it('R22: asks again where S3 cannot decide which of two creators is first', async () => {
    const undecided = { operation: 'PutObject', error: { name: 'ConditionalRequestConflict', status: 409 } };
    fake.failNext(undecided);
    await store.put('a', Buffer.from('first'), { ifAbsent: true });
    fake.failNext(undecided);
    await expect(store.put('a', Buffer.from('second'), { ifAbsent: true })).rejects.toThrow(ObjectExists);
    expect(await text(await store.get('a'))).toBe('first');
  });

  it('R21: leaves no parts behind when one cannot be sent, and ends the source', async () => {
    const source = inChunks(large);
    fake.failNext({ operation: 'UploadPart', error: { name: 'AccessDenied', status: 403 } });
    await expect(store.put('a', source)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(source.destroyed).toBe(true);
    expect(fake.count('AbortMultipartUpload')).toBe(1);
    expect(fake.keys()).toEqual([]);
  });

  it('R21: leaves no parts behind when the caller gives up in the middle', async () => {
    const controller = new AbortController();
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          yield large.subarray(0, mebibyte);
          await delay(1);
        }
      })(),
    );
    const putting = store.put('a', endless, { signal: controller.signal });
    while (fake.count('UploadPart') < 2) await delay(5);
    controller.abort(new Error('the client went away'));
    await expect(putting).rejects.toThrow('the client went away');
    expect(fake.count('AbortMultipartUpload')).toBe(1);
    expect(fake.keys()).toEqual([]);
  });

  it('reads on where the connection broke', async () => {
    await store.put('a', large);
    fake.breakNextBody(3 * mebibyte);
    expect(large.equals(await buffer(await store.get('a')))).toBe(true);
    fake.breakNextBody(mebibyte);
    const part = await buffer(await store.get('a', { start: 100, end: 5 * mebibyte }));
    expect(large.subarray(100, 5 * mebibyte + 1).equals(part)).toBe(true);
    expect(fake.count('GetObject')).toBe(4);
  });

  it('R28: fails rather than go on with another version', async () => {
    await store.put('a', large);
    fake.breakNextBody(3 * mebibyte);
    const reading = await store.get('a');
    await store.put('a', Buffer.from('other'));
    await expect(buffer(reading)).rejects.toThrow(ObjectReplaced);
  });

  it('frees the connection of a reader that stops early, or never begins', async () => {
    await store.put('a', large);
    for (let reader = 0; reader < 20; reader += 1) (await store.get('a')).destroy();
    expect(await text(await store.get('a', { start: 0, end: 0 }))).toHaveLength(1);
  });

  describe('direct transfers', () => {
    const send = async (uploadId: string, partNumber: number, body: Buffer) => {
      const { url } = await store.direct.part('direct', uploadId, partNumber);
      return fetch(url, { method: 'PUT', body: Uint8Array.from(body) });
    };

    it('let a client send an object in parts, and read it', async () => {
      fake.pageSize = 2;
      const uploadId = await store.direct.begin('direct');
      for (const [index, start] of [0, 5 * mebibyte, 10 * mebibyte].entries()) {
        expect((await send(uploadId, index + 1, large.subarray(start, start + 5 * mebibyte))).status).toBe(200);
      }
      expect(await store.head('direct')).toBeUndefined();
      const stored = await store.direct.complete('direct', uploadId, large.length);
      expect(stored).toMatchObject({ key: 'direct', bytes: large.length });
      const { url } = await store.direct.download('direct', { fileName: 'orders.csv', contentType: 'text/csv' });
      const answer = await fetch(url);
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="orders.csv"');
      expect(large.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
    });

    it('make no object of fewer bytes than were announced', async () => {
      const uploadId = await store.direct.begin('direct');
      await send(uploadId, 1, large.subarray(0, 1000));
      await expect(store.direct.complete('direct', uploadId, 2000)).rejects.toThrow(ObjectLengthMismatch);
      expect(await store.head('direct')).toBeUndefined();
      await store.direct.abort('direct', uploadId);
      await store.direct.abort('direct', uploadId);
      await expect(store.direct.complete('direct', uploadId, 1000)).rejects.toThrow(DirectUploadGone);
    });

    it('make no object of parts that are too small', async () => {
      const uploadId = await store.direct.begin('direct');
      for (const number of [1, 2]) await send(uploadId, number, large.subarray(0, 1000));
      await expect(store.direct.complete('direct', uploadId, 2000)).rejects.toThrow(DirectPartTooSmall);
      await store.direct.abort('direct', uploadId);
    });

    it('give leave for one object and one method alone, and for a time', async () => {
      await store.put('a', Buffer.from('x'));
      await store.put('b', Buffer.from('y'));
      const brief = await open({ directSeconds: 1 });
      const as = { fileName: 'a', contentType: 'text/plain' };
      const { url, expiresAt } = await brief.direct.download('a', as);
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(url.replace('/a?', '/b?'))).status).toBe(403);
      expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
      await delay(expiresAt.getTime() - Date.now() + 1100);
      expect((await fetch(url)).status).toBe(403);
      await expect(store.direct.download('missing', as)).rejects.toThrow(ObjectNotFound);
    });
  });

  it('says that it cannot be reached when S3 stays down', async () => {
    fake.failNext({ error: unavailable, times: 5 });
    await expect(store.head('a')).rejects.toThrow(ObjectStoreUnavailable);
    fake.failNext({ drop: 'request', times: 5 });
    await expect(store.get('a')).rejects.toThrow(ObjectStoreUnavailable);
  });

  it('refuses to start with a bucket that it cannot use', async () => {
    await expect(open({ bucket: 'missing' })).rejects.toThrow(StartupError);
    await expect(open({ credentials: { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' } })).rejects.toThrow(
      'no right to list it',
    );
  });
});
