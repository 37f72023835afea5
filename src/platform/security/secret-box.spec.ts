import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyRing } from './key-ring.js';
import { SecretBox } from './secret-box.js';

const keys = new KeyRing('a secret of at least 32 characters');
const box = new SecretBox(keys, 'idempotency');

describe('SecretBox', () => {
  it('opens what it sealed, in the same context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        const sealed = box.seal(text, context);
        expect(box.open(sealed, context)).toBe(Buffer.from(text).toString());
        expect(box.open(sealed, `${context}.`)).toBeUndefined();
      }),
    );
  });

  it('seals the same text differently each time, and shows nothing of it', () => {
    const sealed = box.seal('tt_a secret', 'row 1');
    expect(box.seal('tt_a secret', 'row 1')).not.toBe(sealed);
    expect(Buffer.from(sealed.split('.')[1]!, 'base64url').includes('tt_a secret')).toBe(false);
  });

  it('does not open what was changed, or belongs to another purpose or secret', () => {
    const sealed = box.seal('text', 'row 1');
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(box.open(changed, 'row 1')).toBeUndefined();
    expect(box.open('', 'row 1')).toBeUndefined();
    expect(new SecretBox(keys, 'tools').open(sealed, 'row 1')).toBeUndefined();
    expect(new SecretBox(new KeyRing('another secret'), 'idempotency').open(sealed, 'row 1')).toBeUndefined();
  });

  it('opens what was sealed before the secret was rotated', () => {
    const sealed = box.seal('text', 'row 1');
    const rotated = new KeyRing('the next secret', ['a secret of at least 32 characters']);
    expect(new SecretBox(rotated, 'idempotency').open(sealed, 'row 1')).toBe('text');
  });
});
