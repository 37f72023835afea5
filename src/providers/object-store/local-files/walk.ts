import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { unlessAbsent } from './file-errors.js';

/**
 * The keys below a folder in key order, holding the names of one folder per level at a time. `keyPrefix` is the folder's
 * own key with a slash, or empty; only keys that begin with `wanted` are given.
 */
export async function* walkKeys(root: string, keyPrefix: string, wanted: string): AsyncIterable<string> {
  const entries = (await unlessAbsent(readdir(`${root}/${keyPrefix}`, { withFileTypes: true }))) ?? [];
  for (const name of entries.filter(isObjectOrFolder).map(nameInKeys).sort(byCodeUnits)) {
    const key = keyPrefix + name;
    if (!key.startsWith(wanted) && !wanted.startsWith(key)) continue;
    if (name.endsWith('/')) yield* walkKeys(root, key, wanted);
    else if (key.startsWith(wanted)) yield key;
  }
}

/** Symbolic links and what begins with a dot are nothing of ours. */
function isObjectOrFolder(entry: Dirent): boolean {
  return !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory());
}

/** With its slash a folder sorts where its keys do: `a.txt` comes before `a/b`. */
function nameInKeys(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
