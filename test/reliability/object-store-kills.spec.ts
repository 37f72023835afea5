import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { killAgainAndAgain, numberOfKills } from '../support/kills.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

describe('the local object store under kill -9', () => {
  const createFolder = temporaryFolders();

  it('R21: holds every acknowledged object, and each object that it shows is whole', async () => {
    const folder = createFolder();
    const open = () => LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
    const isWhole = async (store: LocalFilesObjectStore, key: string) => {
      const content = await buffer(await store.get(key));
      if (key !== 'workspaces/w/current') return sha256(content) === key.split('/').at(-1);
      return sha256(content.subarray(64)) === content.subarray(0, 64).toString();
    };
    const expectCurrentWhole = async () => {
      const store = await open();
      expect(readdirSync(store.scratchDirectory)).toEqual([]);
      if (await store.head('workspaces/w/current')) expect(await isWhole(store, 'workspaces/w/current')).toBe(true);
    };
    const kills = numberOfKills(15);
    const acknowledged = await killAgainAndAgain('put-objects.mjs', () => [folder], kills, expectCurrentWhole);

    const store = await open();
    const shown = new Set<string>();
    for await (const { key } of store.list('')) {
      expect([key, await isWhole(store, key)]).toEqual([key, true]);
      shown.add(key);
    }
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(acknowledged.filter((key) => !shown.has(key))).toEqual([]);
  }, 600_000);
});
