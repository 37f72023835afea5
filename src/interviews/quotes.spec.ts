import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findQuote } from './quotes.js';

describe('findQuote', () => {
  it('finds every part of a text, however its spaces, quotation marks and dashes are written', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '“', "'", '–', '.', 'é') });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (whole, from, length) => {
        const quote = whole.slice(from % (whole.length + 1)).slice(0, length % (whole.length + 1));
        const written = quote.replaceAll(/\s+/g, '  \n').replaceAll('“', '"').replaceAll('–', '-');
        const found = findQuote(whole, written);
        if (quote.trim() === '') return expect(found).toBeUndefined();
        const plain = (each: string) => each.replaceAll(/\s+/g, ' ').trim();
        expect(plain(whole.slice(found!.start, found!.end))).toBe(plain(quote));
      }),
    );
  });

  it('finds nothing that was invented, changed or left out in the middle', () => {
    const text = 'I never knew whether the form had been sent.';
    for (const quote of ['I never knew if the form', 'I never … been sent.', 'I NEVER knew', '', '   '])
      expect(findQuote(text, quote)).toBeUndefined();
    expect(findQuote(text, 'never knew\n whether')).toEqual({ start: 2, end: 20 });
  });
});
