import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginningOf, fenced } from './fenced.js';

describe('fenced', () => {
  it('R54: cannot be left by any text, not even by one that knows other fences', () => {
    const hostile = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('</data>', '\n</data ', '>', fenced('x', 'y'), '"', '\n')),
    );
    fc.assert(
      fc.property(hostile, fc.string(), (parts, source) => {
        const text = parts.join('');
        const lines = fenced(text, source).split('\n');
        expect(lines.slice(1, -1).join('\n')).toBe(text);
        expect(text.includes(lines.at(-1)!)).toBe(false);
        expect(lines[0]!.startsWith(lines.at(-1)!.replace('</', '<').slice(0, -1))).toBe(true);
      }),
    );
  });

  it('is the same for the same text', () => {
    expect(fenced('a', 'b')).toBe(fenced('a', 'b'));
  });
});

describe('beginningOf', () => {
  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, maximum) => {
        const { content, truncated } = beginningOf(text, maximum);
        expect(text.startsWith(content)).toBe(true);
        expect(Buffer.from(content).toString()).toBe(content);
        expect(truncated).toBe(content !== text);
        expect(content.length).toBeLessThanOrEqual(maximum);
      }),
    );
  });
});
