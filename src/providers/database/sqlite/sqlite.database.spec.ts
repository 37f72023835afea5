import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { entryPoint } from '../../../platform/child-process.js';
import { FolderInUse } from '../../exclusive-folder/exclusive-folder.js';
import { DatabaseDamaged } from '../errors.js';
import { SqliteDatabase } from './sqlite.database.js';

interface Tables {
  numbers: { id: number; value: number | bigint };
}

describe('SqliteDatabase', () => {
  const createFolder = temporaryFolders();

  const withDatabase = async (work: (database: SqliteDatabase) => Promise<void>) => {
    const database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    try {
      await sql`create table numbers (id integer primary key, value integer not null)`.execute(database.tables());
      await work(database);
    } finally {
      await database.close();
    }
  };

  it('writes to a log, and leaves it to nobody but checkpoints to wait for the disk', () =>
    withDatabase(async (database) => {
      const mode = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(database.tables());
      const synchronous = await sql<{ synchronous: number }>`pragma synchronous`.execute(database.tables());
      expect([mode.rows[0]?.journal_mode, synchronous.rows[0]?.synchronous]).toEqual(['wal', 1]);
    }));

  it('never rounds an integer', () =>
    withDatabase(async (database) => {
      const tables = database.tables<Tables>();
      await tables.insertInto('numbers').values({ id: 1, value: 9_007_199_254_740_993n }).execute();
      await expect(tables.selectFrom('numbers').selectAll().execute()).rejects.toThrow('too large');
    }));

  it('refuses a query that would wait for its own transaction', () =>
    withDatabase(async (database) => {
      const waiting = database.transaction(() => database.tables<Tables>().selectFrom('numbers').selectAll().execute());
      await expect(waiting).rejects.toThrow('must go through that transaction');
      const nested = database.transaction(() => database.transaction(async () => undefined));
      await expect(nested).rejects.toThrow('must go through that transaction');
    }));

  it('serves work that a transaction has begun and that goes on after it', () =>
    withDatabase(async (database) => {
      let later: Promise<unknown> | undefined;
      await database.transaction(async () => {
        later = new Promise((resolve) => setTimeout(resolve, 10)).then(() => database.ping());
      });
      await expect(later).resolves.toBeUndefined();
    }));

  it('closes only after what is running', async () => {
    const database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    const order: string[] = [];
    let working: Promise<unknown> | undefined;
    await new Promise<void>((begun) => {
      working = database.transaction(async () => {
        begun();
        await new Promise((resolve) => setTimeout(resolve, 30));
        order.push('worked');
      });
    });
    await database.close().then(() => order.push('closed'));
    await working;
    expect(order).toEqual(['worked', 'closed']);
  });

  it('refuses a file that a running process uses, and says which folder and what to do', async () => {
    const folder = createFolder();
    const first = await SqliteDatabase.open(join(folder, 'tabletalk.db'));
    const refused = await SqliteDatabase.open(join(folder, 'tabletalk.db')).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FolderInUse);
    expect((refused as Error).message).toMatch(new RegExp(`${folder}.*DATA_DIR`));
    await first.close();
    await (await SqliteDatabase.open(join(folder, 'tabletalk.db'))).close();
  });

  it('opens a file whose process was killed', async () => {
    const path = join(createFolder(), 'tabletalk.db');
    const module = entryPoint(import.meta.url, './sqlite.database.js');
    const program = `
      const { SqliteDatabase } = await import(${JSON.stringify(module)});
      const database = await SqliteDatabase.open(${JSON.stringify(path)});
      await database.migrate();
      process.kill(process.pid, 'SIGKILL');`;
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', program])).toThrow();
    const database = await SqliteDatabase.open(path);
    await database.migrate();
    await database.close();
  });

  it.each([
    ['no database at all', () => Buffer.from('a,b\n1,2\n'.repeat(1000))],
    [
      'a database with its first pages overwritten',
      (file: Buffer) => Buffer.concat([randomBytes(8192), file.subarray(8192)]),
    ],
    [
      'a database with a damaged schema',
      (file: Buffer) => Buffer.concat([file.subarray(0, 100), randomBytes(3996), file.subarray(4096)]),
    ],
  ])('says that the file is %s', async (_, damage) => {
    const path = join(createFolder(), 'tabletalk.db');
    const database = await SqliteDatabase.open(path);
    await database.migrate();
    await database.close();
    writeFileSync(path, damage(readFileSync(path)));
    const refused = await SqliteDatabase.open(path).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DatabaseDamaged);
    expect((refused as Error).message).toContain(path);
  });
});
