import type { StoredObject } from './object-store.js';

/** An address that whoever has it may use until it expires: a secret as long as it lives. */
export interface DirectAddress {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface DirectDownload {
  /** As browsers show it; of printable ASCII without quotes and backslashes. */
  readonly fileName: string;
  readonly contentType: string;
}

/**
 * Bytes that pass between a client and the store itself, with the service only giving leave. An upload comes in parts
 * of 5 MiB or more, but for the last one, numbered from 1 to 10,000, each sent with `PUT`; it shows nothing before it
 * is completed. One that is neither completed nor aborted is removed by the store's own rules after a day.
 */
export interface DirectTransfers {
  /** Where the object can be read with `GET`. Rejects with `ObjectNotFound`. */
  download(key: string, as: DirectDownload): Promise<DirectAddress>;
  /** Returns the upload's id. */
  begin(key: string): Promise<string>;
  /** Where a part can be sent to; again to replace it. */
  part(key: string, uploadId: string, partNumber: number): Promise<DirectAddress>;
  /**
   * Makes the parts that have arrived an object of `bytes`. Rejects with `ObjectLengthMismatch` when they are fewer or
   * more, with `DirectPartTooSmall`, and with `DirectUploadGone` when there is no such upload any more.
   */
  complete(key: string, uploadId: string, bytes: number): Promise<StoredObject>;
  /** Aborting what is not there is no error. */
  abort(key: string, uploadId: string): Promise<void>;
}
