import { describe, expect, it } from '@jest/globals';
import { groupOf, measureOf, momentOf } from './telling-columns';

const column = (name: string, type: string, distinct = 100) => ({ name, type, distinct });

describe('measureOf', () => {
  it('prefers amounts to other numbers, and fractions to whole numbers', () => {
    const floors = column('floors', 'bigint');
    const latency = column('latency', 'double');
    const revenue = column('net_revenue', 'decimal(10,2)');
    expect(measureOf([floors, latency, revenue])).toBe(revenue);
    expect(measureOf([floors, latency])).toBe(latency);
    expect(measureOf([floors])).toBe(floors);
  });

  it('takes no identifier, year, code, flag or place', () => {
    const names = ['id', 'customer_id', 'year', 'year_built', 'birth_year', 'zip_code', 'latitude'];
    expect(measureOf([...names.map((name) => column(name, 'bigint')), column('active', 'bigint', 2)])).toBeUndefined();
  });
});

describe('groupOf', () => {
  it('takes a text of few values', () => {
    const city = column('city', 'varchar', 12);
    expect(groupOf([column('note', 'varchar', 900), column('country', 'varchar', 1), city])).toBe(city);
  });
});

describe('momentOf', () => {
  it('takes a date or a timestamp', () => {
    const at = column('sold_at', 'timestamp with time zone');
    expect(momentOf([column('sold', 'varchar'), at])).toBe(at);
  });
});
