/** How fast something goes and how long the rest takes. */
export interface Rate {
  readonly bytesPerSecond: number;
  /** Undefined while nothing moves. */
  readonly secondsLeft: number | undefined;
}

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** The rate is that of the last seconds: long enough to be calm, short enough to follow a change of network. */
const windowMs = 8000;

/** Measures one transfer. Times are milliseconds. */
export class RateMeter {
  private samples: Sample[] = [];

  /** Forgets what was: after a pause, and when the transfer goes on elsewhere. */
  restart(): void {
    this.samples = [];
  }

  /** `bytes` of `total` have arrived at the time `at`. Undefined until there is something to compare with. */
  measure(bytes: number, total: number, at: number): Rate | undefined {
    this.samples = [...this.samples.filter((sample) => at - sample.at <= windowMs), { at, bytes }];
    const first = this.samples[0]!;
    const elapsed = at - first.at;
    if (elapsed < 500) return undefined;
    const bytesPerSecond = ((bytes - first.bytes) / elapsed) * 1000;
    return { bytesPerSecond, secondsLeft: bytesPerSecond > 0 ? (total - bytes) / bytesPerSecond : undefined };
  }
}
