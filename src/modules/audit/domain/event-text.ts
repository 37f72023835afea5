import { csvLine } from '../../../csv/write-csv.js';
import type { AuditEvent, ExportFormat } from '../audit-event.dto.js';

const columns = [
  'event_id',
  'at',
  'workspace_id',
  'user_id',
  'user_email',
  'action',
  'object',
  'outcome',
  'address',
  'request_id',
] as const satisfies readonly (keyof AuditEvent)[];

/** How events are written in a file: what comes before them, and each of them. */
export interface EventText {
  readonly contentType: string;
  readonly header: string;
  line(event: AuditEvent): string;
}

export const eventTexts: Readonly<Record<ExportFormat, EventText>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    header: csvLine([...columns, 'detail']),
    line: (event) =>
      csvLine([...columns.map((column) => event[column]), event.detail === null ? null : JSON.stringify(event.detail)]),
  },
  jsonl: {
    contentType: 'application/jsonl; charset=utf-8',
    header: '',
    line: (event) => `${JSON.stringify(event)}\n`,
  },
};
