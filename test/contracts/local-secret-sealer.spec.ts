import { describe, expect, it } from '@jest/globals';
import { KeyRing } from '../../src/platform/security/key-ring.js';
import { SecretBox } from '../../src/platform/security/secret-box.js';
import { LocalSecretSealer } from '../../src/providers/secret-sealer/local/local.secret-sealer.js';
import { reseal } from '../../src/providers/secret-sealer/reseal.js';
import type { SecretBinding } from '../../src/providers/secret-sealer/secret-sealer.js';
import { rows, secretSealerContract } from './secret-sealer.contract.js';

const now = 'the master key of this year: 32 characters';
const before = 'the master key of last year: 32 characters';
const tool: SecretBinding = { workspaceId: 'ws_1', kind: 'tool', id: 'weather' };
const sealerOf = (...[master, ...previous]: [string, ...string[]]) =>
  new LocalSecretSealer(new KeyRing(master, previous));

secretSealerContract('LocalSecretSealer', async () => ({
  sealer: sealerOf(now),
  stranger: sealerOf(before),
  close: async () => undefined,
}));

describe('LocalSecretSealer', () => {
  it('opens what was stored before there was a port', async () => {
    const box = (purpose: string) => new SecretBox(new KeyRing(now), purpose);
    const source: SecretBinding = { workspaceId: 'ws_1', kind: 'source', id: 'src_1' };
    expect(await sealerOf(now).open(box('tool-secrets').seal('of a tool', 'ws_1#weather'), tool)).toBe('of a tool');
    expect(await sealerOf(now).open(box('source-secrets').seal('of a source', 'ws_1#src_1'), source)).toBe(
      'of a source',
    );
  });

  it('opens what an earlier master key has sealed, and seals it anew with the current one', async () => {
    const lost = await sealerOf('a master key that is known to nobody').seal('lost', tool);
    const stored = [
      await sealerOf(before).seal('of last year', tool),
      await sealerOf(now).seal('of this year', tool),
      lost,
    ];
    const rotated = sealerOf(now, before);
    expect(await rotated.isCurrent(stored[0]!)).toBe(false);
    expect(await reseal(rotated, rows(stored))).toEqual({ resealed: 1, untouched: 1, unreadable: [tool] });
    expect(stored[2]).toBe(lost);
    const opened = await Promise.all(stored.map((sealed) => sealerOf(now).open(sealed, tool)));
    expect(opened).toEqual(['of last year', 'of this year', undefined]);
  });
});
