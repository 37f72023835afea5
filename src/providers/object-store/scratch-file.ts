import { lstat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/** A file that may be moved into the store: one of the scratch folder, and no link. */
export async function scratchFile(scratchDirectory: string, path: string): Promise<{ path: string; size: number }> {
  const source = resolve(path);
  if (source.startsWith(scratchDirectory + sep)) {
    const stats = await lstat(source);
    if (stats.isFile()) return { path: source, size: stats.size };
  }
  throw new Error(`Not a file of the scratch folder: ${source}`);
}
