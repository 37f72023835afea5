import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { currentRequestId } from '../../platform/http/request-context.js';
import { newId } from '../../platform/ids.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import type { AuditTables } from './audit.tables.js';

/** Who did what to which object, from where and with what result. Never holds the data itself. */
export interface NewAuditEvent {
  /** Undefined for what happens before a workspace is known, such as a failed login. */
  readonly workspaceId?: string | undefined;
  readonly userId?: string | undefined;
  /** `object.verb`, such as `upload.created` or `query.run`. */
  readonly action: string;
  /** Id or name of what was acted on. */
  readonly object?: string | undefined;
  readonly address?: string | undefined;
  /** An API token is named in the detail, since its owner may never have seen the call. */
  readonly credential?: { readonly kind: string; readonly id: string } | undefined;
  readonly outcome: 'allowed' | 'denied' | 'failed';
  /** Small facts, such as the tables that a query read. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

type AuditRow = AuditTables['audit_events'];

const noteWithinMs = 100;
const rowsAtOnce = 50;
/** What could not be written is tried again after this time, as long as it is not more than so many events. */
const retryAfterMs = 1000;
const maximumKept = 10_000;

/** The append-only record of changes and accesses, kept apart from the logs. */
@Injectable()
export class AuditLog implements OnApplicationShutdown {
  private noted: AuditRow[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  /** Durable when this resolves. Within a transaction the event is recorded if and only if the change is. */
  async record(event: NewAuditEvent, transaction?: DatabaseTransaction): Promise<void> {
    const tables = (transaction ?? this.database).tables<AuditTables>();
    await tables.insertInto('audit_events').values(this.row(event)).execute();
  }

  /** A change that a caller was let make: recorded if and only if the transaction commits. */
  recordChange(
    transaction: DatabaseTransaction,
    { userId, workspaceId, address, credential }: Pick<Caller, 'userId' | 'workspaceId' | 'address' | 'credential'>,
    action: string,
    object: string,
    detail?: NewAuditEvent['detail'],
  ): Promise<void> {
    const event = { userId, workspaceId, address, credential, action, object, detail, outcome: 'allowed' } as const;
    return this.record(event, transaction);
  }

  /**
   * For reads, which change nothing: recorded within a tenth of a second, many in one transaction, so that reading does
   * not wait for the disk. A killed process loses at most the reads of its last tenth of a second.
   */
  note(event: NewAuditEvent): void {
    this.noted.push(this.row(event));
    this.writeWithin(noteWithinMs);
  }

  /** Resolves when what has been noted so far is written. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.writeNoted());
    return this.writing;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
  }

  private writeWithin(milliseconds: number): void {
    this.timer ??= setTimeout(() => void this.flush(), milliseconds);
  }

  private async writeNoted(): Promise<void> {
    const rows = this.noted.splice(0);
    if (rows.length === 0) return;
    try {
      await this.database.transaction((transaction) => insertAll(transaction, rows));
    } catch (error) {
      const kept = rows.length + this.noted.length <= maximumKept;
      this.logger.error({ err: error, events: rows.length, kept }, 'Audit events could not be written');
      if (!kept) return;
      this.noted.unshift(...rows);
      this.writeWithin(retryAfterMs);
    }
  }

  private row(event: NewAuditEvent): AuditRow {
    const now = this.clock.now();
    const detail = detailOf(event);
    return {
      event_id: newId('evt', now.getTime()),
      at: now.toISOString(),
      workspace_id: event.workspaceId ?? null,
      user_id: event.userId ?? null,
      action: event.action,
      action_group: event.action.slice(0, event.action.indexOf('.') + 1),
      object: event.object ?? null,
      address: event.address ?? null,
      outcome: event.outcome,
      request_id: currentRequestId() ?? null,
      detail: detail === undefined ? null : JSON.stringify(detail),
    };
  }
}

async function insertAll(transaction: DatabaseTransaction, rows: readonly AuditRow[]): Promise<void> {
  const tables = transaction.tables<AuditTables>();
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await tables
      .insertInto('audit_events')
      .values(rows.slice(start, start + rowsAtOnce))
      .execute();
  }
}

function detailOf({ credential, detail }: NewAuditEvent): NewAuditEvent['detail'] {
  return credential?.kind === 'api_token' ? { ...detail, api_token: credential.id } : detail;
}
