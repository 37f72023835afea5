/** One holder at a time, first come first served. */
export class Mutex {
  private readonly waiting: (() => void)[] = [];
  private held = false;

  async acquire(): Promise<void> {
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.held = true;
  }

  /** Passes the mutex on; it is never free between two holders, so nobody can step in. */
  release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.held = false;
  }
}
