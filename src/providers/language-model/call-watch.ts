import type { Clock } from '../clock/clock.js';
import { ModelAnswerEndless, ModelCancelled, ModelFirstTokenLate, ModelIdle, type ModelOrigin } from './errors.js';

/** In milliseconds. */
export interface ModelDeadlines {
  /** From the call to its first event, retries included. */
  readonly firstTokenMs: number;
  /** Between two events. */
  readonly idleMs: number;
  /** From the call to the answer's end. */
  readonly totalMs: number;
}

/** Ends a call that is cancelled or late. One timer for each call, not for each event: a thousand answers may stream at once. */
export class CallWatch {
  private readonly ended = new AbortController();
  private readonly over = new AbortController();
  private readonly began: number;
  private waitingSince: number | undefined;
  private eventSeen = false;
  private interrupt: ((reason: Error) => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly deadlines: ModelDeadlines,
    private readonly origin: ModelOrigin,
    private readonly cancellation: AbortSignal,
  ) {
    this.began = clock.elapsed();
    cancellation.addEventListener('abort', this.cancel);
    if (cancellation.aborted) this.cancel();
    else void this.watch();
  }

  /** Aborted with the error in which the call ends. */
  get signal(): AbortSignal {
    return this.ended.signal;
  }

  /** Waits for the next event, until the call is ended. */
  async next<Event>(events: AsyncIterator<Event>): Promise<IteratorResult<Event>> {
    this.signal.throwIfAborted();
    this.waitingSince = this.clock.elapsed();
    try {
      return await new Promise((resolve, reject) => {
        this.interrupt = reject;
        events.next().then(resolve, reject);
      });
    } finally {
      this.waitingSince = undefined;
      this.interrupt = undefined;
    }
  }

  /** From now on the time between events counts, no longer the time to the first. */
  sawEvent(): void {
    this.eventSeen = true;
  }

  /** What is left of the time in which the first event must come. */
  get untilFirstToken(): number {
    return this.began + this.deadlines.firstTokenMs - this.clock.elapsed();
  }

  close(): void {
    this.cancellation.removeEventListener('abort', this.cancel);
    this.over.abort();
  }

  private readonly cancel = () => this.end(new ModelCancelled());

  private end(reason: Error): void {
    this.ended.abort(reason);
    this.interrupt?.(reason);
  }

  private async watch(): Promise<void> {
    const { signal } = this.over;
    const pause = Math.min(this.deadlines.idleMs, this.deadlines.firstTokenMs);
    while (!signal.aborted) {
      const now = this.clock.elapsed();
      const { at, late } = this.nextDeadline(now);
      if (at <= now) return this.end(late());
      await this.clock.sleep(Math.min(at - now, pause), signal).catch(() => undefined);
    }
  }

  private nextDeadline(now: number): { at: number; late: () => Error } {
    const { firstTokenMs, idleMs, totalMs } = this.deadlines;
    const total = {
      at: this.began + totalMs,
      late: () => new ModelAnswerEndless(this.origin, `${totalMs / 1000} seconds`),
    };
    const event = this.eventSeen
      ? { at: (this.waitingSince ?? now) + idleMs, late: () => new ModelIdle(this.origin, idleMs) }
      : { at: this.began + firstTokenMs, late: () => new ModelFirstTokenLate(this.origin, firstTokenMs) };
    return event.at < total.at ? event : total;
  }
}
