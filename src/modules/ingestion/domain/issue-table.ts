import type { ContractColumn } from '../../../csv/contract.js';
import { suggestedName } from './suggested-name.js';
import { csvField, recordEnd } from '../../../csv/write-csv.js';
import type { DocumentRecord } from '../../documents/document-writer.js';

interface Column extends Pick<ContractColumn, 'name' | 'type'> {
  readonly value: (record: DocumentRecord) => string | null;
}

export interface IssueTable {
  readonly rows: number;
  readonly columns: readonly Pick<ContractColumn, 'name' | 'type'>[];
  /** CSV with a header, line by line. */
  readonly lines: () => Generator<string>;
}

/** More would be no table to look at. */
const mostScopes = 20;

const fixedColumns: readonly Column[] = [
  { name: 'kind', type: 'varchar', value: ({ kind }) => kind },
  { name: 'project', type: 'varchar', value: ({ container }) => container },
  { name: 'number', type: 'varchar', value: ({ metadata }) => text(metadata.number) },
  { name: 'title', type: 'varchar', value: ({ title }) => title ?? null },
  { name: 'state', type: 'varchar', value: ({ metadata }) => text(metadata.state) },
  { name: 'type', type: 'varchar', value: ({ metadata }) => text(metadata.type) },
  { name: 'priority', type: 'varchar', value: ({ metadata }) => text(metadata.priority) },
  { name: 'labels', type: 'varchar', value: ({ metadata }) => list(metadata.labels) },
  { name: 'milestone', type: 'varchar', value: ({ metadata }) => text(metadata.milestone) },
  { name: 'author', type: 'varchar', value: ({ author }) => author ?? null },
  { name: 'assignees', type: 'varchar', value: ({ metadata }) => list(metadata.assignees) },
  { name: 'comments', type: 'bigint', value: ({ metadata }) => text(metadata.comments) },
  { name: 'created_at', type: 'timestamp', value: ({ createdAt }) => time(createdAt) },
  { name: 'updated_at', type: 'timestamp', value: ({ updatedAt }) => time(updatedAt) },
  { name: 'closed_at', type: 'timestamp', value: ({ metadata }) => time(metadata.closed_at) },
  { name: 'merged_at', type: 'timestamp', value: ({ metadata }) => time(metadata.merged_at) },
  { name: 'due_date', type: 'date', value: ({ metadata }) => text(metadata.due_date) },
  { name: 'url', type: 'varchar', value: ({ url }) => url },
];

/**
 * Issues and merge requests as a table, in the order given. Labels such as `team::warehouse` make a column of their own,
 * here `label_team`. Times are UTC.
 */
export function issueTable(records: readonly DocumentRecord[]): IssueTable {
  const columns = [...fixedColumns, ...scopeColumns(records)];
  return {
    rows: records.length,
    columns: columns.map(({ name, type }) => ({ name, type })),
    *lines() {
      yield line(columns.map(({ name }) => name));
      for (const record of records) yield line(columns.map(({ value }) => value(record)));
    },
  };
}

function scopeColumns(records: readonly DocumentRecord[]): Column[] {
  const counts = new Map<string, number>();
  for (const { metadata } of records) {
    for (const [scope] of scopedLabels(metadata.labels)) counts.set(scope, (counts.get(scope) ?? 0) + 1);
  }
  const scopes = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, mostScopes);
  const names = new Set<string>();
  return scopes.flatMap(([scope]): Column[] => {
    const name = `label_${suggestedName(scope)}`;
    if (names.has(name)) return [];
    names.add(name);
    const value: Column['value'] = ({ metadata }) =>
      scopedLabels(metadata.labels).find(([each]) => each === scope)?.[1] ?? null;
    return [{ name, type: 'varchar', value }];
  });
}

/** `[scope, value]` of each label that has a scope. */
function scopedLabels(labels: unknown): [string, string][] {
  return (Array.isArray(labels) ? labels : []).flatMap((label): [string, string][] => {
    const at = String(label).lastIndexOf('::');
    return at <= 0 ? [] : [[String(label).slice(0, at), String(label).slice(at + 2)]];
  });
}

/** What people wrote stays as it is: it becomes cells of a table, not of a spreadsheet. */
function line(fields: readonly (string | null)[]): string {
  return fields.map((field) => (field === null ? '' : csvField(field))).join(',') + recordEnd;
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function list(value: unknown): string | null {
  return Array.isArray(value) && value.length > 0 ? value.join(', ') : null;
}

function time(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 19).replace('T', ' ') : null;
}
