import { expect, it } from '@jest/globals';
import { SqlRejected } from '../query-engine.js';
import { literals } from './literals.js';

it('writes parameters as literals of their types', () => {
  expect(literals([`it's -- ?`, 5, -3, 0.1, 1e300, true, null, ''])).toEqual([
    `'it''s -- ?'`,
    '5',
    '-3',
    '1e-1',
    '1e+300',
    'true',
    'NULL',
    `''`,
  ]);
});

it('refuses what is longer than Athena takes', () => {
  expect(literals(['x'.repeat(1022)])[0]).toHaveLength(1024);
  expect(() => literals(['a', 'x'.repeat(1023)])).toThrow(SqlRejected);
});
