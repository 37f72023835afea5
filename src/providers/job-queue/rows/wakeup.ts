import type { Clock } from '../../clock/clock.js';

/** A wait that can be cut short. A call that comes before the wait is remembered. */
export class Wakeup {
  private controller = new AbortController();

  constructor(private readonly clock: Clock) {}

  wake(): void {
    this.controller.abort();
  }

  async wait(milliseconds: number): Promise<void> {
    const { signal } = this.controller;
    try {
      await this.clock.sleep(milliseconds, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      this.controller = new AbortController();
    }
  }
}

/** Waits for the work, but not longer than the time; says whether it was done. */
export async function doneWithin(clock: Clock, milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const enough = new AbortController();
  const done = work.then(() => true);
  const late = clock.sleep(milliseconds, enough.signal).then(
    () => false,
    () => true,
  );
  const result = await Promise.race([done, late]);
  enough.abort();
  return result;
}
