/**
 * Whether the process takes new work. `draining` is the first thing that changes on SIGTERM: readiness goes off and
 * long-lived streams end, before the listener closes.
 */
export class Lifecycle {
  private readonly controller = new AbortController();

  /** Aborted once the process begins to stop. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get draining(): boolean {
    return this.controller.signal.aborted;
  }

  beginDraining(): void {
    this.controller.abort(new Error('The service is stopping.'));
  }
}
