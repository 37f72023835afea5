import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { temporaryFolders } from '../../test/support/temporary-folder.js';
import { SqliteDatabase } from '../providers/database/sqlite/sqlite.database.js';
import { migrations } from './migrations.js';

const event = {
  event_id: 'evt_1',
  at: '2026-01-01T00:00:00.000Z',
  action: 'query.run',
  outcome: 'allowed',
};

interface Tables {
  audit_events: typeof event & { action_group?: string };
}

describe('the audit events', () => {
  let database: SqliteDatabase;

  afterEach(() => database.close());
  const createFolder = temporaryFolders();

  const open = async (path: string, upTo: string) => {
    database = await SqliteDatabase.open(path, { migrations: migrations.filter(({ name }) => name <= upTo) });
    await database.migrate();
  };

  describe('of a new database', () => {
    beforeEach(async () => {
      await open(join(createFolder(), 'tabletalk.db'), '9');
      await database.tables<Tables>().insertInto('audit_events').values(event).execute();
    });

    it.each([
      ['a change', sql`update audit_events set outcome = 'denied'`],
      ['a change of what is no fact of the event', sql`update audit_events set action_group = 'other.'`],
      ['a deletion', sql`delete from audit_events where event_id = 'evt_1'`],
      ['a deletion of all', sql`delete from audit_events`],
      ['a replacement', sql`insert or replace into audit_events select * from audit_events`],
      [
        'a change by way of a conflict',
        sql`insert into audit_events (event_id, at, action, outcome) values ('evt_1', '', 'a.b', 'denied')
            on conflict (event_id) do update set outcome = excluded.outcome`,
      ],
    ])('refuse %s', async (_, statement) => {
      await expect(statement.execute(database.tables())).rejects.toThrow('audit_events is append-only');
      const rows = await database.tables<Tables>().selectFrom('audit_events').selectAll().execute();
      expect(rows).toEqual([expect.objectContaining(event)]);
    });

    it('outlive the user and the workspace that they are about', async () => {
      const tables = database.tables<{
        audit_events: typeof event & { user_id: string; workspace_id: string };
        workspaces: { id: string; name: string; created_at: string };
      }>();
      await tables.insertInto('workspaces').values({ id: 'w', name: 'W', created_at: event.at }).execute();
      const about = { ...event, event_id: 'evt_2', user_id: 'u', workspace_id: 'w' };
      await tables.insertInto('audit_events').values(about).execute();
      await tables.deleteFrom('workspaces').where('id', '=', 'w').execute();
      const kept = await tables.selectFrom('audit_events').selectAll().where('workspace_id', '=', 'w').execute();
      expect(kept).toEqual([expect.objectContaining(about)]);
    });
  });

  it('of an earlier release get the group of their action', async () => {
    const path = join(createFolder(), 'tabletalk.db');
    await open(path, '0006_z');
    const actions = ['query.run', 'query.downloaded', 'session.started'];
    const values = actions.map((action) => ({ ...event, event_id: `evt_${action}`, action }));
    await database.tables<Tables>().insertInto('audit_events').values(values).execute();
    await database.close();
    await open(path, '9');
    const rows = await database.tables<Tables>().selectFrom('audit_events').selectAll().execute();
    expect(Object.fromEntries(rows.map(({ action, action_group }) => [action, action_group]))).toEqual({
      'query.run': 'query.',
      'query.downloaded': 'query.',
      'session.started': 'session.',
    });
  });
});
