/** So many attempts within so many seconds. */
export interface AttemptLimit {
  readonly attempts: number;
  readonly seconds: number;
}

interface Window {
  /** Attempts that have failed or are being made. */
  taken: number;
  failed: number;
  /** In the milliseconds of `elapsed`. */
  readonly endsAt: number;
}

/** Ended windows are forgotten whenever so many new ones have begun. */
const windowsBetweenSweeps = 10_000;

/**
 * Counts failed attempts by key in fixed windows, in this process's memory. An attempt is taken before it is made and
 * given back unless it fails, so that many at once get no further than one after another.
 */
export class AttemptWindows {
  private readonly windows = new Map<string, Window>();
  private windowsUntilSweep = windowsBetweenSweeps;

  constructor(
    private readonly limit: AttemptLimit,
    private readonly elapsed: () => number,
  ) {}

  /** Seconds until the key may try again: 0 when it may now, 1 while others are trying that could use up the limit. */
  wait(key: string): number {
    const window = this.current(key);
    if (!window || window.taken < this.limit.attempts) return 0;
    return window.failed < this.limit.attempts ? 1 : Math.ceil((window.endsAt - this.elapsed()) / 1000);
  }

  take(key: string): void {
    (this.current(key) ?? this.begin(key)).taken += 1;
  }

  /** The attempt did not fail. */
  giveBack(key: string): void {
    const window = this.current(key);
    if (!window) return;
    window.taken -= 1;
    if (window.taken <= 0) this.forget(key);
  }

  /** The attempt failed. True for the one that uses up the limit. */
  fail(key: string): boolean {
    const window = this.current(key);
    if (!window) return false;
    window.failed += 1;
    return window.failed === this.limit.attempts;
  }

  forget(key: string): void {
    this.windows.delete(key);
  }

  private current(key: string): Window | undefined {
    const window = this.windows.get(key);
    return window && window.endsAt > this.elapsed() ? window : undefined;
  }

  private begin(key: string): Window {
    this.sweep();
    const window = { taken: 0, failed: 0, endsAt: this.elapsed() + this.limit.seconds * 1000 };
    this.windows.set(key, window);
    return window;
  }

  private sweep(): void {
    this.windowsUntilSweep -= 1;
    if (this.windowsUntilSweep > 0) return;
    this.windowsUntilSweep = windowsBetweenSweeps;
    const now = this.elapsed();
    for (const [key, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(key);
  }
}
