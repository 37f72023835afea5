import { afterEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { DatabaseUnavailable } from '../../src/providers/database/errors.js';
import type { PostgresDatabase } from '../../src/providers/database/postgres/postgres.database.js';
import { describePostgres } from '../support/postgres/describe-postgres.js';
import { openPostgres } from '../support/postgres/open-postgres.js';
import type { PostgresServer } from '../support/postgres/postgres-server.js';
import { until } from '../support/until.js';
import { databaseContract } from './database.contract.js';

describePostgres('with a server', (server) => {
  databaseContract('PostgresDatabase', () => {
    const url = server().createDatabase();
    return { open: async (migrations) => openPostgres(await url, migrations) };
  });
  describe('PostgresDatabase', () => sharedByReplicas(server));
});

interface Events {
  audit_events: { event_id: string; at: string; action: string; outcome: string };
}

function sharedByReplicas(server: () => PostgresServer): void {
  const opened: PostgresDatabase[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });
  const open = async (url: string) => {
    const database = await openPostgres(url);
    opened.push(database);
    return database;
  };

  it('takes every migration of the service, once, however many replicas start', async () => {
    const url = await server().createDatabase();
    const replicas = await Promise.all([open(url), open(url), open(url)]);
    await Promise.all(replicas.map((each) => each.migrate()));
    const { rows } = await sql<{ count: number }>`select count(*) from schema_migrations`.execute(replicas[0].tables());
    expect(rows[0]?.count).toBeGreaterThanOrEqual(12);
  });

  it('refuses to change, remove or replace audit events', async () => {
    const database = await open(await server().createDatabase());
    await database.migrate();
    const event = { event_id: 'evt_1', at: '2026-01-01T00:00:00.000Z', action: 'query.run', outcome: 'allowed' };
    const events = database.tables<Events>();
    await events.insertInto('audit_events').values(event).execute();
    for (const change of [
      events.updateTable('audit_events').set({ outcome: 'denied' }),
      events.deleteFrom('audit_events'),
      events
        .insertInto('audit_events')
        .values({ ...event, outcome: 'denied' })
        .onConflict((conflict) => conflict.column('event_id').doUpdateSet({ outcome: 'denied' })),
    ])
      await expect(change.execute()).rejects.toThrow('append-only');
    await expect(sql`truncate audit_events`.execute(events)).rejects.toThrow('append-only');
    expect(await events.selectFrom('audit_events').selectAll().execute()).toEqual([expect.objectContaining(event)]);
  });

  it('says that the database is not at hand when its connection breaks, and connects again', async () => {
    const database = await open(await server().createDatabase());
    const working = database.transaction(async (transaction) => {
      const sleeping = sql`select pg_sleep(20)`.execute(transaction.tables());
      await until(async () => (await server().execute(endSleepers)).rowCount === 1);
      await sleeping;
    });
    await expect(working).rejects.toThrow(DatabaseUnavailable);
    await database.ping();
  });
}

const endSleepers = `select pg_terminate_backend(pid) from pg_stat_activity where query = 'select pg_sleep(20)'`;
