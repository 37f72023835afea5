import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRecords } from '../../../csv/records.js';
import type { DocumentRecord } from '../../documents/document-writer.js';
import { issueTable } from './issue-table.js';

const record = (title: string, metadata: Record<string, unknown>): DocumentRecord => ({
  externalId: '1/issues/1',
  kind: 'issue',
  title,
  author: 'Ada Lovelace',
  url: 'https://gitlab.example.com/1',
  createdAt: '2026-01-05T08:00:00.123Z',
  updatedAt: '2026-01-06T09:30:00.000Z',
  container: 'acme/shop',
  metadata,
});
const read = (records: DocumentRecord[]) => {
  const { rows } = readRecords([...issueTable(records).lines()].join(''), {
    delimiter: ',',
    quote: '"',
    skip_rows: 0,
  });
  const [names, ...cells] = rows.map(({ fields }) => fields as readonly string[]);
  return cells.map((row) => Object.fromEntries(row.map((cell, index) => [names![index], cell])));
};

describe('issueTable', () => {
  it('has a row for each, with times that are UTC', () => {
    const labels = ['bug', 'team::warehouse'];
    const [row] = read([
      record('Broken', { number: 7, state: 'closed', labels, closed_at: '2026-02-01T00:00:01.000Z' }),
    ]);
    expect(row).toMatchObject({
      kind: 'issue',
      project: 'acme/shop',
      number: '7',
      title: 'Broken',
      labels: 'bug, team::warehouse',
      label_team: 'warehouse',
      created_at: '2026-01-05 08:00:00',
      closed_at: '2026-02-01 00:00:01',
    });
  });

  it('names columns of scopes so that SQL takes them, the frequent ones first and no name twice', () => {
    const table = issueTable([
      record('One', { labels: ['Größe::L', 'team::a'] }),
      record('Two', { labels: ['team::b', 'TEAM::c', '::nothing'] }),
    ]);
    const names = table.columns.map(({ name }) => name);
    expect(names.find((name) => name.startsWith('label_'))).toBe('label_team');
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  it('keeps whatever people wrote as it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (title) => {
        fc.pre(!/[\r\0]/.test(title));
        expect(read([record(title, {})])[0]!.title).toBe(title);
      }),
    );
  });
});
