import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ObjectStore } from '../../src/providers/object-store/object-store.js';
import {
  type PartialFile,
  type PartialFiles,
  PartialFileTaken,
} from '../../src/providers/partial-files/partial-files.js';

export interface PartialFilesFixture {
  readonly store: ObjectStore;
  readonly files: PartialFiles;
  /** The same as another process has them; absent where they are not shared. */
  readonly elsewhere?: PartialFiles;
}

/** What all partial files promise. `open` gives none, over an empty store. */
export function partialFilesContract(name: string, open: () => Promise<PartialFilesFixture>): void {
  describe(`${name}: the promises of partial files`, () => {
    let fixture: PartialFilesFixture;
    let files: PartialFiles;
    const file: PartialFile = { id: 'upl_1', key: 'workspaces/w/uploads/upl_1/raw' };
    const content = randomBytes(100_000);

    const publish = async (bytes: number, of = file, by = files) => {
      const seen: Uint8Array[] = [];
      await by.publish(of, bytes, (chunk) => seen.push(Uint8Array.from(chunk)));
      return Buffer.concat(seen);
    };
    const stored = async (key: string) => buffer(await fixture.store.get(key));
    const breaking = (bytes: Buffer) =>
      Readable.from(
        (async function* () {
          yield bytes;
          throw new Error('the sender went away');
        })(),
      );

    beforeEach(async () => {
      fixture = await open();
      files = fixture.files;
    });

    it('makes an object of what came piece by piece', async () => {
      await files.create(file);
      expect(await files.size(file)).toBe(0);
      await files.append(file, 0, Readable.from([content.subarray(0, 60_000)]));
      expect(await files.size(file)).toBe(60_000);
      await files.append(file, 60_000, Readable.from([content.subarray(60_000)]));
      expect((await publish(content.length)).equals(content)).toBe(true);
      expect(content.equals(await stored(file.key))).toBe(true);
      expect(await files.size(file)).toBe(content.length);
      await files.remove(file);
      await files.remove(file);
      expect((await files.size(file)) ?? 0).toBe(0);
      expect(content.equals(await stored(file.key))).toBe(true);
    });

    it('makes an object of an empty file', async () => {
      await files.create(file);
      await files.append(file, 0, Readable.from([]));
      await publish(0);
      expect(await fixture.store.head(file.key)).toMatchObject({ bytes: 0 });
    });

    it('R21: keeps what had come when the sender goes away', async () => {
      await files.create(file);
      const sending = files.append(file, 0, breaking(content.subarray(0, 70_000)));
      await expect(sending).rejects.toThrow('the sender went away');
      const offset = (await files.size(file))!;
      expect(offset).toBeLessThanOrEqual(70_000);
      await files.append(file, offset, Readable.from([content.subarray(offset)]));
      expect((await publish(content.length)).equals(content)).toBe(true);
    });

    it('makes no object of a file that is not whole', async () => {
      await files.create(file);
      await files.append(file, 0, Readable.from([content]));
      await expect(publish(content.length + 1)).rejects.toThrow();
      expect(await fixture.store.head(file.key)).toBeUndefined();
      await publish(content.length);
    });

    it('can be published again', async () => {
      await files.create(file);
      await files.append(file, 0, Readable.from([content]));
      await Promise.all([
        publish(content.length),
        fixture.elsewhere && publish(content.length, file, fixture.elsewhere),
      ]);
      await publish(content.length);
      expect(content.equals(await stored(file.key))).toBe(true);
    });

    it('keeps files apart', async () => {
      const others = ['upl_2', 'upl_3'].map((id) => ({ id, key: `workspaces/w/uploads/${id}/raw` }));
      for (const each of [file, ...others]) await files.create(each);
      await files.append(others[0]!, 0, Readable.from([content]));
      expect(await Promise.all([file, ...others].map((each) => files.size(each)))).toEqual([0, content.length, 0]);
      expect((await files.ownIds()).toSorted()).toEqual(files.shared ? [] : ['upl_1', 'upl_2', 'upl_3']);
      await files.remove(file);
      expect(await files.size(others[0]!)).toBe(content.length);
    });

    it('R22: is whole and in order whatever the pieces, and wherever they broke off', async () => {
      let number = 0;
      const pieces = fc.array(fc.record({ bytes: fc.nat(30_000), breaks: fc.boolean() }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(pieces, async (sent) => {
          number += 1;
          const each = { id: `upl_x${number}`, key: `workspaces/w/uploads/upl_x${number}/raw` };
          const takers = [files, fixture.elsewhere ?? files];
          await files.create(each);
          for (const [index, { bytes, breaks }] of [...sent, { bytes: content.length, breaks: false }].entries()) {
            const taker = takers[index % 2]!;
            const offset = (await taker.size(each))!;
            const piece = content.subarray(offset, offset + bytes);
            await taker.append(each, offset, breaks ? breaking(piece) : Readable.from([piece])).catch(() => {});
          }
          expect((await publish(content.length, each)).equals(content)).toBe(true);
        }),
        { numRuns: 15 },
      );
    });

    it('R22: lets one of two processes that go on at the same place win', async () => {
      if (!fixture.elsewhere) return expect(files.shared).toBe(false);
      await files.create(file);
      const results = await Promise.allSettled(
        [files, fixture.elsewhere].map((each) => each.append(file, 0, Readable.from([content]))),
      );
      const lost = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
      expect(lost.map(({ reason }) => reason as Error)).toEqual([expect.any(PartialFileTaken)]);
      expect((await publish(content.length)).equals(content)).toBe(true);
    });
  });
}
