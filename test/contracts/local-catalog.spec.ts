import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { LocalCatalog } from '../../src/providers/catalog/local/local.catalog.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { catalogContract } from './catalog.contract.js';

let database: SqliteDatabase | undefined;
afterEach(() => database?.close());
const createFolder = temporaryFolders();

catalogContract('LocalCatalog', async () => {
  database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
  await database.migrate();
  return new LocalCatalog(database, new SystemClock());
});
