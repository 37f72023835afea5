import type { Readable } from 'node:stream';
import type { DirectTransfers } from './direct-transfers.js';

/** What has been stored. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Changes whenever the content does; quoted as in HTTP. */
  readonly etag: string;
}

export interface ObjectInfo extends StoredObject {
  readonly modifiedAt: Date;
}

export interface PutOptions {
  /** Refuse to replace an existing object: rejects with `ObjectExists`. */
  readonly ifAbsent?: boolean;
  /** The content's length when it is known; content of another length rejects with `ObjectLengthMismatch`. */
  readonly bytes?: number;
  /** Stops the transfer; nothing becomes visible. */
  readonly signal?: AbortSignal;
  /**
   * False for what can be made again: do not wait for the disk. The object outlives the service however that ends, but
   * a power cut soon afterwards may lose it or cut it short.
   */
  readonly durable?: boolean;
}

/** First and last byte, both included. What lies beyond the end is left out. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

/**
 * Bytes under keys. Keys are lower-case paths such as `workspaces/<id>/datasets/orders/1/data.parquet`: segments of
 * up to 255 of `a-z 0-9 . _ -` that do not begin with a dot, at most 512 bytes; anything else rejects with `InvalidObjectKey`.
 * Callers never use a key also as the folder of another: files on a disk cannot be both, other stores do not look. An
 * object appears whole and, unless asked otherwise, durable when `put` or `putFile` resolves, or not at all. A reader
 * that has begun reads the version it began with, or fails. Whatever needs a store that cannot be reached rejects with
 * `ObjectStoreUnavailable`.
 */
export abstract class ObjectStore {
  /** Stores the stream's content under `key` in constant memory. Rejects with `StorageFull` when there is no room. */
  abstract put(key: string, content: Readable | Uint8Array, options?: PutOptions): Promise<StoredObject>;
  /** Moves a finished local file into the store (the file is gone afterwards). The file must be on the scratch disk given by `scratchDirectory`. */
  abstract putFile(key: string, localPath: string, options?: PutOptions): Promise<StoredObject>;
  /** The content, or a part of it. Rejects with `ObjectNotFound`. */
  abstract get(key: string, range?: ByteRange): Promise<Readable>;
  /** Undefined when there is no such object. */
  abstract head(key: string): Promise<ObjectInfo | undefined>;
  /** Deleting what is not there is no error. */
  abstract delete(key: string): Promise<void>;
  /** Deletes every object whose key begins with `prefix`, which ends in `/`. Returns how many. */
  abstract deletePrefix(prefix: string): Promise<number>;
  /** Objects whose key begins with `prefix`, in key order. */
  abstract list(prefix: string): AsyncIterable<ObjectInfo>;
  /** Where engines of the same deployment read the object: a `file:` URL, or `s3://bucket/key`. */
  abstract location(key: string): string;
  /** The key of what `location` has given. */
  abstract keyOf(location: string): string;
  /** A local folder for temporary files, emptied at start. On the same disk as the objects where they are local. */
  abstract readonly scratchDirectory: string;
  /** How clients reach the store themselves; undefined where they cannot. */
  abstract readonly direct: DirectTransfers | undefined;
  /** Bytes that can still be stored, `Infinity` where the store has no limit of its own. */
  abstract freeBytes(): Promise<number>;
}
