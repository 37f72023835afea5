import { Injectable } from '@nestjs/common';
import { currentRequestId } from '../../platform/http/request-context.js';
import { newId } from '../../platform/ids.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

/** Who did what to which object, when, from where and with what result. Never holds the data itself. */
export interface AuditEvent {
  /** Undefined for what happens before a workspace is known, such as a failed login. */
  readonly workspaceId?: string | undefined;
  readonly userId?: string | undefined;
  /** `object.verb`, such as `upload.created` or `query.run`. */
  readonly action: string;
  /** Id or name of what was acted on. */
  readonly object?: string | undefined;
  readonly address?: string | undefined;
  readonly outcome: 'allowed' | 'denied' | 'failed';
  /** Small facts, such as the tables that a query read. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

interface AuditTables {
  audit_events: {
    event_id: string;
    at: string;
    workspace_id: string | null;
    user_id: string | null;
    action: string;
    object: string | null;
    address: string | null;
    outcome: string;
    request_id: string | null;
    detail: string | null;
  };
}

/** The append-only record of changes and accesses, kept apart from the logs. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Within a transaction the event is recorded if and only if the change is. */
  async record(event: AuditEvent, transaction?: DatabaseTransaction): Promise<void> {
    await (transaction ?? this.database)
      .tables<AuditTables>()
      .insertInto('audit_events')
      .values({
        event_id: newId('evt'),
        at: this.clock.now().toISOString(),
        workspace_id: event.workspaceId ?? null,
        user_id: event.userId ?? null,
        action: event.action,
        object: event.object ?? null,
        address: event.address ?? null,
        outcome: event.outcome,
        request_id: currentRequestId() ?? null,
        detail: event.detail === undefined ? null : JSON.stringify(event.detail),
      })
      .execute();
  }
}
