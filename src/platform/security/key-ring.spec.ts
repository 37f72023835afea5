import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { KeyRing } from './key-ring.js';

describe('KeyRing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-keys-'));

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its secret for the next start, readable by its owner only', () => {
    const first = KeyRing.open(undefined, join(folder, 'secrets'));
    const second = KeyRing.open(undefined, join(folder, 'secrets'));
    expect(second.key('cursor')).toEqual(first.key('cursor'));
    expect(statSync(join(folder, 'secrets/master.key')).mode & 0o777).toBe(0o600);
  });

  it('derives another key for each purpose and each secret', () => {
    const keys = new KeyRing('one secret');
    expect(keys.key('cursor')).not.toEqual(keys.key('access-token'));
    expect(keys.key('cursor')).not.toEqual(new KeyRing('another secret').key('cursor'));
  });

  it('verifies what it signed, for that purpose only', () => {
    const keys = new KeyRing('one secret');
    const signature = keys.sign('cursor', 'text');
    expect(keys.verify('cursor', 'text', signature)).toBe(true);
    expect(keys.verify('cursor', 'other', signature)).toBe(false);
    expect(keys.verify('other', 'text', signature)).toBe(false);
    expect(keys.verify('cursor', 'text', '')).toBe(false);
  });

  it('goes on accepting what earlier secrets signed, and signs with the current one', () => {
    const before = new KeyRing('one secret');
    const after = new KeyRing('another secret', ['one secret']);
    expect(after.verify('cursor', 'text', before.sign('cursor', 'text'))).toBe(true);
    expect(before.verify('cursor', 'text', after.sign('cursor', 'text'))).toBe(false);
    expect(after.signatures('cursor', 'text')).toEqual([after.sign('cursor', 'text'), before.sign('cursor', 'text')]);
  });

  it('names each secret by an id that every process derives alike', () => {
    const before = new KeyRing('one secret');
    const after = new KeyRing('another secret', ['one secret']);
    expect(before.currentId).toMatch(/^[\w-]{11}$/);
    expect(after.currentId).not.toBe(before.currentId);
    expect(after.keyOf(before.currentId, 'cursor')).toEqual(before.key('cursor'));
    expect(after.keyOf(after.currentId, 'cursor')).toEqual(after.key('cursor'));
    for (const unknown of ['', 'x', undefined, '../../etc/passwd']) {
      expect(after.keyOf(unknown, 'cursor')).toBeUndefined();
    }
  });
});
