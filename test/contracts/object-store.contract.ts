import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  InvalidObjectKey,
  ObjectExists,
  ObjectLengthMismatch,
  ObjectNotFound,
} from '../../src/providers/object-store/errors.js';
import type { ObjectStore } from '../../src/providers/object-store/object-store.js';
import { collectGarbage } from '../support/garbage.js';

/** What every object store promises. `open` gives an empty store. */
export function objectStoreContract(name: string, open: () => Promise<ObjectStore>): void {
  describe(`${name}: the promises of an object store`, () => {
    let store: ObjectStore;

    const keys = async (prefix = '') => {
      const found: string[] = [];
      for await (const { key } of store.list(prefix)) found.push(key);
      return found;
    };
    const read = async (key: string) => text(await store.get(key));
    const expectNothingLeft = async () => {
      expect(await keys()).toEqual([]);
      expect(readdirSync(store.scratchDirectory)).toEqual([]);
    };

    beforeEach(async () => {
      store = await open();
    });

    it('gives back what was put, bytes and stream alike', async () => {
      const content = randomBytes(300_000);
      const info = await store.put('a/bytes', content);
      await store.put('a/stream', Readable.from([content.subarray(0, 1), content.subarray(1)]));
      await store.put('a/empty', Buffer.alloc(0));
      expect(info).toMatchObject({ key: 'a/bytes', bytes: 300_000, etag: expect.stringMatching(/^"[^"]+"$/) });
      const found = await store.head('a/bytes');
      expect(found).toMatchObject(info);
      expect(Math.abs(found!.modifiedAt.getTime() - Date.now())).toBeLessThan(60_000);
      expect(content.equals(await buffer(await store.get('a/bytes')))).toBe(true);
      expect(content.equals(await buffer(await store.get('a/stream')))).toBe(true);
      expect(await read('a/empty')).toBe('');
    });

    it('moves a finished scratch file in', async () => {
      const path = join(store.scratchDirectory, 'finished');
      writeFileSync(path, 'finished');
      expect(await store.putFile('a/file', path, { bytes: 8 })).toMatchObject({ key: 'a/file', bytes: 8 });
      expect(await read('a/file')).toBe('finished');
      expect(readdirSync(store.scratchDirectory)).toEqual([]);
    });

    it('moves a file in without waiting for the disk', async () => {
      const path = join(store.scratchDirectory, 'finished');
      writeFileSync(path, 'finished');
      await store.putFile('a/file', path, { durable: false });
      expect(await read('a/file')).toBe('finished');
    });

    it('refuses a file that is not in the scratch folder', async () => {
      await expect(store.putFile('a/file', '/etc/hostname')).rejects.toThrow('scratch');
      await expectNothingLeft();
    });

    it('knows nothing of an object that is not there', async () => {
      await store.put('a/b', Buffer.from('x'));
      for (const key of ['a/c', 'a', 'b/c', 'a/b/c']) {
        expect(await store.head(key)).toBeUndefined();
        await expect(store.get(key)).rejects.toThrow(ObjectNotFound);
        await store.delete(key);
      }
      expect(await keys()).toEqual(['a/b']);
    });

    it.each([
      [{ start: 2 }, '23456789'],
      [{ start: 2, end: 4 }, '234'],
      [{ start: 0, end: 0 }, '0'],
      [{ start: 8, end: 100 }, '89'],
      [{ start: 10 }, ''],
    ])('reads the range %j', async (range, expected) => {
      await store.put('digits', Buffer.from('0123456789'));
      expect(await text(await store.get('digits', range))).toBe(expected);
    });

    it('changes the etag whenever the content changes, even to one of the same length', async () => {
      const etags = new Set<string>();
      for (let version = 0; version < 100; version += 1) {
        etags.add((await store.put('a', Buffer.from([version]))).etag);
      }
      expect(etags.size).toBe(100);
    });

    it('lets a reader that has begun finish the version it began with', async () => {
      const first = randomBytes(1_000_000);
      await store.put('a', first);
      const reading = await store.get('a');
      await once(reading, 'readable');
      await store.put('a', Buffer.from('second'));
      const replaced = await store.get('a');
      await store.delete('a');
      expect(first.equals(await buffer(reading))).toBe(true);
      expect(await text(replaced)).toBe('second');
      await expect(store.get('a')).rejects.toThrow(ObjectNotFound);
    });

    it('R28: never shows a mixture while an object is being replaced', async () => {
      const versions = Array.from({ length: 6 }, (_, version) => Buffer.alloc(200_000, version));
      await store.put('a', versions[0]!);
      const replaced = new AbortController();
      const reader = (async () => {
        while (!replaced.signal.aborted) {
          const seen = await buffer(await store.get('a'));
          expect(versions.some((version) => version.equals(seen))).toBe(true);
        }
      })();
      for (const version of versions) await store.put('a', version);
      replaced.abort();
      await reader;
    });

    it('R22: lets exactly one of many racing creators win', async () => {
      const creators = Array.from({ length: 30 }, (_, creator) =>
        store.put('deep/er/a', Readable.from([Buffer.from(`creator ${creator}`)]), { ifAbsent: true }).then(
          () => creator,
          (error: unknown) => error,
        ),
      );
      const results = await Promise.all(creators);
      const winners = results.filter((result) => typeof result === 'number');
      expect(winners).toHaveLength(1);
      expect(results.filter((result) => result instanceof ObjectExists)).toHaveLength(29);
      expect(await read('deep/er/a')).toBe(`creator ${winners[0]}`);
      expect(readdirSync(store.scratchDirectory)).toEqual([]);
    });

    it('keeps the existing object and the file when a file may not replace', async () => {
      await store.put('a', Buffer.from('first'));
      const path = join(store.scratchDirectory, 'second');
      writeFileSync(path, 'second');
      await expect(store.putFile('a', path, { ifAbsent: true })).rejects.toThrow(ObjectExists);
      expect(await read('a')).toBe('first');
      expect(readdirSync(store.scratchDirectory)).toEqual(['second']);
    });

    it.each([
      ['fewer', 11],
      ['more', 9],
    ])('stores nothing when %s bytes arrive than were announced', async (_, bytes) => {
      const content = Readable.from([Buffer.from('01234'), Buffer.from('56789')]);
      await expect(store.put('a', content, { bytes })).rejects.toThrow(ObjectLengthMismatch);
      await expectNothingLeft();
    });

    it('R23: surfaces a failing source and stores nothing', async () => {
      const failing = Readable.from(
        (async function* () {
          yield randomBytes(100_000);
          throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
        })(),
      );
      await expect(store.put('a', failing)).rejects.toMatchObject({ code: 'EIO' });
      await expectNothingLeft();
    });

    it('stops at once when the caller aborts, even while the source is silent', async () => {
      const silent = new Readable({ read: () => undefined });
      silent.push(randomBytes(1000));
      const controller = new AbortController();
      const putting = store.put('a', silent, { signal: controller.signal });
      setTimeout(() => controller.abort(new Error('the client went away')), 20);
      await expect(putting).rejects.toThrow('the client went away');
      expect(silent.destroyed).toBe(true);
      await expectNothingLeft();
    });

    it('lists in key order, whatever the folders', async () => {
      const unordered = ['a/b', 'a-b/c', 'a.txt', 'a0', 'a/a/z', 'b', 'a/b.c', 'a/b-c/d', '_x', '0'];
      for (const key of unordered) await store.put(key, Buffer.from(key));
      expect(await keys()).toEqual(unordered.toSorted());
      expect(await keys('a/')).toEqual(['a/a/z', 'a/b', 'a/b-c/d', 'a/b.c']);
      expect(await keys('a/b')).toEqual(['a/b', 'a/b-c/d', 'a/b.c']);
      expect(await keys('a')).toEqual(unordered.filter((key) => key.startsWith('a')).toSorted());
      expect(await keys('missing/')).toEqual([]);
    });

    it('agrees with a map of keys on every sequence of puts and deletes', async () => {
      const segment = fc.constantFrom('a', 'b', 'a.b', 'a-b', '0');
      const folder = fc.array(
        segment.map((part) => `d${part}/`),
        { maxLength: 2 },
      );
      const key = fc.tuple(folder, segment).map(([folders, last]) => folders.join('') + last);
      const step = fc.tuple(fc.constantFrom('put', 'delete', 'deletePrefix'), key);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          const model = new Map<string, string>();
          for (const [index, [action, target]] of steps.entries()) {
            const prefix = target.slice(0, target.indexOf('/') + 1);
            const affected = [...model.keys()].filter((known) => known.startsWith(prefix));
            if (action === 'put') {
              await store.put(target, Buffer.from(`${index}`));
              model.set(target, `${index}`);
            } else if (action === 'delete' || prefix === '') {
              await store.delete(target);
              model.delete(target);
            } else {
              expect(await store.deletePrefix(prefix)).toBe(affected.length);
              for (const gone of affected) model.delete(gone);
            }
          }
          expect(await keys()).toEqual([...model.keys()].toSorted());
          for (const [known, content] of model) expect(await read(known)).toBe(content);
          for (const known of model.keys()) await store.delete(known);
        }),
        { numRuns: 25 },
      );
    });

    it('survives puts and deletions of the same folder at once', async () => {
      const work = Array.from({ length: 40 }, async (_, index) => {
        const key = `shared/folder/${index % 4}`;
        await store.put(key, Buffer.from(key));
        await store.delete(key);
      });
      await Promise.all(work);
      await expectNothingLeft();
    });

    it('R2: refuses what is no key, in every method', async () => {
      for (const key of ['../a', 'a/../../b', '/etc/passwd', 'A', '.scratch/a', 'a\0']) {
        await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(InvalidObjectKey);
        await expect(store.putFile(key, join(store.scratchDirectory, 'x'))).rejects.toThrow(InvalidObjectKey);
        await expect(store.get(key)).rejects.toThrow(InvalidObjectKey);
        await expect(store.head(key)).rejects.toThrow(InvalidObjectKey);
        await expect(store.delete(key)).rejects.toThrow(InvalidObjectKey);
        await expect(store.deletePrefix(`${key}/`)).rejects.toThrow(InvalidObjectKey);
        await expect(keys(key)).rejects.toThrow(InvalidObjectKey);
        expect(() => store.location(key)).toThrow(InvalidObjectKey);
      }
      await expect(store.deletePrefix('')).rejects.toThrow(InvalidObjectKey);
      await expect(store.deletePrefix('a')).rejects.toThrow(InvalidObjectKey);
    });

    it('takes keys and segments of the greatest length', async () => {
      const key = `${'a'.repeat(255)}/${'b'.repeat(255)}`;
      await store.put(key, Buffer.from('x'));
      expect(await keys()).toEqual([key]);
    });

    it('streams content of any length in constant memory', async () => {
      const chunk = randomBytes(1 << 20);
      const hash = createHash('sha256');
      const held = () => {
        collectGarbage();
        return process.memoryUsage().arrayBuffers;
      };
      const before = held();
      let most = 0;
      const source = Readable.from(
        (function* () {
          for (let count = 0; count < 64; count += 1) {
            if (count % 8 === 7) most = Math.max(most, held() - before);
            hash.update(chunk);
            yield chunk;
          }
        })(),
      );
      await store.put('big', source, { bytes: 64 << 20 });
      expect(most).toBeLessThan(32 << 20);
      const reread = createHash('sha256');
      for await (const part of await store.get('big')) reread.update(part as Buffer);
      expect(reread.digest('hex')).toBe(hash.digest('hex'));
    });

    it('says where an object is and how much room there is', async () => {
      await store.put('a/b', Buffer.from('x'));
      const location = store.location('a/b');
      expect(location).toMatch(/^(file:\/\/|s3:\/\/).*\/a\/b$/);
      expect(store.keyOf(location)).toBe('a/b');
      expect(() => store.keyOf('s3://somebody-else/a/b')).toThrow();
      expect(await store.freeBytes()).toBeGreaterThan(0);
    });
  });
}
