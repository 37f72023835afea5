import { appendFileSync, copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { killAgainAndAgain, numberOfKills, runChild } from '../support/kills.js';
import { temporaryFolders } from '../support/temporary-folder.js';

interface Tables {
  groups: { value: string; part: number };
  chain: { version: number; client: string };
}

async function readRows(folder: string) {
  const database = await SqliteDatabase.open(join(folder, 'rows.db'), { migrations: [] });
  try {
    const tables = database.tables<Tables>();
    const groups = await tables.selectFrom('groups').selectAll().execute();
    const chain = await tables.selectFrom('chain').select('version').orderBy('version').execute();
    return { groups, versions: chain.map(({ version }) => version) };
  } finally {
    await database.close();
  }
}

function expectWholeTransactions({ groups, versions }: Awaited<ReturnType<typeof readRows>>): void {
  const parts = new Map<string, number>();
  for (const { value } of groups) parts.set(value, (parts.get(value) ?? 0) + 1);
  expect([...parts].filter(([, count]) => count !== 10)).toEqual([]);
  expect(versions).toEqual(versions.map((_, index) => index + 1));
}

describe('the SQLite database under kill -9', () => {
  const createFolder = temporaryFolders();

  it('R48: holds every write that was acknowledged to one of four clients, and only whole transactions', async () => {
    const folder = createFolder();
    const kills = numberOfKills(15);
    const log = await killAgainAndAgain('write-rows.mjs', (kill) => [folder, `${kill}`], kills);

    const rows = await readRows(folder);
    expectWholeTransactions(rows);
    const present = new Set([
      ...rows.groups.map(({ value }) => `group ${value}`),
      ...rows.versions.map((v) => `chain ${v}`),
    ]);
    expect(log.length).toBeGreaterThan(10);
    expect(log.filter((line) => !present.has(line))).toEqual([]);
  }, 600_000);

  it.each([
    ['cut short', (wal: string, bytes: number) => truncateSync(wal, bytes - 1234)],
    ['followed by garbage', (wal: string) => appendFileSync(wal, randomBytes(9000))],
    [
      'garbled at its end',
      (wal: string, bytes: number) =>
        writeFileSync(wal, Buffer.concat([readFileSync(wal).subarray(0, bytes - 3000), randomBytes(3000)])),
    ],
  ])('R48: opens with whole transactions when its last write is %s', async (_, tear) => {
    const [folder, torn] = [createFolder(), createFolder()];
    await runChild('write-rows.mjs', [folder, 'torn'], { afterLines: 20, delayMs: 0 });
    for (const file of ['rows.db', 'rows.db-wal']) copyFileSync(join(folder, file), join(torn, file));
    const wal = join(torn, 'rows.db-wal');
    tear(wal, readFileSync(wal).length);

    const [intact, rest] = [await readRows(folder), await readRows(torn)];
    expectWholeTransactions(rest);
    expect(rest.versions.length).toBeGreaterThan(0);
    expect(intact.groups.slice(0, rest.groups.length)).toEqual(rest.groups);
  });
});
