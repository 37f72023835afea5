import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ObjectNotFound, StorageFull } from '../object-store/errors.js';
import type { ObjectInfo, ObjectStore } from '../object-store/object-store.js';
import { Copy } from './copy.js';
import { freeBytesOf } from './free-bytes.js';
import { writeFooter } from './parquet-footer.js';

export interface LocalCopiesOptions {
  /** Bytes of copies that are kept for whoever wants the same objects next; 10 GB when absent. */
  readonly cacheBytes?: number;
  /** Free disk space that copies leave untouched; none when absent. */
  readonly reserveBytes?: number;
}

/** Read-only files, in the order of the keys, that stay until `release`. */
export interface TakenFiles {
  readonly paths: readonly string[];
  release(): void;
}

/** Objects of which no copy is needed, or whose copies are somebody else's to remove. */
const nothingToRelease = () => {};

/**
 * Objects as local files, for engines that must not reach the network. Where the object store keeps files, these are
 * the objects themselves. Else they are copies, shared by all who want the same version of an object; those used last
 * are kept as long as there is room for them.
 */
export class LocalCopies {
  /** By key and version, the one used last at the end. */
  private readonly copies = new Map<string, Copy>();
  private readonly folder: string;
  private readonly cacheBytes: number;
  private readonly reserveBytes: number;

  constructor(
    private readonly store: ObjectStore,
    { cacheBytes = 10e9, reserveBytes = 0 }: LocalCopiesOptions = {},
  ) {
    this.folder = join(store.scratchDirectory, 'copies');
    this.cacheBytes = cacheBytes;
    this.reserveBytes = reserveBytes;
  }

  /** Rejects with `ObjectNotFound`, `StorageFull`, or the signal's reason. */
  async take(keys: readonly string[], signal?: AbortSignal): Promise<TakenFiles> {
    const objects = await Promise.all(keys.map((key) => this.find(key)));
    const paths = keys.map((key) => this.pathOf(key));
    if (paths.every((path) => path !== undefined)) return { paths, release: nothingToRelease };
    await this.makeRoom(objects);
    const copies = objects.map((object) => this.use(object));
    const release = () => copies.forEach((copy) => this.release(copy));
    try {
      await Promise.all(copies.map((copy) => copy.arrival(signal)));
      return { paths: copies.map(({ path }) => path), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Parquet files of which nothing but the footer can be read, so that the sizes of columns are known without the
   * columns. Rejects as `take` does.
   */
  async takeFooters(keys: readonly string[], signal?: AbortSignal): Promise<TakenFiles> {
    const objects = await Promise.all(keys.map((key) => this.find(key)));
    const paths = keys.map((key) => this.pathOf(key));
    if (paths.every((path) => path !== undefined)) return { paths, release: nothingToRelease };
    await mkdir(this.folder, { recursive: true });
    const files = await Promise.all(objects.map((object) => writeFooter(this.store, object, this.folder, signal)));
    return { paths: files, release: () => files.forEach((file) => void rm(file, { force: true })) };
  }

  /** Bytes for which the disk of the temporary files has room. */
  freeBytes(): Promise<number> {
    return freeBytesOf(this.store.scratchDirectory);
  }

  private async find(key: string): Promise<ObjectInfo> {
    const object = await this.store.head(key);
    if (!object) throw new ObjectNotFound(key);
    return object;
  }

  /** Undefined where the object is no file of this machine. */
  private pathOf(key: string): string | undefined {
    const location = this.store.location(key);
    return location.startsWith('file:') ? fileURLToPath(location) : undefined;
  }

  private async makeRoom(objects: readonly ObjectInfo[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const missing = objects.filter((object) => !this.copies.has(nameOf(object)));
    const wanted = missing.reduce((sum, { bytes }) => sum + bytes, 0);
    this.trim(this.cacheBytes - wanted);
    const awaited = [...this.copies.values()].reduce((sum, copy) => sum + copy.missingBytes, 0);
    if ((await this.freeBytes()) - awaited - wanted < this.reserveBytes) throw new StorageFull();
  }

  private use(object: ObjectInfo): Copy {
    const name = nameOf(object);
    const copy = this.copies.get(name) ?? this.begin(object);
    copy.users += 1;
    this.copies.delete(name);
    this.copies.set(name, copy);
    return copy;
  }

  /** One that fails is nobody's any more: who comes next begins anew. */
  private begin(object: ObjectInfo): Copy {
    const copy = new Copy(this.store, object, this.folder);
    copy.arrival().catch(() => this.drop(copy));
    return copy;
  }

  private release(copy: Copy): void {
    copy.users -= 1;
    // One that has not arrived, or never will, is of no use to anybody.
    if (copy.users === 0 && copy.missingBytes > 0) this.drop(copy);
    this.trim(this.cacheBytes);
  }

  /** Removes copies that nobody uses, those used longest ago first, until the others are no more than `bytes`. */
  private trim(bytes: number): void {
    let held = [...this.copies.values()].reduce((sum, copy) => sum + copy.bytes, 0);
    for (const copy of this.copies.values()) {
      if (held <= bytes) return;
      if (copy.users > 0) continue;
      held -= copy.bytes;
      this.drop(copy);
    }
  }

  private drop(copy: Copy): void {
    const name = nameOf(copy.object);
    if (this.copies.get(name) === copy) this.copies.delete(name);
    copy.remove();
  }
}

function nameOf({ key, etag }: ObjectInfo): string {
  return `${key} ${etag}`;
}
