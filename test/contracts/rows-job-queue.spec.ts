import { join } from 'node:path';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { createQuickQueue } from '../support/quick-queue.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { jobQueueContract } from './job-queue.contract.js';

const createFolder = temporaryFolders();

jobQueueContract('RowsJobQueue', async () => {
  const database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
  await database.migrate();
  return { database, createQueue: (clock) => createQuickQueue(database, clock) };
});
