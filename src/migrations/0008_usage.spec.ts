import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { temporaryFolders } from '../../test/support/temporary-folder.js';
import { SqliteDatabase } from '../providers/database/sqlite/sqlite.database.js';
import { migrations } from './migrations.js';

interface Counters {
  usage_counters: { workspace_id: string; measure: string; period: string; amount: number };
}

describe('0008_usage', () => {
  const createFolder = temporaryFolders();
  let file: string;
  let database: SqliteDatabase;

  beforeEach(async () => {
    file = join(createFolder(), 'tabletalk.db');
    const before = migrations.slice(
      0,
      migrations.findIndex(({ name }) => name === '0008_usage'),
    );
    database = await SqliteDatabase.open(file, { migrations: before });
    await database.migrate();
  });
  afterEach(() => database.close());

  const execute = (statement: string) => sql.raw(statement).execute(database.tables());
  const upgrade = async () => {
    await database.close();
    database = await SqliteDatabase.open(file);
    await database.migrate();
  };
  const counters = () =>
    database
      .tables<Counters>()
      .selectFrom('usage_counters')
      .selectAll()
      .orderBy('workspace_id')
      .orderBy('measure', 'desc')
      .orderBy('period')
      .execute();

  it('counts what is stored and what has been read already', async () => {
    const at = '2026-10-31T23:59:59.999Z';
    for (const id of ['w1', 'w2'])
      await execute(
        `insert into workspaces (id, name, created_at, updated_at, version) values ('${id}', '${id}', '${at}', '${at}', 1)`,
      );
    const upload = (id: string, status: string, bytes: number) =>
      execute(`insert into uploads (workspace_id, upload_id, user_id, file_name, status, resumable, received_by, bytes, contract_version, created_at, updated_at, expires_at)
        values ('w1', '${id}', 'u', 'f.csv', '${status}', 0, 'r', ${bytes}, 1, '${at}', '${at}', '${at}')`);
    await upload('a', 'ready', 1);
    await upload('b', 'submitted', 20);
    await upload('c', 'failed', 300);
    await upload('d', 'expired', 4000);
    await execute(`insert into datasets values ('w1', 'orders', 'ds_1', 3, 3, '${at}', '${at}')`);
    const version = (number: number, mode: string, state: string, bytes: readonly number[]) =>
      execute(`insert into dataset_versions (workspace_id, dataset, version, mode, state, raw_bytes, contract, fixed_columns, crashes, files, created_at, created_by)
        values ('w1', 'orders', ${number}, '${mode}', '${state}', 0, '{}', '[]', 0, '${JSON.stringify(bytes.map((each) => ({ bytes: each })))}', '${at}', 'u')`);
    await version(1, 'create', 'ready', [50_000]);
    await version(2, 'append', 'ready', [50_000, 600_000]);
    await version(3, 'restore', 'ready', [50_000]);
    await version(4, 'replace', 'failed', []);
    const query = (id: string, bytes: number, started: string | null, finished: string | null) =>
      execute(`insert into queries (workspace_id, query_id, user_id, sql, parameters, state, max_rows, engine, bytes_scanned, cost_usd, data_versions, warnings, columns, truncated, created_at, started_at, finished_at)
        values ('w2', '${id}', 'u', 'select 1', '[]', 'succeeded', 1, 'duckdb', ${bytes}, 0, '{}', '[]', '[]', 0, '${at}', ${started && `'${started}'`}, ${finished && `'${finished}'`})`);
    await query('q1', 7, at, at);
    await query('q2', 80, at, at);
    await query('q3', 900, at, '2026-11-01T00:00:00.000Z');
    await query('q4', 1000, null, at);
    await query('q5', 1000, at, null);

    await upgrade();

    const of = (workspace_id: string, measure: string, period: string, amount: number) => ({
      workspace_id,
      measure,
      period,
      amount,
    });
    expect(await counters()).toEqual([
      of('w1', 'bytes_stored', 'all', 21 + 650_000),
      of('w2', 'bytes_stored', 'all', 0),
      of('w2', 'bytes_scanned', '2026-10', 87),
      of('w2', 'bytes_scanned', '2026-11', 900),
    ]);
  });
});
