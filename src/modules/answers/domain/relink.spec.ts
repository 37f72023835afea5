import { describe, expect, it } from '@jest/globals';
import { MemoryValues } from '../../../translator/values/memory-values.js';
import { nearestValues, relinked, unknownLiterals } from './relink.js';

const at = (value: string) => ({ table: 'orders', column: 'city', value });
const values = new MemoryValues(['Lisbon', 'Porto', 'Monte', 'Faro', 'Paro'].map(at));

describe('unknownLiterals', () => {
  it('finds texts that columns are compared with and that no column holds', () => {
    const sql =
      "SELECT * FROM orders WHERE city = 'lisbon' OR city IN ('Porto', 'Atlantis', 'O''Porto') AND note <> 'x y'";
    expect(unknownLiterals(sql, values)).toEqual([
      { literal: 'lisbon', nearest: ['Lisbon'] },
      { literal: 'Atlantis', nearest: [] },
      { literal: "O'Porto", nearest: ['Porto'] },
      { literal: 'x y', nearest: [] },
    ]);
  });

  it('takes units, patterns and dates for none', () => {
    const sql = "SELECT date_trunc('month', day) FROM orders WHERE city LIKE '%isbn%' AND day > date '2024-01-01'";
    expect(unknownLiterals(sql, values)).toEqual([]);
  });
});

describe('relinked', () => {
  const again = (sql: string) => relinked(sql, unknownLiterals(sql, values));

  it('puts the one stored text in the place of the one that is not', () => {
    expect(again("SELECT 1 FROM orders WHERE city = 'Lisbonn'")).toBe("SELECT 1 FROM orders WHERE city = 'Lisbon'");
  });

  it('decides nothing where several texts are as near, or several are unknown', () => {
    expect(nearestValues('Haro', values)).toEqual(expect.arrayContaining(['Faro', 'Paro']));
    expect(again("SELECT 1 FROM orders WHERE city = 'Haro'")).toBeUndefined();
    expect(again("SELECT 1 FROM orders WHERE city = 'Lisbonn' OR city = 'Porte'")).toBeUndefined();
  });
});
