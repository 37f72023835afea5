import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hasEnded, type PromptItem, promptTable } from '../../src/modules/prompts/prompt.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import type { JobTables } from '../../src/providers/job-queue/rows/job-tables.js';
import { SqliteItemStore } from '../../src/providers/item-store/sqlite/sqlite.item-store.js';
import { killAgainAndAgain, numberOfKills, runChild } from '../support/kills.js';
import { temporaryFolders } from '../support/temporary-folder.js';

/** Every request that is stored, and the states of the jobs. */
async function read(folder: string) {
  const database = await SqliteDatabase.open(join(folder, 'prompts.db'));
  try {
    const store = new SqliteItemStore(database, new SystemClock());
    const requests: PromptItem[] = [];
    for (let after: Partial<PromptItem> | undefined, more = true; more; more = after !== undefined) {
      const page = await store.query(promptTable, { index: 'by_workspace', partition: 'w', limit: 100, after });
      requests.push(...page.items);
      after = page.next;
    }
    const jobs = await database.tables<JobTables>().selectFrom('jobs').select(['state', 'attempts']).execute();
    return { requests, jobs };
  } finally {
    await database.close();
  }
}

describe('prompt requests under kill -9', () => {
  const createFolder = temporaryFolders();

  it('R42 R44: each accepted one ends once, with the answer of one attempt, and stays as it ended', async () => {
    const folder = createFolder();
    const ended = new Map<string, PromptItem>();
    const remember = async () => {
      for (const request of (await read(folder)).requests) {
        const before = ended.get(request.request_id);
        if (before) expect(request).toEqual(before);
        if (hasEnded(request)) ended.set(request.request_id, request);
      }
    };
    const lines = await killAgainAndAgain('run-prompts.mjs', () => [folder, 'work'], numberOfKills(12), remember);
    expect(await runChild('run-prompts.mjs', [folder, 'drain'])).toMatchObject({ exitCode: 0, errors: '' });
    await remember();

    const { requests, jobs } = await read(folder);
    const idsOf = (what: string) =>
      lines.flatMap((line) => (line.startsWith(`${what} `) ? [line.slice(what.length + 1)] : []));
    expect(idsOf('accepted').filter((id) => !ended.has(id))).toEqual([]);
    expect(idsOf('stored').filter((id) => !ended.has(id))).toEqual([]);
    expect(requests.map(({ request_id }) => request_id).toSorted()).toEqual([...ended.keys()].toSorted());
    expect(ended.size).toBeGreaterThan(10);
    for (const { status, answer, sql, query_id, error, human_prompt, ...rest } of requests) {
      expect(rest).not.toHaveProperty('open');
      expect(rest).not.toHaveProperty('attempt');
      if (human_prompt === 'answer' && status === 'PROCESSED') {
        expect([sql, query_id, error]).toEqual([`select '${answer}'`, answer, undefined]);
      } else {
        expect([status, answer, sql, query_id]).toEqual(['FAILED', undefined, undefined, undefined]);
        // One whose process died too often was given up.
        const reasons = human_prompt === 'refuse' ? ['refused', 'internal-error'] : ['internal-error'];
        const { type } = JSON.parse(error!) as { type: string };
        expect(reasons.map((slug) => `/problems/${slug}`)).toContain(type);
      }
    }
    expect(jobs.filter(({ state }) => state === 'queued' || state === 'running')).toEqual([]);
    // Some were begun again, and one that was stored but had no job yet got one.
    expect(jobs.some(({ attempts }) => attempts > 1)).toBe(true);
    expect(requests.filter(({ status }) => status === 'PROCESSED').length).toBeGreaterThan(10);
  }, 300_000);
});
