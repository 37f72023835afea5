import { Readable } from 'node:stream';
import type { DirectTransfers } from '../../src/providers/object-store/direct-transfers.js';
import {
  type ByteRange,
  ObjectStore,
  type PutOptions,
  type StoredObject,
} from '../../src/providers/object-store/object-store.js';

/** A real object store whose disk can be made full or broken. */
export class FailingObjectStore extends ObjectStore {
  private failure: { error: Error; afterBytes: number } | undefined;
  private free: number | undefined;

  constructor(private readonly store: ObjectStore) {
    super();
  }

  /** Lets the next `put` fail once it has taken so many bytes. */
  failNextPut(error: Error, afterBytes = 0): void {
    this.failure = { error, afterBytes };
  }

  /** What `freeBytes` says from now on; undefined for the truth. */
  setFreeBytes(bytes: number | undefined): void {
    this.free = bytes;
  }

  async put(key: string, content: Readable | Uint8Array, options?: PutOptions): Promise<StoredObject> {
    const { failure } = this;
    this.failure = undefined;
    if (!failure || content instanceof Uint8Array) return this.store.put(key, content, options);
    return this.store.put(key, Readable.from(failing(content, failure), { objectMode: false }), options);
  }

  get scratchDirectory(): string {
    return this.store.scratchDirectory;
  }

  get direct(): DirectTransfers | undefined {
    return this.store.direct;
  }

  putFile = (key: string, path: string, options?: PutOptions) => this.store.putFile(key, path, options);
  get = (key: string, range?: ByteRange) => this.store.get(key, range);
  head = (key: string) => this.store.head(key);
  delete = (key: string) => this.store.delete(key);
  deletePrefix = (prefix: string) => this.store.deletePrefix(prefix);
  list = (prefix: string) => this.store.list(prefix);
  keyOf = (location: string) => this.store.keyOf(location);
  location = (key: string) => this.store.location(key);

  async freeBytes(): Promise<number> {
    return this.free ?? this.store.freeBytes();
  }
}

async function* failing(content: Readable, { error, afterBytes }: { error: Error; afterBytes: number }) {
  let bytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > afterBytes) throw error;
    yield chunk;
  }
}
