const INTERVAL_MS = 100;

/** Passes on at most ten reports a second, always the latest. */
export class ProgressThinner {
  private latest: unknown;
  private timer: NodeJS.Timeout | undefined;
  private lastSent = 0;

  constructor(private readonly send: (progress: unknown) => void) {}

  report(progress: unknown): void {
    this.latest = progress;
    const wait = this.lastSent + INTERVAL_MS - Date.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastSent = Date.now();
    this.send(this.latest);
  }
}
