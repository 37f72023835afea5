import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidObjectKey } from './errors.js';
import { checkFolderPrefix, checkKey, checkPrefix } from './keys.js';

const segments = fc.stringMatching(/^[a-z0-9_-][a-z0-9._-]{0,20}$/);

describe('object keys', () => {
  it('are paths of segments', () => {
    fc.assert(
      fc.property(fc.array(segments, { minLength: 1, maxLength: 8 }), (parts) => {
        const key = parts.join('/');
        expect(checkKey(key)).toBe(key);
        expect(checkFolderPrefix(`${key}/`)).toBe(`${key}/`);
      }),
    );
  });

  it('begin with every prefix that is accepted', () => {
    fc.assert(
      fc.property(fc.array(segments, { minLength: 1, maxLength: 5 }), fc.nat(), (parts, length) => {
        const key = parts.join('/');
        const prefix = key.slice(0, length % (key.length + 1));
        expect(checkPrefix(prefix)).toBe(prefix);
      }),
    );
  });

  it.each([
    '',
    '/',
    'a/',
    '/a',
    'a//b',
    '.',
    '..',
    'a/../b',
    '../a',
    './a',
    '.hidden',
    'a/.hidden',
    'A',
    'a b',
    'a\\b',
    'a\0b',
    'é',
    'a%2fb',
    'a:b',
    'a\n',
    'a'.repeat(256),
    `${'a/'.repeat(256)}a`,
  ])('refuse %j', (key) => {
    expect(() => checkKey(key)).toThrow(InvalidObjectKey);
  });

  it('refuse every string outside their alphabet', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        fc.pre(!/^[a-z0-9._/-]*$/.test(key));
        expect(() => checkKey(key)).toThrow(InvalidObjectKey);
        expect(() => checkPrefix(key)).toThrow(InvalidObjectKey);
      }),
    );
  });

  it.each(['', 'a', 'a/b', '../', '/', 'a//'])('refuse %j as a folder', (prefix) => {
    expect(() => checkFolderPrefix(prefix)).toThrow(InvalidObjectKey);
  });
});
