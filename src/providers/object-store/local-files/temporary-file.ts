import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ObjectLengthMismatch } from '../errors.js';
import type { PutOptions } from '../object-store.js';

const readOnly = 0o444;

/** Writes the content into a new file of the folder and makes it durable. Nothing is left behind when that fails. */
export async function writeTemporaryFile(
  folder: string,
  content: Readable | Uint8Array,
  options: PutOptions,
): Promise<string> {
  const path = join(folder, `put-${randomUUID()}`);
  try {
    const file = await open(path, 'wx', readOnly);
    try {
      await write(file, content, options);
      await file.chmod(readOnly);
      await file.sync();
    } finally {
      await file.close();
    }
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function write(file: FileHandle, content: Readable | Uint8Array, options: PutOptions): Promise<void> {
  const { bytes: expected = Infinity, signal } = options;
  let received = 0;
  for await (const chunk of abortable(content, signal)) {
    received += chunk.byteLength;
    if (received > expected) throw new ObjectLengthMismatch(expected, received);
    await file.writeFile(chunk);
  }
  signal?.throwIfAborted();
  if (expected !== Infinity && received !== expected) throw new ObjectLengthMismatch(expected, received);
}

/** Leaving the loop early destroys the stream; aborting does so even while it is silent. */
async function* abortable(content: Readable | Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  if (!(content instanceof Readable)) {
    yield content;
    return;
  }
  const abort = () => void content.destroy(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', abort);
  try {
    for await (const chunk of content) yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
  } finally {
    signal?.removeEventListener('abort', abort);
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
