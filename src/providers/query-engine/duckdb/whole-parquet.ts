import { open } from 'node:fs/promises';

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
