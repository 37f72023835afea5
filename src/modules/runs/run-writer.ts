import { ConditionFailed } from '../../providers/item-store/errors.js';
import type { Write } from '../../providers/item-store/item-store.js';
import type { Run } from './run.js';
import type { RunEventBody, RunFrame } from './run-event.js';
import { RunFeed } from './run-feed.js';
import type { RunsRepository } from './runs.repository.js';

const gatherMs = 75;
const gatherCharacters = 1024;
/** Text that comes faster than it can be stored waits for that from here on. */
const mostCharacters = 16_384;
const mostTogether = 50;

/** Another process has taken the run over, or ended it. */
export class RunLost extends Error {
  constructor() {
    super('The run is in other hands');
  }
}

/**
 * The one writer of a run's events: numbers them, stores them, and only then lets others see them. Text is gathered
 * for a moment, so that the log stays small.
 */
export class RunWriter {
  readonly feed: RunFeed;
  /** All the text that was sent so far. */
  text = '';
  private gathered = '';
  /** What is to be written next, all of it at once: a write takes about as long for ten events as for one. */
  private waiting: RunEventBody[] = [];
  private sentTextAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Immediate | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly run: Run,
    private seq: number,
    private readonly runs: RunsRepository,
    /** Called when text that nobody waits for could not be written. */
    private readonly failed: (error: unknown) => void = () => undefined,
  ) {
    this.feed = new RunFeed(seq);
  }

  /** Rejects with `RunLost`. Text resolves at once, unless there is too much of it. */
  emit(event: RunEventBody): Promise<void> {
    if (event.type !== 'text.delta') {
      this.endText();
      this.waiting.push(event);
      return this.flush();
    }
    this.text += event.text;
    this.gathered += event.text;
    if (this.gathered.length >= mostCharacters) return this.flush();
    // The first words go out at once, and so does much text; little that comes quickly is gathered.
    const isMuch = this.gathered.length >= gatherCharacters;
    this.flushIn(isMuch ? 0 : Math.max(0, this.sentTextAt + gatherMs - performance.now()));
    return Promise.resolve();
  }

  /** The last events, together with the run's new state. False when the run is in other hands. */
  end(events: readonly RunEventBody[], change: Parameters<RunsRepository['change']>[1], writes: readonly Write[]) {
    return this.inTurn(async () => {
      this.endText();
      if (this.waiting.length + events.length > mostTogether) await this.append();
      const frames = this.frames([...this.waiting, ...events]);
      if (!(await this.runs.change(this.run, change, frames, writes))) return false;
      this.waiting = [];
      this.sent(frames);
      return true;
    });
  }

  private flushIn(milliseconds: number): void {
    const flush = () => void this.flush().catch(this.failed);
    if (milliseconds === 0) this.soon ??= setImmediate(flush);
    else this.timer ??= setTimeout(flush, milliseconds);
  }

  private flush(): Promise<void> {
    return this.inTurn(() => this.append());
  }

  private async append(): Promise<void> {
    this.endText();
    while (this.waiting.length > 0) {
      const events = this.waiting.splice(0, mostTogether);
      const frames = this.frames(events);
      try {
        await this.runs.append(this.run.run, frames);
      } catch (error) {
        this.waiting.unshift(...events);
        throw error instanceof ConditionFailed ? new RunLost() : error;
      }
      this.sent(frames);
    }
  }

  /** The text so far goes before whatever comes next. */
  private endText(): void {
    clearTimeout(this.timer);
    clearImmediate(this.soon);
    this.timer = undefined;
    this.soon = undefined;
    if (this.gathered === '') return;
    this.waiting.push({ type: 'text.delta', text: this.gathered });
    this.sentTextAt = performance.now();
    this.gathered = '';
  }

  private frames(events: readonly RunEventBody[]): RunFrame[] {
    return events.map((event, index) => frameOf(this.run, this.seq + index + 1, event));
  }

  /** Lets others see what has been stored. */
  sent(frames: readonly RunFrame[]): void {
    this.seq += frames.length;
    this.feed.push(frames);
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.queue.then(work);
    this.queue = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }
}

export function frameOf(run: Pick<Run, 'run_id' | 'conversation_id'>, seq: number, event: RunEventBody): RunFrame {
  const { type, ...rest } = event;
  const { run_id, conversation_id } = run;
  return { seq, type, text: JSON.stringify({ type, run_id, conversation_id, seq, ...rest }) };
}
