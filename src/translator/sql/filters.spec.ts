import { describe, expect, it } from '@jest/globals';
import type { Filter } from '../plan.js';
import { filterSql } from './filters.js';

const column = { table: 't', column: 'c' };
const sql = (filter: Filter, type: 'varchar' | 'boolean' | 'bigint' | 'date' | 'timestamp' = 'varchar') =>
  filterSql(
    filter,
    () => type,
    (each) => each.column,
  );

describe('filterSql', () => {
  it('quotes texts, whatever they hold', () => {
    const values = ["O'Hare", "'; DROP TABLE t; --"];
    expect(sql({ kind: 'values', column, values, negated: false })).toBe("c IN ('O''Hare', '''; DROP TABLE t; --')");
  });

  it('escapes wildcards of a text', () => {
    const filter: Filter = { kind: 'text', column, match: 'contains', text: '100%', negated: false };
    expect(sql(filter)).toBe(String.raw`lower(c) LIKE '%100\%%' ESCAPE '\'`);
  });

  it('writes booleans as they are stored', () => {
    const filter: Filter = { kind: 'boolean', column, value: false };
    expect(sql(filter, 'boolean')).toBe('NOT c');
    expect(sql({ ...filter, stored: { yes: 'Y', no: 'N' } })).toBe("c = 'N'");
    expect(sql({ ...filter, stored: { yes: '1', no: '0' } }, 'bigint')).toBe('c = 0');
  });

  it('bounds times by half-open spans of the right type', () => {
    const filter: Filter = {
      kind: 'time',
      column,
      from: '2024-01-01',
      to: '2025-01-01',
      label: '2024',
      negated: false,
    };
    expect(sql(filter, 'date')).toBe("c >= DATE '2024-01-01' AND c < DATE '2025-01-01'");
    expect(sql(filter, 'timestamp')).toBe(
      "c >= TIMESTAMP '2024-01-01 00:00:00' AND c < TIMESTAMP '2025-01-01 00:00:00'",
    );
  });
});
