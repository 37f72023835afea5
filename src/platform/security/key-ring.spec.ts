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
});
