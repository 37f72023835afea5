import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchTerms } from './search-terms.js';

const terms = (text: string) => [...searchTerms(text)].map(({ term }) => term);

describe('searchTerms', () => {
  it.each([
    ['Refunds are paid; refunded!', ['refund', 'are', 'pay', 'refund']],
    ['São Paulo, ÅNGSTRÖM', ['sao', 'paulo', 'angstrom']],
    ['返金規定', ['返金', '金規', '規定']],
    ['円', ['円']],
    ['API返金v2', ['api', '返金', 'v2']],
    ['ＡＰＩ エラー', ['api', 'エラ', 'ラー']],
    ['PROJ-123 #42', ['proj', '123', '42']],
    [' … 👀 ', []],
    ['', []],
  ])('of %j', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it('knows where each stands: in order, and there the same term is found again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let last = 0;
        for (const { term, start, end } of searchTerms(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(term).toMatch(/^[\p{Letter}\p{Number}]+$/u);
          expect(terms(text.slice(start, end))).toContain(term);
          last = start;
        }
      }),
      { numRuns: 500 },
    );
  });
});
