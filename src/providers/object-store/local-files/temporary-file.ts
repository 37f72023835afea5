import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectLengthMismatch } from '../errors.js';
import type { PutOptions } from '../object-store.js';

const readOnly = 0o444;

/** Written in larger pieces while the next ones arrive, so that neither disk nor sender waits for the other. */
const writeAheadBytes = 256 * 1024;

/** Written in between two syncs that run while more arrives. */
const syncAheadBytes = 32 * 1024 * 1024;

/** Writes the content into a new file of the folder and makes it durable. Nothing is left behind when that fails. */
export async function writeTemporaryFile(
  folder: string,
  content: Readable | Uint8Array,
  { bytes = Infinity, signal, durable = true }: PutOptions,
): Promise<string> {
  const path = join(folder, `put-${randomUUID()}`);
  try {
    const file = await open(path, 'wx', readOnly);
    const source = content instanceof Readable ? content : Readable.from([content]);
    const sink = file.createWriteStream({ flush: durable, highWaterMark: writeAheadBytes });
    await pipeline(source, new LengthCheck(bytes, syncAhead(file)), sink, signal ? { signal } : {});
    return path;
  } catch (error) {
    await rm(path, { force: true });
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Has the disk begin with what is written already, so that the sync at the end finds little to do. Only that last one
 * counts: it reports the errors of these as well.
 */
function syncAhead(file: FileHandle): (received: number) => void {
  let begun = 0;
  let running = false;
  return (received) => {
    if (running || received - begun < syncAheadBytes) return;
    begun = received;
    running = true;
    const ended = () => void (running = false);
    file.datasync().then(ended, ended);
  };
}

/** Lets exactly the announced number of bytes pass. */
class LengthCheck extends Transform {
  private received = 0;

  constructor(
    private readonly expected: number,
    private readonly onReceived: (received: number) => void,
  ) {
    super({ highWaterMark: writeAheadBytes });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.received += chunk.length;
    this.onReceived(this.received);
    if (this.received > this.expected) done(new ObjectLengthMismatch(this.expected, this.received));
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    const short = this.expected !== Infinity && this.received !== this.expected;
    done(short ? new ObjectLengthMismatch(this.expected, this.received) : null);
  }
}

/** Makes a finished file read-only and, unless asked otherwise, durable, and checks its length. */
export async function sealFile(path: string, { bytes: expected, durable = true }: PutOptions): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (expected !== undefined && size !== expected) throw new ObjectLengthMismatch(expected, size);
    await file.chmod(readOnly);
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}
