import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { InvalidObjectKey, ObjectNotFound } from '../../src/providers/object-store/errors.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { objectStoreContract } from './object-store.contract.js';

const createFolder = temporaryFolders();
const open = (folder = createFolder()) => LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));

objectStoreContract('LocalFilesObjectStore', open);

describe('LocalFilesObjectStore', () => {
  it('keeps objects as read-only files at readable paths', async () => {
    const folder = createFolder();
    const store = await open(folder);
    await store.put('workspaces/w/orders.csv', Buffer.from('a,b'));
    const path = join(folder, 'objects/workspaces/w/orders.csv');
    expect(readFileSync(path, 'utf8')).toBe('a,b');
    expect(statSync(path).mode & 0o777).toBe(0o444);
    expect(fileURLToPath(store.location('workspaces/w/orders.csv'))).toBe(path);
  });

  it('keeps objects over a restart and empties the scratch folder', async () => {
    const folder = createFolder();
    const first = await open(folder);
    await first.put('a', Buffer.from('x'));
    writeFileSync(join(first.scratchDirectory, 'left-over'), 'x');
    const second = await open(folder);
    expect((await second.head('a'))?.bytes).toBe(1);
    expect(() => statSync(join(second.scratchDirectory, 'left-over'))).toThrow('ENOENT');
  });

  it('frees the name of a folder once nothing is in it', async () => {
    const store = await open();
    await store.put('a/b/c', Buffer.from('x'));
    await expect(store.put('a/b', Buffer.from('y'))).rejects.toThrow(InvalidObjectKey);
    await expect(store.put('a/b/c/d', Buffer.from('y'))).rejects.toThrow(InvalidObjectKey);
    await store.delete('a/b/c');
    await store.put('a/b', Buffer.from('y'));
    const keys: string[] = [];
    for await (const { key } of store.list('')) keys.push(key);
    expect(keys).toEqual(['a/b']);
    expect(readdirSync(store.scratchDirectory)).toEqual([]);
  });

  it('R2: follows no symbolic link', async () => {
    const folder = createFolder();
    const store = await open(folder);
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret'), 'canary');
    mkdirSync(join(folder, 'objects/w'));
    symlinkSync(outside, join(folder, 'objects/w/folder'));
    symlinkSync(join(outside, 'secret'), join(folder, 'objects/w/file'));

    for (const key of ['w/file', 'w/folder/secret']) {
      await expect(store.get(key)).rejects.toThrow(ObjectNotFound);
      expect(await store.head(key)).toBeUndefined();
      await store.delete(key);
    }
    await expect(store.put('w/folder/new', Buffer.from('x'))).rejects.toThrow(InvalidObjectKey);
    expect(await store.deletePrefix('w/folder/')).toBe(0);
    expect(await store.deletePrefix('w/')).toBe(0);
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('canary');
  });
});
