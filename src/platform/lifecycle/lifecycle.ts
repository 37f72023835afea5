/**
 * How the process ends, in two steps. While it drains it serves as ever, but says to load balancers that it is going.
 * When it stops, nobody new is let in, long-lived streams end, and what was begun has some time to finish.
 */
export class Lifecycle {
  private readonly stopping = new AbortController();
  private isDraining = false;
  private graceEndsAt = 0;

  get draining(): boolean {
    return this.isDraining;
  }

  /** Aborted once the process stops. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Milliseconds that are left of the time to finish; 0 while the process does not stop. */
  get graceLeftMs(): number {
    return Math.max(0, this.graceEndsAt - performance.now());
  }

  beginDraining(): void {
    this.isDraining = true;
  }

  beginStopping(graceMs: number): void {
    this.graceEndsAt = performance.now() + graceMs;
    this.stopping.abort(new Error('The service is stopping.'));
  }
}
