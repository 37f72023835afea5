import { describe, expect, it } from '@jest/globals';
import { isLabel } from './is-label.js';

describe('isLabel', () => {
  it.each(['Sales', 'Équipe 1', '販売', 'a', '👩‍💻 data', 'x'.repeat(100), '😀'.repeat(100)])('%j is one', (text) => {
    expect(isLabel(text, 100)).toBe(true);
  });

  it.each(['', ' ', ' Sales', 'Sales ', '\u00a0Sales', 'a\nb', 'a\0b', 'a\u202eb', 'a\ud800b', 'x'.repeat(101)])(
    '%j is none',
    (text) => {
      expect(isLabel(text, 100)).toBe(false);
    },
  );
});
