import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromStoredText, toStoredText } from './stored-text.js';

const text = fc.string({ unit: fc.constantFrom('\u0000', '\u001a', '0', '1', 'a', 'é', '😀') });

it('keeps every text, without NUL, and keeps different texts apart', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(toStoredText(one)).not.toContain('\u0000');
      expect(fromStoredText(toStoredText(one))).toBe(one);
      expect(toStoredText(one) === toStoredText(other)).toBe(one === other);
    }),
  );
});
