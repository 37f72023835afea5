import type { Readable } from 'node:stream';

/** A file that is still arriving, and what it is to become. */
export interface PartialFile {
  /** Its own among all that there are. */
  readonly id: string;
  /** Key of the object that it becomes once it is whole. */
  readonly key: string;
}

/** Somebody else is adding bytes at the same place. What they have added counts. */
export class PartialFileTaken extends Error {
  constructor({ key }: PartialFile) {
    super(`Somebody else goes on with the partial file for ${key}`);
  }
}

/**
 * Files that arrive piece by piece, over any number of connections and restarts. The number of bytes that are here is
 * where the next piece begins. A partial file stays until it is removed, also once it has become an object.
 */
export abstract class PartialFiles {
  /** Whether every process of the service has them all, so that any one can go on with what another has begun. */
  abstract readonly shared: boolean;
  abstract create(file: PartialFile): Promise<void>;
  /** Bytes that have arrived and outlive a crash. Undefined when it is known that there is no such file. */
  abstract size(file: PartialFile): Promise<number | undefined>;
  /**
   * Adds bytes behind the `offset` that are here, as many as come. When the content breaks off with an error it rejects
   * with that, and what had come before stays. Rejects with `PartialFileTaken` or `StorageFull`.
   */
  abstract append(file: PartialFile, offset: number, content: Readable): Promise<void>;
  /**
   * Makes the `bytes` of the whole file an object. `onChunk` sees every byte once, in order. Rejects without an object
   * when the file is not whole. It may be repeated, also by several processes at once.
   */
  abstract publish(file: PartialFile, bytes: number, onChunk: (chunk: Uint8Array) => void): Promise<void>;
  /** Removing what is not there is no error. */
  abstract remove(file: PartialFile): Promise<void>;
  /** Ids of the files that this process alone has; those that belong to nothing any more are its own to remove. */
  abstract ownIds(): Promise<string[]>;
}
