import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { temporaryFolders } from '../support/temporary-folder.js';

interface Tables {
  notes: { text: string };
}

/** What a power cut would leave at any moment: the files as they were when the last synchronisation that ended began. */
class Disk {
  kept: string | undefined;
  syncs = 0;

  constructor(private readonly folder: string) {}

  readonly sync = async (file: FileHandle): Promise<void> => {
    this.syncs += 1;
    const copy = join(this.folder, `disk-${this.syncs}`);
    mkdirSync(copy);
    for (const name of ['notes.db', 'notes.db-wal']) {
      if (existsSync(join(this.folder, name))) copyFileSync(join(this.folder, name), join(copy, name));
    }
    await file.datasync();
    this.kept = copy;
  };
}

async function notesIn(folder: string): Promise<ReadonlySet<string>> {
  const database = await SqliteDatabase.open(join(folder, 'notes.db'), { migrations: [] });
  const notes = await database.tables<Tables>().selectFrom('notes').selectAll().execute();
  await database.close();
  return new Set(notes.map(({ text }) => text));
}

describe('the SQLite database after a power cut', () => {
  const createFolder = temporaryFolders();

  it('R48: holds whatever anybody was told before it: as written, as read, as there already', async () => {
    const folder = createFolder();
    const disk = new Disk(folder);
    const database = await SqliteDatabase.open(join(folder, 'notes.db'), { migrations: [], sync: disk.sync });
    const tables = database.tables<Tables>();
    await tables.schema
      .createTable('notes')
      .addColumn('text', 'text', (column) => column.primaryKey())
      .execute();
    const told: { readonly texts: readonly string[]; readonly kept: string | undefined }[] = [];
    const tell = (...texts: string[]) => told.push({ texts, kept: disk.kept });

    const write = async (text: string) => {
      await tables.insertInto('notes').values({ text }).execute();
      tell(text);
    };
    const writeTogether = async (...texts: readonly [string, string]) => {
      await database.transaction(async (transaction) => {
        for (const text of texts) await transaction.tables<Tables>().insertInto('notes').values({ text }).execute();
      });
      tell(...texts);
    };
    const read = async () => {
      const notes = await tables.selectFrom('notes').selectAll().execute();
      tell(...notes.map(({ text }) => text));
    };
    const readTogether = async () => {
      const notes = await database.transaction((transaction) =>
        transaction.tables<Tables>().selectFrom('notes').selectAll().execute(),
      );
      tell(...notes.map(({ text }) => text));
    };
    const refused = async (text: string) => {
      await expect(tables.insertInto('notes').values({ text }).execute()).rejects.toThrow();
      tell(text);
    };

    for (let round = 0; round < 20; round += 1) {
      const name = (number: number) => `${round}-${number}`;
      await Promise.all([
        write(name(1)),
        read(),
        writeTogether(name(2), name(3)),
        refused(name(2)),
        write(name(4)),
        readTogether(),
      ]);
    }
    await database.close();

    expect(told.length).toBe(120);
    const copies = new Map<string, ReadonlySet<string>>();
    for (const { texts, kept } of told) {
      const found = copies.get(kept!) ?? (await notesIn(kept!));
      copies.set(kept!, found);
      expect(texts.filter((text) => !found.has(text))).toEqual([]);
    }
    expect(disk.syncs).toBeLessThanOrEqual(60);
  });

  it('R48: reads nothing more once the disk has failed, says why, and leaves the files to the next start', async () => {
    const folder = createFolder();
    let works = true;
    const sync = (file: FileHandle) => (works ? file.datasync() : Promise.reject(new Error('EIO: i/o error')));
    const database = await SqliteDatabase.open(join(folder, 'notes.db'), { migrations: [], sync });
    const tables = database.tables<Tables>();
    await tables.schema.createTable('notes').addColumn('text', 'text').execute();
    await tables.insertInto('notes').values({ text: 'kept' }).execute();

    let proceed = (): void => undefined;
    const open = database.transaction(async (transaction) => {
      await transaction.tables<Tables>().insertInto('notes').values({ text: 'never' }).execute();
      await new Promise<void>((resolve) => (proceed = resolve));
    });
    const queued = tables.insertInto('notes').values({ text: 'lost' }).execute();
    works = false;
    const refusal = { name: 'DatabaseNotDurable', message: expect.stringMatching(/notes\.db.*EIO.*start/) };
    setImmediate(() => proceed());
    await expect(open).rejects.toMatchObject(refusal);
    await expect(queued).rejects.toMatchObject(refusal);
    works = true;

    await expect(tables.selectFrom('notes').selectAll().execute()).rejects.toMatchObject(refusal);
    await expect(database.transaction(async () => undefined)).rejects.toMatchObject(refusal);
    await expect(database.ping()).rejects.toMatchObject(refusal);
    await database.close();
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    for (const name of ['notes.db', 'notes.db-wal']) copyFileSync(join(folder, name), join(copy, name));
    expect(await notesIn(copy)).toContain('kept');
  });

  it('R48: brings what a killed process has left onto the disk before anybody reads it', async () => {
    const [folder, killed] = [createFolder(), createFolder()];
    const database = await SqliteDatabase.open(join(folder, 'notes.db'), { migrations: [] });
    const tables = database.tables<Tables>();
    await tables.schema.createTable('notes').addColumn('text', 'text').execute();
    await tables.insertInto('notes').values({ text: 'written' }).execute();
    for (const name of ['notes.db', 'notes.db-wal']) copyFileSync(join(folder, name), join(killed, name));
    await database.close();

    const next = await SqliteDatabase.open(join(killed, 'notes.db'), { migrations: [] });
    const onDisk = join(killed, 'disk');
    mkdirSync(onDisk);
    copyFileSync(join(killed, 'notes.db'), join(onDisk, 'notes.db'));
    await next.close();
    expect([...(await notesIn(onDisk))]).toEqual(['written']);
  });
});
