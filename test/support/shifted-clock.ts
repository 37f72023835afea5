import { SystemClock } from '../../src/providers/clock/system.clock.js';

/** The machine's clock, set to a later time of day. It runs on, so whoever sleeps wakes up. */
export class ShiftedClock extends SystemClock {
  private shift = 0;

  advance(milliseconds: number): void {
    this.shift += milliseconds;
  }

  /** Shows the time of day again, as it is for whatever keeps time by itself. */
  reset(): void {
    this.shift = 0;
  }

  override now(): Date {
    return new Date(super.now().getTime() + this.shift);
  }
}
