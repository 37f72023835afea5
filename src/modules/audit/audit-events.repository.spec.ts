import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { newId } from '../../platform/ids.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { AuditEventsRepository, type AuditSelection } from './audit-events.repository.js';
import type { AuditTables } from './audit.tables.js';

const start = Date.parse('2026-01-01T00:00:00Z');
const workspaces = ['w1', 'w2', null];
const users = ['u1', 'u2', null];
const actions = ['query.run', 'query.refused', 'queryx.run', 'session.started'];
const objects = ['o1', 'o2', null];
const outcomes = ['allowed', 'denied'];

type Row = AuditTables['audit_events'];

describe('AuditEventsRepository', () => {
  let folder: string;
  let database: SqliteDatabase;
  let repository: AuditEventsRepository;
  const rows: Row[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
    database = await SqliteDatabase.open(join(folder, 'tabletalk.db'));
    await database.migrate();
    for (let index = 0; index < 400; index += 1) rows.push(rowOf(index));
    for (let from = 0; from < rows.length; from += 50) {
      const some = rows.slice(from, from + 50);
      await database.tables<AuditTables>().insertInto('audit_events').values(some).execute();
    }
    repository = new AuditEventsRepository(database);
  });

  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const among = <Value>(values: readonly (Value | null)[]) =>
    fc.option(fc.constantFrom(...values.filter((value) => value !== null)), { nil: undefined });
  const time = fc.option(
    fc.integer({ min: -2, max: 402 }).map((index) => new Date(start + index * 1000)),
    { nil: undefined },
  );
  const selections: fc.Arbitrary<AuditSelection> = fc.record({
    workspaceId: among(workspaces),
    userId: among(users),
    action: among([...actions, 'query.', 'session.', 'none.']),
    object: among(objects),
    outcome: among(outcomes),
    from: time,
    to: time,
  });

  it('finds exactly the events that fit every filter, page by page, newest first', async () => {
    await fc.assert(
      fc.asyncProperty(selections, fc.integer({ min: 1, max: 40 }), async (selection, limit) => {
        const found: string[] = [];
        let page = await repository.list(selection, limit);
        found.push(...page.map(({ event_id }) => event_id));
        while (page.length === limit) {
          page = await repository.list(selection, limit, found.at(-1));
          found.push(...page.map(({ event_id }) => event_id));
        }
        const expected = rows.filter((row) => fits(row, selection)).map(({ event_id }) => event_id);
        expect(found).toEqual(expected.toReversed());
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['nothing else', ''],
    ['the user', `and user_id = 'u1'`],
    ['the action', `and action = 'query.run'`],
    ['the first part of the action', `and action_group = 'query.'`],
    ['the object', `and object = 'o1'`],
    ['the outcome', `and outcome = 'denied'`],
  ])('reads the events of a workspace in their order from an index, by %s', async (_, filter) => {
    const plan = await sql<{ detail: string }>`explain query plan select * from audit_events
      where workspace_id = 'w1' ${sql.raw(filter)} and event_id < 'evt_z' order by event_id desc limit 50`.execute(
      database.tables(),
    );
    const steps = plan.rows.map(({ detail }) => detail).join('\n');
    expect(steps).toMatch(/SEARCH audit_events USING INDEX audit_events_by_\w+ \(workspace_id=\?/);
    expect(steps).not.toContain('TEMP B-TREE');
  });
});

function rowOf(index: number): Row {
  const time = start + index * 1000;
  const pick = <Value>(values: readonly Value[], by: number) => values[Math.floor(index / by) % values.length]!;
  const action = pick(actions, 3);
  return {
    event_id: newId('evt', time),
    at: new Date(time).toISOString(),
    workspace_id: pick(workspaces, 1),
    user_id: pick(users, 5),
    action,
    action_group: action.slice(0, action.indexOf('.') + 1),
    object: pick(objects, 7),
    address: null,
    outcome: pick(outcomes, 11),
    request_id: null,
    detail: null,
  };
}

function fits(row: Row, { workspaceId, userId, action, object, outcome, from, to }: AuditSelection): boolean {
  const at = new Date(row.at);
  return (
    (workspaceId === undefined || row.workspace_id === workspaceId) &&
    (userId === undefined || row.user_id === userId) &&
    (action === undefined || (action.endsWith('.') ? row.action.startsWith(action) : row.action === action)) &&
    (object === undefined || row.object === object) &&
    (outcome === undefined || row.outcome === outcome) &&
    (from === undefined || at >= from) &&
    (to === undefined || at < to)
  );
}
