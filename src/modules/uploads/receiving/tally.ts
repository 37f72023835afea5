import { createHash } from 'node:crypto';
import type { Received } from './finisher.js';
import { headBytes } from './intake.js';

/** Counts and hashes the bytes of a file, and keeps the first ones. */
export class Tally {
  private readonly hash = createHash('sha256');
  private readonly head: Uint8Array[] = [];
  private bytes = 0;

  add(chunk: Uint8Array): void {
    this.hash.update(chunk);
    if (this.bytes < headBytes) this.head.push(chunk.subarray(0, headBytes - this.bytes));
    this.bytes += chunk.length;
  }

  /** Once, after the last chunk. */
  received(): Received {
    return { bytes: this.bytes, sha256: this.hash.digest('hex'), head: Buffer.concat(this.head) };
  }
}
