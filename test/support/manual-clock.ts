import { Clock } from '../../src/providers/clock/clock.js';

interface Sleeper {
  readonly wakesAt: number;
  wake(): void;
}

/** A clock that moves when the test says so. `jump` changes the time of day alone, as an operator or NTP does. */
export class ManualClock extends Clock {
  private readonly sleepers = new Set<Sleeper>();
  private passed = 0;

  constructor(private start = new Date('2026-11-21T08:00:00.000Z').getTime()) {
    super();
  }

  now(): Date {
    return new Date(this.start + this.passed);
  }

  elapsed(): number {
    return this.passed;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const settle = (end: () => void) => {
        this.sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        end();
      };
      const abort = () => settle(() => reject(signal?.reason));
      const sleeper = { wakesAt: this.passed + milliseconds, wake: () => settle(resolve) };
      signal?.addEventListener('abort', abort);
      this.sleepers.add(sleeper);
    });
  }

  /** Lets time pass and wakes whoever is due, earliest first. */
  advance(milliseconds: number): void {
    this.passed += milliseconds;
    const due = [...this.sleepers].filter(({ wakesAt }) => wakesAt <= this.passed);
    for (const sleeper of due.sort((a, b) => a.wakesAt - b.wakesAt)) sleeper.wake();
  }

  /** Sets the time of day forward, or back when negative. */
  jump(milliseconds: number): void {
    this.start += milliseconds;
  }
}
