import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import type { Caller } from '../access/caller.js';
import { AdministratorRequired } from '../access/errors.js';
import { AuditEvent, AuditEventPage, AuditFilter, ExportAuditEvents, ListAuditEvents } from './audit-event.dto.js';
import { type AuditEventRow, AuditEventsRepository, type AuditSelection } from './audit-events.repository.js';
import { AuditLog } from './audit.log.js';
import { type EventText, eventTexts } from './domain/event-text.js';

const exportedAtOnce = 500;

/** Looking at the record of changes and accesses, which is itself an access. */
@Injectable()
export class AuditEventsService {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
  ) {}

  /** Throws `AdministratorRequired`. */
  async list(caller: Caller, { limit, cursor, ...filter }: ListAuditEvents): Promise<AuditEventPage> {
    const selection = await this.select(caller, filter);
    const scope = `audit-events/${JSON.stringify([caller.workspaceId, selection])}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor);
    const rows = await this.events.list(selection, limit + 1, before);
    this.audit.note({ ...caller, action: 'audit.read', outcome: 'allowed', detail: { ...filter } });
    return pageOf(rows, limit, shown, ({ event_id }) => this.cursors.encode(scope, event_id));
  }

  /** All events as a text file, as fast as it is read. Throws `AdministratorRequired`. */
  async export(caller: Caller, { format, ...filter }: ExportAuditEvents): Promise<Readable> {
    const selection = await this.select(caller, filter);
    await this.audit.record({ ...caller, action: 'audit.exported', outcome: 'allowed', detail: { format, ...filter } });
    return Readable.from(this.texts(selection, eventTexts[format]), { objectMode: false });
  }

  /** Events that happen meanwhile are newer than all that is still to come, so the file has each event once. */
  private async *texts(selection: AuditSelection, { header, line }: EventText): AsyncGenerator<string> {
    yield header;
    let rows: AuditEventRow[] = [];
    do {
      rows = await this.events.list(selection, exportedAtOnce, rows.at(-1)?.event_id);
      yield rows.map((row) => line(shown(row))).join('');
    } while (rows.length === exportedAtOnce);
  }

  private async select(caller: Caller, { scope, user_id, from, to, ...rest }: AuditFilter): Promise<AuditSelection> {
    if (scope === 'service') await this.requireAdministrator(caller);
    return {
      ...rest,
      workspaceId: scope === 'service' ? undefined : caller.workspaceId,
      userId: user_id,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
  }

  /** An API token acts in one workspace, whoever owns it. */
  private async requireAdministrator(caller: Caller): Promise<void> {
    if (caller.administrator && caller.credential.kind === 'session') return;
    await this.audit.record({ ...caller, action: 'permission.denied', object: 'scope=service', outcome: 'denied' });
    throw new AdministratorRequired('The record of the whole service');
  }
}

function shown(row: AuditEventRow): AuditEvent {
  const { event_id, at, workspace_id, user_id, user_email, action, object, outcome, address, request_id, detail } = row;
  return {
    event_id,
    at,
    workspace_id,
    user_id,
    user_email,
    action,
    object,
    outcome: outcome as AuditEvent['outcome'],
    address,
    request_id,
    detail: detail === null ? null : (JSON.parse(detail) as Record<string, unknown>),
  };
}
