import type { RunFrame } from './run-event.js';

const keptFrames = 500;
const keptCharacters = 1_000_000;
/** A reader that stalls holds no more than this. */
export const charactersAtOnce = 200_000;

/** The latest events of a run that this process executes, for those who follow it here. Older ones are in the store. */
export class RunFeed {
  private frames: RunFrame[] = [];
  private characters = 0;
  private readonly waiting = new Set<() => void>();

  /** `last` is the number of the event before the first one that is pushed. */
  constructor(private last: number) {}

  push(frames: readonly RunFrame[]): void {
    for (const frame of frames) this.characters += frame.text.length;
    this.frames.push(...frames);
    this.last += frames.length;
    if (this.frames.length > keptFrames * 2 || this.characters > keptCharacters * 2) this.trim();
    this.wake();
  }

  /** Some events after `seq`, none when there are no more; undefined when the feed does not go back so far. */
  since(seq: number): readonly RunFrame[] | undefined {
    if (seq >= this.last) return [];
    const first = this.last - this.frames.length + 1;
    if (seq + 1 < first) return undefined;
    const begin = seq + 1 - first;
    let end = begin;
    for (let characters = 0; end < this.frames.length && characters < charactersAtOnce; end += 1)
      characters += this.frames[end]!.text.length;
    return this.frames.slice(begin, end);
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

  private trim(): void {
    let kept = 0;
    let characters = 0;
    for (; kept < Math.min(keptFrames, this.frames.length); kept += 1) {
      const { length } = this.frames.at(-1 - kept)!.text;
      if (characters + length > keptCharacters) break;
      characters += length;
    }
    this.frames = this.frames.slice(this.frames.length - kept);
    this.characters = characters;
  }

  /** Lets everybody look again: the run goes on elsewhere or not at all. */
  wake(): void {
    for (const wake of this.waiting) wake();
  }
}
