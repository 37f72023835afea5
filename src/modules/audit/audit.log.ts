import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { currentRequestId } from '../../platform/http/request-context.js';
import { newId } from '../../platform/ids.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
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

type AuditRow = AuditTables['audit_events'];

const noteWithinMs = 100;
const rowsAtOnce = 50;

/** The append-only record of changes and accesses, kept apart from the logs. */
@Injectable()
export class AuditLog implements OnApplicationShutdown {
  private noted: AuditRow[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  /** Durable when this resolves. Within a transaction the event is recorded if and only if the change is. */
  async record(event: AuditEvent, transaction?: DatabaseTransaction): Promise<void> {
    const tables = (transaction ?? this.database).tables<AuditTables>();
    await tables.insertInto('audit_events').values(this.row(event)).execute();
  }

  /**
   * For reads, which change nothing: recorded within a tenth of a second, many in one transaction, so that reading does
   * not wait for the disk. A killed process loses at most the reads of its last tenth of a second.
   */
  note(event: AuditEvent): void {
    this.noted.push(this.row(event));
    this.timer ??= setTimeout(() => void this.writeNoted(), noteWithinMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writeNoted();
  }

  private async writeNoted(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = this.noted.splice(0);
    if (rows.length === 0) return;
    try {
      await this.database.transaction(async (transaction) => {
        const tables = transaction.tables<AuditTables>();
        for (let start = 0; start < rows.length; start += rowsAtOnce) {
          await tables
            .insertInto('audit_events')
            .values(rows.slice(start, start + rowsAtOnce))
            .execute();
        }
      });
    } catch (error) {
      this.logger.error({ err: error, events: rows.length }, 'Audit events could not be written');
    }
  }

  private row(event: AuditEvent): AuditRow {
    return {
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
    };
  }
}
