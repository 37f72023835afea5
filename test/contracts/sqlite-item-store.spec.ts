import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { SqliteItemStore } from '../../src/providers/item-store/sqlite/sqlite.item-store.js';
import { ManualClock } from '../support/manual-clock.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { itemStoreContract } from './item-store.contract.js';

let database: SqliteDatabase | undefined;
afterEach(() => database?.close());
const createFolder = temporaryFolders();

const open = async () => {
  database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
  await database.migrate();
  const clock = new ManualClock();
  return { store: new SqliteItemStore(database, clock), clock, database };
};

itemStoreContract('SqliteItemStore', open);

it('leaves out an item that cannot be read, and counts it', async () => {
  const { store, database: opened } = await open();
  const table = { name: 'notes', partitionKey: 'id' } as const;
  await store.put<{ id: string }>(table, { id: 'n' });
  await opened.tables<{ items: { body: string } }>().updateTable('items').set({ body: '{"id":' }).execute();
  expect(await store.get<{ id: string }>(table, { id: 'n' })).toBeUndefined();
  expect((await store.query<{ id: string }>(table, { partition: 'n', limit: 5 })).items).toEqual([]);
  expect(store.malformed).toBe(2);
});

it('clears away what has expired, faster than it comes', async () => {
  const { store, clock, database: opened } = await open();
  const table = { name: 'notes', partitionKey: 'id', indexes: { by_list: { partitionKey: 'list' } } } as const;
  const ending = { ...table, expiresAt: 'ends' } as const;
  interface Note {
    id: string;
    list: string;
    ends: number;
  }
  const putAt = (round: number) => {
    const ends = Math.floor(clock.now().getTime() / 1000) + 60;
    return Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        store.put<Note>(ending, { id: `${round}-${number}`, list: 'all', ends }),
      ),
    );
  };
  for (let round = 0; round < 5; round += 1) {
    await putAt(round);
    clock.advance(61_000);
  }
  await putAt(5);
  const tables = opened.tables<{ items: object; item_indexes: object }>();
  const rows = await Promise.all(
    (['items', 'item_indexes'] as const).map((name) => tables.selectFrom(name).selectAll().execute()),
  );
  expect(rows.map(({ length }) => length)).toEqual([100, 100]);
});
