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
