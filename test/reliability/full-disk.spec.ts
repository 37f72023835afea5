import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { StorageFull } from '../../src/providers/object-store/errors.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';

const megabyte = 1 << 20;

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  if (mounted) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
}

const disks = canMount() ? describe : describe.skip;

disks('a full disk (skipped where a small file system cannot be mounted: that takes root)', () => {
  let disk: string;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'tabletalk-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  });
  afterEach(() => {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  it('R23: the object store says so, keeps nothing of what did not fit and all that did, and goes on', async () => {
    const store = await LocalFilesObjectStore.open(join(disk, 'objects'), join(disk, 'scratch'));
    const first = randomBytes(2 * megabyte);
    await store.put('a/first', first);
    const tooBig = Readable.from(Array.from({ length: 48 }, () => randomBytes(megabyte / 16)));
    await expect(store.put('a/second', tooBig)).rejects.toThrow(StorageFull);

    expect(await store.head('a/second')).toBeUndefined();
    expect(readdirSync(store.scratchDirectory)).toEqual([]);
    expect(await store.freeBytes()).toBeGreaterThan(megabyte);
    expect(first.equals(await buffer(await store.get('a/first')))).toBe(true);
    await store.put('a/third', randomBytes(megabyte));
  });

  it('R48: the database says so, keeps nothing of the transaction and all before it, and goes on', async () => {
    interface Tables {
      blobs: { id: number; content: Buffer };
    }
    const database = await SqliteDatabase.open(join(disk, 'tabletalk.db'), { migrations: [] });
    const insert = (id: number, bytes: number) =>
      database.transaction((transaction) =>
        transaction
          .tables<Tables>()
          .insertInto('blobs')
          .values({ id, content: randomBytes(bytes) })
          .execute(),
      );
    const ids = async () =>
      (await database.tables<Tables>().selectFrom('blobs').select('id').execute()).map(({ id }) => id);
    await database
      .tables()
      .schema.createTable('blobs')
      .addColumn('id', 'integer')
      .addColumn('content', 'blob')
      .execute();
    await insert(1, 1000);
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, randomBytes(2 * megabyte));

    await expect(insert(2, 3 * megabyte)).rejects.toThrow(StorageFull);
    expect(await ids()).toEqual([1]);
    rmSync(ballast);
    await insert(3, 1000);
    expect(await ids()).toEqual([1, 3]);
    await database.close();
  });
});
