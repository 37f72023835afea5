import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { ObjectStore } from '../../object-store/object-store.js';

/** Stands at the very end of every Parquet file, behind all that it describes. */
const MAGIC = 'PAR1';

/** False for a Parquet file that was cut short. */
export async function isWhole(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, Math.max(0, size - MAGIC.length));
    return buffer.toString('latin1') === MAGIC;
  } finally {
    await file.close();
  }
}

/** The same of an object; false also where there is none. */
export async function isWholeObject(store: ObjectStore, key: string): Promise<boolean> {
  const object = await store.head(key);
  return (
    object !== undefined &&
    (await text(await store.get(key, { start: Math.max(0, object.bytes - MAGIC.length) }))) === MAGIC
  );
}
