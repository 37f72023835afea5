import { expect } from '@jest/globals';
import type { AuditTables } from '../../src/modules/audit/audit.tables.js';
import { AuditLog } from '../../src/modules/audit/audit.log.js';
import type { TestApp } from './app.js';

export type StoredEvent = AuditTables['audit_events'];

/** Every event in the database, oldest first, with those that were only noted so far. */
export async function storedEvents({ app }: Pick<TestApp, 'app'>): Promise<StoredEvent[]> {
  await app.nest.get(AuditLog).flush();
  return app.adapters.database
    .tables<AuditTables>()
    .selectFrom('audit_events')
    .selectAll()
    .orderBy('event_id')
    .execute();
}

/** The events of one request. */
export async function eventsOf(test: Pick<TestApp, 'app'>, requestId: string): Promise<StoredEvent[]> {
  return (await storedEvents(test)).filter(({ request_id }) => request_id === requestId);
}

/** The one event with the action; fails when there is none or more. */
export function only(events: readonly StoredEvent[], action: string): StoredEvent {
  const found = events.filter((event) => event.action === action);
  expect([action, found.length]).toEqual([action, 1]);
  return found[0]!;
}
