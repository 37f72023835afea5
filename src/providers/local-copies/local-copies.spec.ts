import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { until } from '../../../test/support/until.js';
import { ObjectNotFound, StorageFull } from '../object-store/errors.js';
import { LocalFilesObjectStore } from '../object-store/local-files/local-files.object-store.js';
import type { ByteRange, ObjectStore } from '../object-store/object-store.js';
import { LocalCopies } from './local-copies.js';

const kilobytes = 1000;

/** A store whose objects are elsewhere, as far as anybody can tell. */
function distant(store: ObjectStore) {
  const gets: string[] = [];
  let held: Promise<void> | undefined;
  const proxy = new Proxy(store, {
    get(target, name) {
      if (name === 'location') return (key: string) => `s3://bucket/${key}`;
      if (name === 'get') {
        return async (key: string, range?: ByteRange) => {
          gets.push(key);
          await held;
          return target.get(key, range);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const hold = (until: Promise<void>) => {
    held = until;
  };
  return { store: proxy, gets, hold };
}

describe('LocalCopies', () => {
  const createFolder = temporaryFolders();
  let local: LocalFilesObjectStore;
  let far: ReturnType<typeof distant>;
  let copies: LocalCopies;
  const content = randomBytes(400 * kilobytes);
  const held = () => readdirSync(join(local.scratchDirectory, 'copies'));

  beforeEach(async () => {
    const folder = createFolder();
    local = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
    for (const key of ['a', 'b', 'c']) await local.put(key, content);
    far = distant(local);
    copies = new LocalCopies(far.store, { cacheBytes: 1000 * kilobytes });
  });

  it('hands out the objects themselves where they are files', async () => {
    const { paths, release } = await new LocalCopies(local).take(['a', 'b']);
    expect(paths.map((path) => path.split('/').slice(-2).join('/'))).toEqual(['objects/a', 'objects/b']);
    release();
    expect(readdirSync(local.scratchDirectory)).toEqual([]);
    expect(existsSync(paths[0]!)).toBe(true);
  });

  it('brings each object once, however many want it, and keeps it for the next', async () => {
    const taken = await Promise.all([copies.take(['a', 'b']), copies.take(['a']), copies.take(['a'])]);
    expect(taken[0].paths.map((path) => content.equals(readFileSync(path)))).toEqual([true, true]);
    expect(taken[1].paths).toEqual([taken[0].paths[0]]);
    taken.forEach(({ release }) => release());
    (await copies.take(['b'])).release();
    expect(far.gets.toSorted()).toEqual(['a', 'b']);
  });

  it('removes what was used longest ago when it holds too much, but nothing that is in use', async () => {
    const first = await copies.take(['a']);
    for (const key of ['b', 'c']) (await copies.take([key])).release();
    await until(async () => held().length === 2);
    expect(readFileSync(first.paths[0]!).equals(content)).toBe(true);
    first.release();
    (await copies.take(['b'])).release();
    expect(far.gets).toEqual(['a', 'b', 'c', 'b']);
  });

  it('never hands out an earlier version', async () => {
    (await copies.take(['a'])).release();
    await local.put('a', Buffer.from('new'));
    const { paths, release } = await copies.take(['a']);
    expect(readFileSync(paths[0]!, 'utf8')).toBe('new');
    release();
  });

  it('leaves nothing of what nobody waits for any more, and goes on for those who do', async () => {
    far.hold(delay(50));
    const controller = new AbortController();
    const patient = copies.take(['a']);
    const impatient = copies.take(['a', 'b'], controller.signal);
    const rejected = expect(impatient).rejects.toThrow('cancelled');
    await delay(20);
    controller.abort(new Error('cancelled'));
    await rejected;
    const { paths, release } = await patient;
    expect(content.equals(readFileSync(paths[0]!))).toBe(true);
    await until(async () => held().length === 1);
    release();
  });

  it('says what is not there, and takes nothing that does not fit the disk', async () => {
    await expect(copies.take(['a', 'missing'])).rejects.toThrow(ObjectNotFound);
    const tight = new LocalCopies(far.store, { reserveBytes: 1e18 });
    await expect(tight.take(['a'])).rejects.toThrow(StorageFull);
    expect(far.gets).toEqual([]);
  });

  it('begins anew after a copy that failed', async () => {
    far.hold(Promise.reject(new Error('the store is down')));
    await expect(Promise.all([copies.take(['a']), copies.take(['a'])])).rejects.toThrow('the store is down');
    far.hold(Promise.resolve());
    const { paths, release } = await copies.take(['a']);
    expect(content.equals(readFileSync(paths[0]!))).toBe(true);
    release();
  });

  it('fills in no more than the footer where that is enough', async () => {
    const footer = Buffer.from('f'.repeat(100_000));
    const trailer = Buffer.concat([Buffer.from([0, 0, 0, 0]), Buffer.from('PAR1')]);
    trailer.writeUInt32LE(footer.length);
    const parquet = Buffer.concat([Buffer.from('PAR1'), randomBytes(3_000_000), footer, trailer]);
    await local.put('parquet', Readable.from([parquet]));
    const { paths, release } = await copies.takeFooters(['parquet']);
    const file = readFileSync(paths[0]!);
    expect(file.length).toBe(parquet.length);
    expect(file.subarray(-100_008).equals(parquet.subarray(-100_008))).toBe(true);
    expect(statSync(paths[0]!).blocks * 512).toBeLessThan(300_000);
    release();
    await until(async () => !existsSync(paths[0]!));
  });
});
