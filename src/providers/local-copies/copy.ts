import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ObjectReplaced } from '../object-store/errors.js';
import type { ObjectInfo, ObjectStore } from '../object-store/object-store.js';

/** One object on its way to this machine, or here. It begins at once. */
export class Copy {
  /** Who waits for it or reads it. */
  users = 0;
  readonly path: string;
  readonly bytes: number;
  private here = false;
  private readonly stop = new AbortController();
  private readonly arrived: Promise<void>;

  constructor(
    store: ObjectStore,
    readonly object: ObjectInfo,
    folder: string,
  ) {
    this.bytes = object.bytes;
    this.path = join(folder, `${randomUUID()}${extname(object.key)}`);
    this.arrived = this.fetch(store);
    this.arrived.catch(() => {});
  }

  /** How much of it the disk still has to take. */
  get missingBytes(): number {
    return this.here ? 0 : this.bytes;
  }

  /** Rejects with the signal's reason as soon as that is aborted. */
  async arrival(signal?: AbortSignal): Promise<void> {
    if (!signal) return this.arrived;
    signal.throwIfAborted();
    let giveUp = () => {};
    const gaveUp = new Promise<never>((_, reject) => (giveUp = () => reject(signal.reason as Error)));
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.race([this.arrived, gaveUp]);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the transfer, and removes the file. */
  remove(): void {
    this.stop.abort();
    void this.arrived.catch(() => {}).then(() => rm(this.path, { force: true }));
  }

  private async fetch(store: ObjectStore): Promise<void> {
    const { signal } = this.stop;
    const content = await store.get(this.object.key);
    const file = createWriteStream(this.path, { flags: 'wx', mode: 0o400 });
    await pipeline(content, file, { signal });
    // What came is another version than the one that was found.
    if (file.bytesWritten !== this.bytes) throw new ObjectReplaced(this.object.key);
    this.here = true;
  }
}
