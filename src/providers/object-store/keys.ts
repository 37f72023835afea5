import { InvalidObjectKey } from './errors.js';

const segment = /^[a-z0-9_-][a-z0-9._-]{0,254}$/;
const maxKeyBytes = 512;

/** Returns the key when it is one: see `ObjectStore`. Every adapter checks every key with this. */
export function checkKey(key: string): string {
  if (key.length > maxKeyBytes || !key.split('/').every((part) => segment.test(part))) throw new InvalidObjectKey(key);
  return key;
}

/** Returns the prefix when it is empty or what a key can begin with. */
export function checkPrefix(prefix: string): string {
  const [last, ...folders] = prefix.split('/').reverse();
  const possible = folders.every((part) => segment.test(part)) && (last === '' || segment.test(last!));
  if (prefix.length > maxKeyBytes || !possible) throw new InvalidObjectKey(prefix);
  return prefix;
}

/** Returns the prefix when it names a folder: `a/b/`. The empty prefix is refused, it would mean everything. */
export function checkFolderPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new InvalidObjectKey(prefix);
  return checkPrefix(prefix);
}
