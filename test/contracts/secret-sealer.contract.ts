import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reseal, type StoredSecret } from '../../src/providers/secret-sealer/reseal.js';
import type { SecretBinding, SecretSealer } from '../../src/providers/secret-sealer/secret-sealer.js';

export interface SecretSealerUnderTest {
  readonly sealer: SecretSealer;
  /** Of the same kind, with other keys. */
  readonly stranger: SecretSealer;
  close(): Promise<void>;
}

const bindings = fc.record({
  workspaceId: fc.stringMatching(/^ws_[a-z0-9]{1,20}$/),
  kind: fc.constantFrom('source' as const, 'tool' as const),
  id: fc.stringMatching(/^[a-z0-9_]{1,30}$/),
});
const secrets = fc.string({ unit: 'grapheme' });
const tool: SecretBinding = { workspaceId: 'ws_1', kind: 'tool', id: 'weather' };
/** Each try asks a service over the network. */
const runs = { numRuns: 20 };

/** What every sealer of secrets promises. */
export function secretSealerContract(name: string, start: () => Promise<SecretSealerUnderTest>): void {
  describe(`${name}: the promises of a sealer of secrets`, () => {
    let test: SecretSealerUnderTest;
    let sealer: SecretSealer;

    beforeAll(async () => {
      test = await start();
      sealer = test.sealer;
    });

    afterAll(() => test.close());

    it('opens what it sealed, for the same binding', async () => {
      await fc.assert(
        fc.asyncProperty(secrets, bindings, async (secret, binding) => {
          const sealed = await sealer.seal(secret, binding);
          expect(await sealer.open(sealed, { ...binding })).toBe(secret);
          expect([sealer.recognises(sealed), await sealer.isCurrent(sealed)]).toEqual([true, true]);
        }),
        runs,
      );
    });

    it('opens it for no other workspace, kind or row, not even once it was opened for its own', async () => {
      await fc.assert(
        fc.asyncProperty(bindings, bindings, async (binding, other) => {
          fc.pre(JSON.stringify(binding) !== JSON.stringify(other));
          const sealed = await sealer.seal('canary-secret', binding);
          expect(await sealer.open(sealed, other)).toBeUndefined();
          await sealer.open(sealed, binding);
          expect(await sealer.open(sealed, other)).toBeUndefined();
        }),
        runs,
      );
    });

    it('opens nothing that was changed', async () => {
      const sealed = await sealer.seal('canary-secret', tool);
      await fc.assert(
        fc.asyncProperty(fc.nat(sealed.length - 1), fc.constantFrom(...'aB3_.'), async (index, character) => {
          const changed = sealed.slice(0, index) + character + sealed.slice(index + 1);
          // The last character of a part has bits that stand for nothing.
          const meansTheSame = decoded(changed) === decoded(sealed);
          const opened = await sealer.open(changed, tool).catch((error: Error) => error);
          expect(opened).not.toBe(meansTheSame ? undefined : 'canary-secret');
          if (opened instanceof Error) expect(opened.message).not.toContain('canary');
        }),
        runs,
      );
    });

    it('opens nothing that it did not seal', async () => {
      const foreign = await test.stranger.seal('canary-secret', tool);
      expect(await sealer.isCurrent(foreign)).toBe(false);
      expect(await sealer.open(foreign, tool).catch(() => undefined)).toBeUndefined();
      for (const text of ['', '.', 'a.b', 'kms1.', 'kms1.a.b.c', 'canary-secret'])
        expect(await sealer.open(text, tool).catch(() => undefined)).toBeUndefined();
    });

    it('seals the same secret differently each time, and shows nothing of it', async () => {
      const [one, other] = [await sealer.seal('canary-secret', tool), await sealer.seal('canary-secret', tool)];
      expect(one).not.toBe(other);
      for (const part of [one, ...one.split('.')])
        expect(`${part} ${Buffer.from(part, 'base64url').toString('latin1')}`).not.toContain('canary');
    });

    it('opens the same secret for many at once', async () => {
      const sealed = await sealer.seal('canary-secret', tool);
      const opened = await Promise.all(Array.from({ length: 50 }, () => sealer.open(sealed, tool)));
      expect(new Set(opened)).toEqual(new Set(['canary-secret']));
    });

    it('says what it seals with, and that it can', async () => {
      expect(sealer.description).toMatch(/^[\w ]+$/);
      await expect(sealer.ping()).resolves.toBeUndefined();
    });

    it('need not seal anew what is sealed with its key', async () => {
      const sealed = await sealer.seal('canary-secret', tool);
      const result = await reseal(sealer, rows([sealed]));
      expect(result).toEqual({ resealed: 0, untouched: 1, unreadable: [] });
    });
  });
}

/** Secrets of one tool as they would be stored; what replaces them stands in the same list. */
export async function* rows(stored: string[]): AsyncIterable<StoredSecret> {
  for (const [index, sealed] of stored.entries()) {
    yield {
      binding: tool,
      sealed,
      replace: async (anew) => {
        stored[index] = anew;
        return true;
      },
    };
  }
}

function decoded(sealed: string): string {
  return sealed
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join('.');
}
