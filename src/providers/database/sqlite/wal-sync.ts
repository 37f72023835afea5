/**
 * Brings what was written to a log onto the disk, for all who wait at once: one synchronisation is under way, and whoever
 * has written since it began shares the next one. After one has failed nobody knows what the disk holds, and asking again
 * would not tell (the operating system forgets what it could not write), so from then on everything rejects.
 */
export class WalSync {
  private written = 0;
  private durable = 0;
  private running: Promise<void> | undefined;
  private failure: Error | undefined;

  /** `failed` makes the error with which everybody is told that `sync` has rejected. */
  constructor(
    private readonly sync: () => Promise<void>,
    private readonly failed: (cause: unknown) => Error,
  ) {}

  get isSound(): boolean {
    return this.failure === undefined;
  }

  /** To be called right after something was written. */
  wrote(): void {
    this.written += 1;
  }

  /** Resolves once all that has been written is on the disk: at once when it is. */
  async settled(): Promise<void> {
    const wanted = this.written;
    while (this.durable < wanted && this.isSound) await (this.running ??= this.run());
    this.requireSound();
  }

  /** Throws after a failure. */
  requireSound(): void {
    if (this.failure) throw this.failure;
  }

  private async run(): Promise<void> {
    const upTo = this.written;
    try {
      await this.sync();
      this.durable = upTo;
    } catch (error) {
      this.failure = this.failed(error);
    } finally {
      this.running = undefined;
    }
  }
}
