import { readFileSync } from 'node:fs';

const KIBIBYTE = 1024;
/** Private address space that a worker has in any case, nearly all of it untouched: libraries, stacks, reserves. */
const USUAL_BYTES = 1_000_000_000;

/**
 * What the process holds, in bytes: memory in use, or what the engine has reserved beyond the usual and does not give
 * back, whichever is more. The limit of the operating system counts the second, touched or not.
 */
export function heldBytes(): number {
  return Math.max(process.memoryUsage.rss(), privateBytes() - USUAL_BYTES);
}

/** Private writable address space; 0 where the system does not tell. */
function privateBytes(): number {
  try {
    const [, size] = /^VmData:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return Number(size ?? 0) * KIBIBYTE;
  } catch {
    return 0;
  }
}
