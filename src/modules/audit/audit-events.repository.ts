import { Injectable } from '@nestjs/common';
import { idsSince } from '../../platform/ids.js';
import { Database } from '../../providers/database/database.js';
import type { AuditTables } from './audit.tables.js';

/** Which events to read. What is absent does not narrow them. */
export interface AuditSelection {
  /** Absent: those of every workspace and of none. */
  readonly workspaceId?: string | undefined;
  readonly userId?: string | undefined;
  /** An action, or the first part of actions with its dot. */
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
}

type Column = keyof AuditTables['audit_events'];

/** The accounts, of which this module only shows the address. */
interface UserTables {
  users: { id: string; email: string };
}

/** Reads events. An event's id carries its time, so the order of the ids is that of the events. */
@Injectable()
export class AuditEventsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, older than the event `before`. */
  async list(selection: AuditSelection, limit: number, before?: string) {
    const { workspaceId, userId, action, object, outcome, from, to } = selection;
    return this.database
      .tables<AuditTables & UserTables>()
      .selectFrom('audit_events')
      .leftJoin('users', 'users.id', 'audit_events.user_id')
      .selectAll('audit_events')
      .select('users.email as user_email')
      .where(({ and, eb }) => {
        const narrow = (column: Column, operator: '=' | '<' | '>=', value: string | undefined) =>
          value === undefined ? [] : [eb(column, operator, value)];
        return and([
          ...narrow('workspace_id', '=', workspaceId),
          ...narrow('user_id', '=', userId),
          ...narrow(action?.endsWith('.') ? 'action_group' : 'action', '=', action),
          ...narrow('object', '=', object),
          ...narrow('outcome', '=', outcome),
          ...narrow('event_id', '>=', from && idsSince('evt', from.getTime())),
          ...narrow('event_id', '<', to && idsSince('evt', to.getTime())),
          ...narrow('event_id', '<', before),
        ]);
      })
      .orderBy('event_id', 'desc')
      .limit(limit)
      .execute();
  }
}

export type AuditEventRow = Awaited<ReturnType<AuditEventsRepository['list']>>[number];
