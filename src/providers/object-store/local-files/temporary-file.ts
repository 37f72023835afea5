import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectLengthMismatch } from '../errors.js';
import type { PutOptions } from '../object-store.js';

const readOnly = 0o444;

/** Written in large pieces while the next ones arrive, so that neither disk nor sender waits for the other. */
const writeAheadBytes = 4 * 1024 * 1024;

/** Writes the content into a new file of the folder and makes it durable. Nothing is left behind when that fails. */
export async function writeTemporaryFile(
  folder: string,
  content: Readable | Uint8Array,
  { bytes = Infinity, signal }: PutOptions,
): Promise<string> {
  const path = join(folder, `put-${randomUUID()}`);
  try {
    const file = await open(path, 'wx', readOnly);
    const source = content instanceof Readable ? content : Readable.from([content]);
    const sink = file.createWriteStream({ flush: true, highWaterMark: writeAheadBytes });
    await pipeline(source, new LengthCheck(bytes), sink, signal ? { signal } : {});
    return path;
  } catch (error) {
    await rm(path, { force: true });
    signal?.throwIfAborted();
    throw error;
  }
}

/** Lets exactly the announced number of bytes pass. */
class LengthCheck extends Transform {
  private received = 0;

  constructor(private readonly expected: number) {
    super({ highWaterMark: writeAheadBytes });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.received += chunk.length;
    if (this.received > this.expected) done(new ObjectLengthMismatch(this.expected, this.received));
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    const short = this.expected !== Infinity && this.received !== this.expected;
    done(short ? new ObjectLengthMismatch(this.expected, this.received) : null);
  }
}

/** Makes a finished file durable and read-only, and checks its length. */
export async function sealFile(path: string, expected: number | undefined): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (expected !== undefined && size !== expected) throw new ObjectLengthMismatch(expected, size);
    await file.chmod(readOnly);
    await file.sync();
  } finally {
    await file.close();
  }
}
