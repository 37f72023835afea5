import { setTimeout as delay } from 'node:timers/promises';
import { Clock } from './clock.js';

/** The machine's own clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  elapsed(): number {
    return performance.now();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    try {
      await delay(milliseconds, undefined, signal ? { signal } : {});
    } catch {
      signal?.throwIfAborted();
    }
  }
}
