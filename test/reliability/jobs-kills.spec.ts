import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { expectWhole, readHistories } from '../support/job-histories.js';
import { killAgainAndAgain, numberOfKills, runChild } from '../support/kills.js';
import { temporaryFolders } from '../support/temporary-folder.js';

async function historiesIn(folder: string) {
  const database = await SqliteDatabase.open(join(folder, 'jobs.db'));
  try {
    return await readHistories(database);
  } finally {
    await database.close();
  }
}

describe('jobs under kill -9', () => {
  const createFolder = temporaryFolders();

  it('R42 R44: every accepted job ends in exactly one way, and its effects happen exactly once', async () => {
    const folder = createFolder();
    const kills = numberOfKills(15);
    const acknowledged = await killAgainAndAgain('run-jobs.mjs', () => [folder, 'work'], kills);
    expect(await runChild('run-jobs.mjs', [folder, 'drain'])).toMatchObject({ exitCode: 0, errors: '' });

    expectWhole(await historiesIn(folder), acknowledged);
  }, 600_000);

  it('R46: a job that kills its process each time is given up, and others run', async () => {
    const folder = createFolder();
    const first = await runChild('run-jobs.mjs', [folder, 'deadly']);
    let deaths = 1;
    let last = first;
    for (; last.exitCode === null && deaths < 10; deaths += 1) last = await runChild('run-jobs.mjs', [folder, 'drain']);
    expect([first, last]).toMatchObject([
      { exitCode: null, errors: '' },
      { exitCode: 0, errors: '' },
    ]);

    const { jobs } = await historiesIn(folder);
    const deadly = jobs.filter(({ kind }) => kind === 'deadly');
    expect(deadly).toHaveLength(1);
    expect(deadly[0]).toMatchObject({ state: 'failed', dead: 1, attempts: 3, effects: ['failed'] });
    expect(JSON.parse(deadly[0]!.error!)).toMatchObject({
      slug: 'job-abandoned',
      detail: expect.stringContaining('3 times'),
    });
    const others = jobs.filter(({ kind }) => kind !== 'deadly');
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ finished_at }) => finished_at === null)).toEqual([]);
    expect(deaths).toBeLessThanOrEqual(4);
  });
});
