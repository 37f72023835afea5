import { existsSync, readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

const OWN_THREADS = '/proc/self/task';
/** A third of the share that others get who want the same processor. */
const LOWERED = 5;

/**
 * From now on whatever else wants a processor goes first: tasks that have just begun, and the service itself. A process
 * without privileges cannot take that back. Where nobody else wants one, nothing changes.
 */
export function giveWay(): void {
  // Each thread has a priority of its own on Linux, and threads that begin later inherit one.
  const threads = existsSync(OWN_THREADS) ? readdirSync(OWN_THREADS).map(Number) : [0];
  threads.forEach(lower);
}

/** The same for a process that has just been started, and for all that it begins. */
export function lower(id: number): void {
  try {
    setPriority(id, LOWERED);
  } catch {
    // It has ended meanwhile, or the system does not let us: then everybody stays equal.
  }
}
