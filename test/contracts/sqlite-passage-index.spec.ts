import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { SqlitePassageIndex } from '../../src/providers/passage-index/sqlite/sqlite.passage-index.js';
import { passageIndexContract } from './passage-index.contract.js';

for (const [name, vectorMemoryBytes] of [
  ['', 100_000_000],
  [' with little memory', 1],
] as const) {
  passageIndexContract(`SqlitePassageIndex${name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
    const database = await SqliteDatabase.open(join(folder, 'passages.db'));
    await database.migrate();
    const close = async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { database, index: new SqlitePassageIndex(database, vectorMemoryBytes), close };
  });
}
