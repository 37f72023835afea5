import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from './fold-text.js';

describe('foldText', () => {
  it.each([
    ['  São  Paulo ', 'sao paulo'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['ﬁne', 'fine'],
    ['東京', '東京'],
    ['', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('does not change what is folded', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldText(foldText(text)) === foldText(text)));
  });
});
