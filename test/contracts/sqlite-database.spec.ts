import { join } from 'node:path';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { databaseContract } from './database.contract.js';

const createFolder = temporaryFolders();

databaseContract('SqliteDatabase', () => {
  const path = join(createFolder(), 'tabletalk.db');
  return { open: (migrations) => SqliteDatabase.open(path, { migrations }) };
});
