import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { writeParquet } from '../../../test/support/parquet.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { type QueryScope, type QuerySession, QuerySessions } from './query-sessions.js';
import type { TaskContext } from './task.js';

describe('QuerySessions', () => {
  const createFolder = temporaryFolders();
  let sessions: QuerySessions;
  let context: TaskContext;
  let mine: QueryScope;
  let theirs: QueryScope;

  beforeEach(async () => {
    sessions = new QuerySessions();
    const folder = createFolder();
    context = {
      signal: new AbortController().signal,
      report: () => undefined,
      scratchDirectory: folder,
      workerDirectory: folder,
      output: new PassThrough(),
      limits: { memoryMegabytes: 128, threads: 1 },
    };
    const [first, second] = [join(folder, 'first.parquet'), join(folder, 'second.parquet')];
    await writeParquet(first, 'SELECT 1 AS id');
    await writeParquet(second, 'SELECT 2 AS id');
    mine = { workspaceId: 'mine', tables: [{ table: 'orders', files: [first] }] };
    theirs = { workspaceId: 'theirs', tables: [{ table: 'orders', files: [second] }] };
  });

  const use = (scope: QueryScope) => sessions.use(scope, context, async (session) => session);

  const read = async ({ connection }: QuerySession, from: string) =>
    (await connection.runAndReadAll(`SELECT id FROM ${from}`)).getRowsJson();

  it('serves the same scope with the same engine', async () => {
    const first = await use(mine);
    expect((await use({ ...mine })).connection).toBe(first.connection);
  });

  it('R2: serves another workspace, or other files, with an engine that has never seen the first', async () => {
    const first = await use(mine);
    const ofOther = await sessions.use(theirs, context, async (session) => {
      expect(await read(session, 'orders')).toEqual([[2]]);
      await expect(read(session, `'${mine.tables[0]!.files[0]}'`)).rejects.toThrow('disabled by configuration');
      return session;
    });
    expect(ofOther.connection).not.toBe(first.connection);
    expect((await use({ ...theirs, workspaceId: 'mine' })).connection).not.toBe(ofOther.connection);
    expect(
      (
        await use({
          ...theirs,
          tables: [...theirs.tables, ...mine.tables.map((table) => ({ ...table, table: 'old' }))],
        })
      ).connection,
    ).not.toBe(ofOther.connection);
  });

  it('throws an engine away in which something went wrong, with its folder', async () => {
    const first = await use(mine);
    await expect(
      sessions.use(mine, context, ({ connection }) => connection.run("SELECT CAST('x' AS INTEGER)")),
    ).rejects.toThrow('Could not convert');
    expect((await use(mine)).connection).not.toBe(first.connection);
    expect(existsSync(join(first.resultFile, '..'))).toBe(false);
  });
});
