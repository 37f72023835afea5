import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { UniqueViolation } from '../errors.js';
import { SqliteDatabase } from './sqlite.database.js';
import type { Statements, Unit } from './sqlite-units.js';

describe('units of work on SQLite', () => {
  const createFolder = temporaryFolders();
  let database: SqliteDatabase;
  let syncs: number;

  beforeEach(async () => {
    syncs = 0;
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'), {
      migrations: [],
      sync: (file) => {
        syncs += 1;
        return file.datasync();
      },
    });
    await database.write((statements) => statements.run('create table names (name text primary key)', []));
    syncs = 0;
  });
  afterEach(() => database.close());

  const add = (name: string) => (statements: Statements) =>
    statements.run('insert into names (name) values (?)', [name]);
  const names: Unit<string[]> = (statements) =>
    statements.rows<{ name: string }>('select name from names order by rowid', []).map(({ name }) => name);

  it('share a commit when they come together', async () => {
    const changes = await Promise.all(Array.from({ length: 40 }, (_, number) => database.write(add(`${number}`))));
    expect(changes).toEqual(Array.from({ length: 40 }, () => 1));
    expect(syncs).toBe(1);
    expect(await database.read(names)).toHaveLength(40);
  });

  it('do not wait for the disk when they change nothing', async () => {
    const remove: Unit<number> = (statements) => statements.run('delete from names where name = ?', ['nobody']);
    const removed: Unit<unknown[]> = (statements) => statements.rows('delete from names returning name', []);
    await Promise.all([database.write(remove), database.read(names)]);
    expect(await database.write(removed)).toEqual([]);
    expect(syncs).toBe(0);
    await database.write(add('somebody'));
    expect(await database.write(removed)).toHaveLength(1);
    expect(syncs).toBe(2);
  });

  it('come in order, however many there are', async () => {
    const wanted = Array.from({ length: 175 }, (_, number) => `${number}`);
    await Promise.all(wanted.map((name) => database.write(add(name))));
    expect(await database.read(names)).toEqual(wanted);
  });

  it('fail by themselves, and as a whole', async () => {
    const twice: Unit<void> = (statements) => {
      add('half')(statements);
      add('first')(statements);
    };
    const outcomes = await Promise.allSettled([
      database.write(add('first')),
      database.write(twice),
      database.write(() => {
        throw new Error('changed my mind');
      }),
      database.write(add('last')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toHaveProperty('reason', expect.any(UniqueViolation));
    expect(outcomes[2]).toHaveProperty('reason.message', 'changed my mind');
    expect(await database.read(names)).toEqual(['first', 'last']);
  });

  it('wait for a transaction, and are refused inside of one', async () => {
    await database.transaction(async (transaction) => {
      await expect(database.write(add('inside'))).rejects.toThrow('must go through that transaction');
      await expect(database.read(names)).rejects.toThrow('must go through that transaction');
      await transaction.tables<{ names: { name: string } }>().insertInto('names').values({ name: 'first' }).execute();
    });
    const working = database.transaction(async (transaction) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await transaction.tables<{ names: { name: string } }>().insertInto('names').values({ name: 'second' }).execute();
    });
    await Promise.all([working, database.write(add('third'))]);
    expect(await database.read(names)).toEqual(['first', 'second', 'third']);
  });

  it('are done before the database closes', async () => {
    const added = database.write(add('late'));
    await database.close();
    await expect(added).resolves.toBe(1);
  });
});
