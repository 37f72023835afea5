import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchTerms } from '../../../platform/text/search-terms.js';
import { quoteOf } from './quote.js';

const termsOf = (query: string) => new Set([...searchTerms(query)].map(({ term }) => term));
const highlighted = (text: string, query: string) => {
  const quote = quoteOf(text, { start: 0, end: text.length }, termsOf(query));
  return quote.highlights.map(({ start, end }) => quote.text.slice(start, end));
};

describe('quoteOf', () => {
  it('marks the words that were searched for, in any form', () => {
    expect(highlighted('Refunds take two weeks; refunded customers wait.', 'refund week')).toEqual([
      'Refunds',
      'weeks',
      'refunded',
    ]);
    expect(highlighted('返金規定について', '返金規定')).toEqual(['返金規定']);
  });

  it('shows of a long passage where most of the words are', () => {
    const filler = 'Nothing of the kind is said here. '.repeat(20);
    const text = `${filler}The refund for late parcels is paid by the carrier. ${filler}`;
    const quote = quoteOf(text, { start: 0, end: text.length }, termsOf('refund parcel carrier'));
    expect(quote.text).toContain('refund for late parcels is paid by the carrier');
    expect(quote.text.length).toBeLessThanOrEqual(400);
    expect(quote.text).toMatch(/^\S.*\S$/);
  });

  it('is a part of the document, and highlights are parts of it', () => {
    const word = fc.oneof(
      fc.constantFrom('refund', 'parcel', '返金', ' ', '. ', '😀'),
      fc.string({ unit: 'grapheme' }),
    );
    const text = fc.array(word, { maxLength: 200 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, fc.nat(100), (document, start) => {
        const passage = { start: Math.min(start, document.length), end: document.length };
        const quote = quoteOf(document, passage, termsOf('refund parcel 返金規定'));
        expect(quote.text).toBe(document.slice(quote.start, quote.end));
        expect(quote.start).toBeGreaterThanOrEqual(passage.start);
        expect(quote.end).toBeLessThanOrEqual(passage.end);
        let at = 0;
        for (const { start: from, end } of quote.highlights) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(from);
          at = end + 1;
        }
        expect(at).toBeLessThanOrEqual(quote.text.length + 1);
      }),
    );
  });
});
