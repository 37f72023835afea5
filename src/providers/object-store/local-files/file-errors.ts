import { StorageFull } from '../errors.js';

/** The code of a file system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** What the port promises for a full disk or a used-up quota; other errors as they are. */
export function translateWriteError(error: unknown): unknown {
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT' ? new StorageFull(error) : error;
}

/** Undefined in place of an error that says that something is not there. */
export async function unlessAbsent<Value>(operation: Promise<Value>): Promise<Value | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (absent.has(errorCode(error))) return undefined;
    throw error;
  }
}

/** `ELOOP` comes from a symbolic link in place of a file: links are never followed, so there is no object. */
const absent: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);
