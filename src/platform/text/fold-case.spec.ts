import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldCase } from './fold-case.js';

describe('foldCase', () => {
  it.each([
    ['Ada', 'ada'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['σίσυφος', 'σίσυφος'],
    ['Straße', 'strasse'],
    ['ＡＤＡ', 'ada'],
    ['e\u0301', '\u00e9'],
    ['é', 'é'],
  ])('folds %j to %j', (text, folded) => {
    expect(foldCase(text)).toBe(folded);
  });

  it('does not change what is folded, and sees no difference of case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = foldCase(text);
        expect(foldCase(folded)).toBe(folded);
        expect(foldCase(text.toUpperCase())).toBe(folded);
      }),
      { numRuns: 1000 },
    );
  });
});
