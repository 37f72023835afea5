import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inertMarkdown, inertText, shortened } from './inert-text.js';

const live = /\][ \t\n]*\(|^\[[^\]]*\]:|<[a-z/!?]|\S:\/\/|\bwww\.|\b(?:javascript|data|mailto):\S/im;

describe('inertMarkdown', () => {
  it.each([
    '[more](https://evil.example)',
    '![x](https://evil.example/a.png)',
    '![x][y]\n\n[y]: https://evil.example',
    '<img src=x onerror=alert(1)>',
    '<https://evil.example>',
    'https://evil.example',
    'HTTPS://evil.example',
    'www.evil.example',
    '[x](javascript:alert(1))',
    '![x](data:image/png;base64,AAAA)',
    'mailto:someone@evil.example',
    '[x](//evil.example)',
    'ht\u200btps://evil.example',
  ])('leaves nothing live of %s', (text) => {
    expect(inertMarkdown(text)).not.toMatch(live);
    expect(inertText(text)).not.toMatch(live);
  });

  it('leaves plain words as they are', () => {
    const text = 'Lisbon (PT): 3 < 4, a_b, note: see "x" at 10:30 [sic].';
    expect(inertMarkdown(text)).toBe(text);
  });

  it('leaves nothing live of whatever is made of the same pieces', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '!',
      '<',
      '>',
      ':',
      '/',
      '//',
      'https',
      'img ',
      'javascript',
      'www.',
      'a',
      ' ',
      '\u200b',
      '\n',
      '{{',
      '}}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        expect(inertText(pieces.join(''))).not.toMatch(live);
        expect(inertText(pieces.join(''))).not.toContain('{{');
      }),
    );
  });
});

describe('shortened', () => {
  it('makes one line, and never half a character', () => {
    expect(shortened('  a\n b ', 10)).toBe('a b');
    expect(shortened('😀😀😀😀', 3)).toBe('😀😀…');
  });
});
