import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ObjectInfo, ObjectStore } from '../object-store/object-store.js';

/** Stands at both ends of a Parquet file; before the last one is the length of the footer. */
const MAGIC = Buffer.from('PAR1');
const TRAILER_BYTES = 8;
/** Most footers are shorter, so that one request is enough. */
const FIRST_TRY_BYTES = 64 * 1024;

/** Writes a file as long as the object in which only the footer is filled in, and takes no more room than that. */
export async function writeFooter(
  store: ObjectStore,
  object: ObjectInfo,
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const { bytes: length } = object;
  const read = async (count: number) => {
    signal?.throwIfAborted();
    return buffer(await store.get(object.key, { start: Math.max(0, length - count) }));
  };
  let footer = await read(FIRST_TRY_BYTES);
  const wanted =
    TRAILER_BYTES + (footer.length < TRAILER_BYTES ? 0 : footer.readUInt32LE(footer.length - TRAILER_BYTES));
  if (wanted > footer.length && wanted <= length) footer = await read(wanted);
  const path = join(folder, `footer-${randomUUID()}.parquet`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.write(MAGIC, 0, Math.min(MAGIC.length, length), 0);
    await file.write(footer, 0, footer.length, length - footer.length);
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
