import type { Kysely } from 'kysely';
import { makeAppendOnly } from './append-only.js';

interface Tables {
  audit_events: { action: string; action_group: string };
}

/** Indexes for each way to look audit events up, and the promise that none is ever changed or deleted. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('audit_events')
    .addColumn('action_group', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await fillActionGroups(database);
  for (const column of ['user_id', 'action', 'action_group', 'object', 'outcome']) {
    await database.schema
      .createIndex(`audit_events_by_${column}`)
      .on('audit_events')
      .columns(['workspace_id', column, 'event_id'])
      .execute();
  }
  await makeAppendOnly(database, 'audit_events', 'event_id');
}

/** The group of `query.run` is `query.`. */
async function fillActionGroups(database: Kysely<Tables>): Promise<void> {
  for (const { action } of await database.selectFrom('audit_events').select('action').distinct().execute()) {
    await database
      .updateTable('audit_events')
      .set({ action_group: action.slice(0, action.indexOf('.') + 1) })
      .where('action', '=', action)
      .execute();
  }
}
