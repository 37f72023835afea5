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
    const kills = numberOfKills(15);
    const acknowledged = await killAgainAndAgain('put-objects.mjs', () => [folder], kills);

    const store = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
    const shown = new Set<string>();
    for await (const { key } of store.list('')) {
      const content = await buffer(await store.get(key));
      const whole =
        key === 'workspaces/w/current'
          ? sha256(content.subarray(64)) === content.subarray(0, 64).toString()
          : sha256(content) === key.split('/').at(-1);
      expect([key, whole]).toEqual([key, true]);
      shown.add(key);
    }
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(acknowledged.filter((key) => !shown.has(key))).toEqual([]);
    expect(readdirSync(join(folder, 'scratch'))).toEqual([]);
  }, 600_000);
});
