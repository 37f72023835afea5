import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { DeletedWorkspacesRepository } from '../../src/modules/workspaces/deleted-workspaces.repository.js';
import { PurgeJob } from '../../src/modules/workspaces/purge.job.js';
import type { Job, JobContext } from '../../src/providers/job-queue/job-queue.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { furnish } from '../support/furnished.js';
import { addWorkspace } from '../support/other-workspace.js';
import { publishCsv } from '../support/publishing.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { storedFiles } from '../support/stored-files.js';
import { until } from '../support/until.js';

const hourMs = 3_600_000;

interface Filled {
  readonly client: Client;
  readonly workspaceId: string;
  /** Begins every name and every text that was put into the workspace. */
  readonly canary: string;
}

describe('purging a workspace', () => {
  let test: TestApp;
  const clock = new ShiftedClock();

  beforeAll(async () => {
    test = await startApp({
      settings: { WORKSPACE_GRACE_DAYS: '1' },
      adapters: (adapters) => ({ ...adapters, clock }),
    });
  });

  afterAll(() => test.close());
  // The job queue knows nothing of this clock, and would wait for what is due in its future.
  afterEach(() => clock.reset());

  /** A workspace with everything in it that the API can put there. */
  const fill = async (canary: string): Promise<Filled> => {
    const { client, workspaceId } = await addWorkspace(test);
    const text = (place: string) => `${canary}_${place}`;
    await furnish(client, workspaceId, text);
    const cells = Array.from({ length: 1200 }, (_, row) => `${row},${text(`cell${row}`)}`).join('\n');
    await publishCsv(client, `id,${text('many')}\n${cells}\n`, { dataset: text('many') });
    const parts = { 'tus-resumable': '1.0.0', 'upload-length': '100', 'upload-metadata': `filename ${btoa('a.csv')}` };
    await client.with(parts).post('/uploads/resumable').expect(201);
    const once = client.with({ 'idempotency-key': text('extra_key') });
    await once.post('/api-tokens', { name: text('extra_token'), scopes: ['tables:read'] }).expect(201);
    const quotas = { bytes_stored: 1e9, bytes_scanned: null, concurrent_queries: null, chat_usd: null };
    await client.put(`/workspaces/${workspaceId}/quotas`, quotas).expect(200);
    const role = await client.post('/roles', { name: text('extra_role'), permissions: ['tables:read'] }).expect(201);
    const member = await addWorkspace(test, 'viewer', workspaceId);
    const members = `/workspaces/${workspaceId}/members`;
    await client.patch(`${members}/${member.userId}`, { role: role.body.id }).expect(200);
    const invitation = { email: `${text('extra')}@example.com`, role: role.body.name };
    await client.post(`/workspaces/${workspaceId}/invitations`, invitation).expect(201);
    return { client, workspaceId, canary };
  };
  const remove = ({ client, workspaceId }: Filled) =>
    client.delete(`/workspaces/${workspaceId}?confirm=Another%20workspace`).expect(200);

  /**
   * `table: row` for every row of the database that mentions one of the texts. The audit log is kept for ever, and people
   * outlive the workspaces that they belong to.
   */
  const mentions = async (...texts: string[]): Promise<string[]> => {
    const database = test.app.adapters.database.tables<Record<string, object>>();
    const found: string[] = [];
    for (const { name } of await database.introspection.getTables()) {
      if (name === 'audit_events' || name === 'users' || isOfWords(name)) continue;
      const rows = (await database.selectFrom(name).selectAll().execute()).map((row) => JSON.stringify(row));
      found.push(...rows.filter((row) => texts.some((text) => row.includes(text))).map((row) => `${name}: ${row}`));
    }
    return found;
  };
  /** Whether a word is in the full-text index: what was deleted may still stand in its pages. */
  const isInWords = async (word: string): Promise<boolean> => {
    const { adapters } = test.app;
    if (adapters.database.isShared) return false;
    const database = adapters.database.tables<{ passage_words_data: { block: Uint8Array } }>();
    const blocks = await database.selectFrom('passage_words_data').select('block').execute();
    return blocks.some(({ block }) => Buffer.from(block).toString('latin1').includes(word));
  };
  const tablesOf = async ({ workspaceId, canary }: Filled) =>
    new Set((await mentions(workspaceId, canary)).map((row) => row.split(':')[0]!));
  const files = (workspaceId: string) => storedFiles(test).filter((path) => path.includes(workspaceId));
  const partials = () => storedFiles(test).filter((path) => path.includes('/resumable/'));
  /** Lets time pass, then does what the schedule does every hour. */
  const purgeAfter = async (hours: number) => {
    clock.advance(hours * hourMs);
    const { jobQueue } = test.app.adapters;
    const { job_id } = await jobQueue.enqueue({ kind: 'workspaces.purge', workspaceId: 'system', payload: null });
    await until(async () => (await jobQueue.get('system', job_id))?.state === 'succeeded');
  };

  it('leaves nothing of it but the audit log, and touches no other one', async () => {
    const [kept, gone] = [await fill('wombat'), await fill('quokka')];
    const [keptRows, keptFiles] = [await mentions(kept.workspaceId, kept.canary), files(kept.workspaceId)];
    const hasWords = await isInWords(gone.canary);
    expect(hasWords).toBe(!test.app.adapters.database.isShared);
    const filled = await tablesOf(gone);
    const tables = await test.app.nest.get(DeletedWorkspacesRepository).tables();
    expect(tables.filter((name) => !filled.has(name)).sort()).toEqual(emptyHere);
    expect(files(gone.workspaceId).length).toBeGreaterThan(5);
    expect(partials()).toHaveLength(2);

    await remove(gone);
    await purgeAfter(23);
    expect(await tablesOf(gone)).toEqual(filled);

    await purgeAfter(2);
    expect(await mentions(gone.workspaceId, gone.canary)).toEqual([]);
    expect(files(gone.workspaceId)).toEqual([]);
    expect([await isInWords(gone.canary), await isInWords(kept.canary)]).toEqual([false, hasWords]);
    expect(partials()).toHaveLength(1);
    expect(storedFiles(test).filter((path) => readFileSync(path).includes(`${gone.canary}_cell`))).toEqual([]);
    expect(await mentions(kept.workspaceId, kept.canary)).toEqual(keptRows);
    expect(files(kept.workspaceId)).toEqual(keptFiles);
    const audited = await audit(gone.workspaceId);
    expect(audited.at(-1)).toMatchObject({ action: 'workspace.purged', object: gone.workspaceId });
  });

  it('goes on where it was cut off, and whatever it was doing then, nobody can restore the rest', async () => {
    const gone = await fill('numbat');
    await remove(gone);
    clock.advance(25 * hourMs);
    const purge = test.app.nest.get(PurgeJob);
    let runs = 0;
    for (let finished = false; !finished; runs += 1) {
      finished = await purge.run(cutAfter(runs)).then(
        () => true,
        (error: Error) => (expect(error.message).toBe('cut off'), false),
      );
      const members = (await mentions(gone.workspaceId)).filter((row) => row.startsWith('memberships'));
      if (runs > 0) expect(members).toEqual([]);
    }
    expect(runs).toBeGreaterThan(4);
    expect(await mentions(gone.workspaceId, gone.canary)).toEqual([]);
    expect(files(gone.workspaceId)).toEqual([]);
    const purged = (await audit(gone.workspaceId)).filter(({ action }) => action === 'workspace.purged');
    expect(purged).toHaveLength(1);
  });

  it('is due every hour', async () => {
    const schedules = test.app.adapters.database.tables<{ schedules: { kind: string; cron: string } }>();
    const { cron } = await schedules
      .selectFrom('schedules')
      .select('cron')
      .where('kind', '=', 'workspaces.purge')
      .executeTakeFirstOrThrow();
    expect(cron).toMatch(/^\d+ \* \* \* \*$/);
  });

  // What the schema refers to is the same in every database; asking for it is not.
  const onSqlite = process.env.TEST_DATABASE === 'postgres' ? it.skip : it;
  onSqlite('finds every table: by its column workspace_id, or through the rows that it refers to', async () => {
    const database = test.app.adapters.database.tables<Record<string, object>>();
    const { rows } = await sql<{ from: string; to: string; rule: string }>`
      select tables.name as "from", keys."table" as "to", keys.on_delete as rule
      from sqlite_schema as tables, pragma_foreign_key_list(tables.name) as keys where tables.type = 'table'`.execute(
      database,
    );
    // So that the order in which tables are emptied does not matter.
    expect(rows.filter(({ rule }) => rule !== 'CASCADE')).toEqual([]);
    const emptied = new Set(await test.app.nest.get(DeletedWorkspacesRepository).tables());
    const others = (await database.introspection.getTables())
      .map(({ name }) => name)
      .filter((name) => !emptied.has(name))
      .filter((name) => !rows.some(({ from, to }) => from === name && emptied.has(to)));
    expect(others.filter((name) => !isOfWords(name)).sort()).toEqual([...ofTheService].sort());
  });

  async function audit(workspaceId: string) {
    return test.app.adapters.database
      .tables<{ audit_events: { workspace_id: string; event_id: string; action: string; object: string } }>()
      .selectFrom('audit_events')
      .select(['action', 'object'])
      .where('workspace_id', '=', workspaceId)
      .orderBy('event_id')
      .execute();
  }

  /** A run that dies when it begins its n-th transaction. */
  function cutAfter(transactions: number): JobContext<unknown> {
    let left = transactions;
    const transaction: JobContext<unknown>['transaction'] = (work) => {
      if (left === 0) return Promise.reject(new Error('cut off'));
      left -= 1;
      return test.app.adapters.database.transaction(work);
    };
    const job = { job_id: 'job_cut', kind: 'workspaces.purge', workspace_id: 'system', payload: null } as Job;
    const { signal } = new AbortController();
    const handBack = () => Promise.reject(new Error('A purge does not wait.'));
    return { job, signal, report: () => {}, transaction, complete: (work) => transaction(work), handBack };
  }
});

/** Tables with workspaces' rows that `fill` leaves empty. */
const emptyHere: readonly string[] = ['schedules', 'source_events'];

/** Tables that hold nothing of one workspace alone, or that are dealt with by name. */
const ofTheService: readonly string[] = [
  'access_changes',
  'audit_events',
  'item_indexes',
  'items',
  'refresh_tokens',
  'replicas',
  'schema_migrations',
  'sessions',
  'setup_tokens',
  'sign_in_attempts',
  'users',
  'workspaces',
];

/** The full-text index of SQLite keeps itself in tables of its own. */
function isOfWords(name: string): boolean {
  return name.startsWith('passage_words');
}
