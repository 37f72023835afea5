import type { RunFrame } from './run-event.js';

const keptFrames = 500;

/** The latest events of a run that this process executes, for those who follow it here. Older ones are in the store. */
export class RunFeed {
  private readonly frames: RunFrame[] = [];
  private readonly waiting = new Set<() => void>();

  push(frames: readonly RunFrame[]): void {
    this.frames.push(...frames);
    if (this.frames.length > keptFrames * 2) this.frames.splice(0, this.frames.length - keptFrames);
    this.wake();
  }

  /** Events after `seq`; undefined when the feed does not go back so far. */
  since(seq: number): readonly RunFrame[] | undefined {
    const first = this.frames[0]?.seq;
    if (first === undefined || first > seq + 1) return undefined;
    return this.frames.slice(seq + 1 - first);
  }

  /** Resolves at the next event, or when the signal is aborted. */
  news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      if (signal.aborted) return resolve();
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** Lets everybody look again: the run goes on elsewhere or not at all. */
  wake(): void {
    for (const wake of this.waiting) wake();
  }
}
