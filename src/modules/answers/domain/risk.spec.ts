import { describe, expect, it } from '@jest/globals';
import type { Translation } from '../../../translator/translation.js';
import { riskOf, type StatementAtRisk } from './risk.js';

const of = (more: Partial<StatementAtRisk>) =>
  riskOf({ sql: 'SELECT count(*) FROM orders', tables: ['orders'], reading: undefined, ...more });
const declined = (...unknownWords: string[]) => ({ kind: 'decline', unknownWords }) as unknown as Translation;

describe('riskOf', () => {
  it.each<[string, Partial<StatementAtRisk>, readonly string[]]>([
    ['one table, one measure', {}, []],
    ['several measures alone', { sql: 'SELECT sum(a), avg(a) FROM orders' }, []],
    ['a join', { tables: ['orders', 'customers'] }, ['It joins tables.']],
    [
      'several measures in a subquery',
      { sql: 'SELECT * FROM (SELECT sum(a) AS a, min(b) AS b FROM orders)' },
      ['It has several measures.', 'It is nested.'],
    ],
    [
      'tables that tie',
      { reading: { kind: 'clarify' } as Translation },
      ['Several tables or columns fit the question.'],
    ],
    ['one unknown word', { reading: declined('unicorns') }, []],
    [
      'two unknown words',
      { reading: declined('unicorns', 'Atlantis') },
      ['Words of the question link to nothing that is stored.'],
    ],
    [
      'loose links',
      { reading: { kind: 'answer', confidence: 0.65 } as Translation },
      ['The words of the question link to the tables loosely.'],
    ],
    ['close links', { reading: { kind: 'answer', confidence: 0.95 } as Translation }, []],
  ])('of %s', (_, statement, reasons) => {
    expect(of(statement)).toEqual(reasons);
  });
});
