import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidRequest } from '../errors/common-problems.js';
import { KeyRing } from '../security/key-ring.js';
import { CursorCodec } from './cursor.js';

const cursors = new CursorCodec(new KeyRing('a secret of at least 32 characters'));

describe('CursorCodec', () => {
  it('gives back what it encoded, for the same scope', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (scope, position) => {
        expect(cursors.decode(scope, cursors.encode(scope, position))).toEqual(JSON.parse(JSON.stringify(position)));
      }),
    );
  });

  it('refuses a cursor of another list or workspace', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (scope, other) => {
        fc.pre(scope !== other);
        expect(() => cursors.decode(other, cursors.encode(scope, { id: 1 }))).toThrow(InvalidRequest);
      }),
    );
  });

  it('R35: refuses a cursor in which any one character was changed', () => {
    const cursor = cursors.encode('uploads/1', { created_at: '2026-01-01', id: 'upl_1' });
    for (let index = 0; index < cursor.length; index += 1) {
      for (const character of ['A', 'b', '.', '-']) {
        const tampered = cursor.slice(0, index) + character + cursor.slice(index + 1);
        if (tampered === cursor) continue;
        expect(() => cursors.decode('uploads/1', tampered)).toThrow(InvalidRequest);
      }
    }
  });

  it('reads what was made before a rotation of the master secret', () => {
    const after = new CursorCodec(
      new KeyRing('a new secret of at least 32 characters', ['a secret of at least 32 characters']),
    );
    expect(after.decode('uploads/1', cursors.encode('uploads/1', { id: 1 }))).toEqual({ id: 1 });
  });

  it('refuses arbitrary text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => cursors.decode('uploads/1', text)).toThrow(InvalidRequest);
      }),
    );
  });
});
