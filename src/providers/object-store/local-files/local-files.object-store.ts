import { type BigIntStats, constants } from 'node:fs';
import { link, lstat, mkdir, open, realpath, rename, rm, stat, statfs, unlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InvalidObjectKey, ObjectExists, ObjectNotFound } from '../errors.js';
import { checkFolderPrefix, checkKey, checkPrefix } from '../keys.js';
import { type ByteRange, type ObjectInfo, ObjectStore, type PutOptions } from '../object-store.js';
import { scratchFile } from '../scratch-file.js';
import { errorCode, translateWriteError, unlessAbsent } from './file-errors.js';
import { Folders, syncFolder } from './folders.js';
import { sealFile, writeTemporaryFile } from './temporary-file.js';
import { walkKeys } from './walk.js';

/**
 * Objects as read-only files at `<root>/<key>`. Content is written in the scratch folder, synced and then renamed into
 * place, so a crash leaves either the whole object or none.
 */
export class LocalFilesObjectStore extends ObjectStore {
  readonly direct = undefined;
  private readonly folders: Folders;

  private constructor(
    private readonly root: string,
    readonly scratchDirectory: string,
  ) {
    super();
    this.folders = new Folders(root);
  }

  /** Creates the folders when they are missing and empties the scratch folder. Only one process may use them. */
  static async open(root: string, scratchDirectory: string): Promise<LocalFilesObjectStore> {
    await mkdir(root, { recursive: true });
    await rm(scratchDirectory, { recursive: true, force: true });
    await mkdir(scratchDirectory, { recursive: true });
    if ((await stat(root)).dev !== (await stat(scratchDirectory)).dev) {
      throw new Error(`The folders ${root} and ${scratchDirectory} must be on the same disk.`);
    }
    return new LocalFilesObjectStore(await realpath(root), await realpath(scratchDirectory));
  }

  async put(key: string, content: Readable | Uint8Array, options: PutOptions = {}): Promise<ObjectInfo> {
    checkKey(key);
    let temporary: string | undefined;
    try {
      if (options.ifAbsent && (await this.head(key))) throw new ObjectExists(key);
      temporary = await writeTemporaryFile(this.scratchDirectory, content, options);
      return await this.publish(key, temporary, options);
    } catch (error) {
      if (temporary !== undefined) await rm(temporary, { force: true });
      throw translateWriteError(error);
    }
  }

  async putFile(key: string, localPath: string, options: PutOptions = {}): Promise<ObjectInfo> {
    checkKey(key);
    const { path: source } = await scratchFile(this.scratchDirectory, localPath);
    try {
      await sealFile(source, options);
      return await this.publish(key, source, options);
    } catch (error) {
      throw translateWriteError(error);
    }
  }

  async get(key: string, range: ByteRange = { start: 0 }): Promise<Readable> {
    const path = this.path(key);
    const file = await unlessAbsent(open(path, constants.O_RDONLY | constants.O_NOFOLLOW));
    if (!file) throw new ObjectNotFound(key);
    if (!(await file.stat()).isFile() || (await this.folders.leadsThroughLink(dirname(path)))) {
      await file.close();
      throw new ObjectNotFound(key);
    }
    return file.createReadStream({ start: range.start, end: range.end ?? Infinity });
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const path = this.path(key);
    const stats = await unlessAbsent(lstat(path, { bigint: true }));
    if (!stats?.isFile() || (await this.folders.leadsThroughLink(dirname(path)))) return undefined;
    return describe(key, stats);
  }

  async delete(key: string): Promise<void> {
    if (await this.head(key)) await this.remove(key);
  }

  async deletePrefix(prefix: string): Promise<number> {
    let deleted = 0;
    for await (const { key } of this.list(checkFolderPrefix(prefix))) {
      await this.remove(key);
      deleted += 1;
    }
    return deleted;
  }

  async *list(prefix: string): AsyncIterable<ObjectInfo> {
    const folder = checkPrefix(prefix).slice(0, prefix.lastIndexOf('/') + 1);
    if (await this.folders.leadsThroughLink(resolve(this.root, folder))) return;
    for await (const key of walkKeys(this.root, folder, prefix)) {
      const info = await this.head(key);
      if (info) yield info;
    }
  }

  location(key: string): string {
    return pathToFileURL(this.path(key)).href;
  }

  keyOf(location: string): string {
    const path = fileURLToPath(location);
    if (!path.startsWith(this.root + sep)) throw new Error(`Not a location of this store: ${location}`);
    return checkKey(path.slice(this.root.length + 1));
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.root);
    return bavail * bsize;
  }

  /** Gives a finished file its key. Linking, unlike renaming, fails when the name is taken: of racing creators one wins. */
  private async publish(
    key: string,
    file: string,
    { ifAbsent, signal, durable = true }: PutOptions,
  ): Promise<ObjectInfo> {
    const path = this.path(key);
    signal?.throwIfAborted();
    const info = describe(key, await lstat(file, { bigint: true }));
    await this.enter(key, path, async () => {
      if (!ifAbsent) return rename(file, path);
      await link(file, path);
      await unlink(file);
    });
    if (durable) await syncFolder(dirname(path));
    return info;
  }

  /** Runs `name` in an existing folder, again when a deletion has just pruned it. */
  private async enter(key: string, path: string, name: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.folders.ensure(dirname(path));
        if (await this.folders.leadsThroughLink(dirname(path))) throw new InvalidObjectKey(key);
        return await name();
      } catch (error) {
        const code = errorCode(error);
        if (code === 'ENOENT' && attempt < 10) continue;
        if (code === 'EEXIST' && (await lstat(path)).isFile()) throw new ObjectExists(key);
        if (code !== undefined && keyIsFolder.has(code)) throw new InvalidObjectKey(key);
        throw error;
      }
    }
  }

  private async remove(key: string): Promise<void> {
    const path = this.path(key);
    await rm(path, { force: true });
    await unlessAbsent(syncFolder(dirname(path)));
    await this.folders.prune(dirname(path));
  }

  private path(key: string): string {
    return `${this.root}/${checkKey(key)}`;
  }
}

/** A part of the key is a folder where it should be an object, or the other way round. */
const keyIsFolder: ReadonlySet<string> = new Set(['ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'EEXIST']);

function describe(key: string, stats: BigIntStats): ObjectInfo {
  const version = [stats.ino, stats.size, stats.mtimeNs].map((part) => part.toString(36)).join('-');
  return { key, bytes: Number(stats.size), etag: `"${version}"`, modifiedAt: stats.mtime };
}
