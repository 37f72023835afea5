import type { ResultPage } from '../../providers/query-engine/query-engine.js';
import { EventLog } from './domain/event-log.js';
import { shown } from './domain/query-view.js';
import type { QueryChange, QueryRow } from './queries.repository.js';

/** How a query ended, with the first page of its result when it succeeded. */
export interface EndedQuery {
  readonly row: QueryRow;
  readonly firstPage?: ResultPage | undefined;
}

/** Why a query's signal is aborted. */
export type StopReason = 'cancelled' | 'access-ended' | 'interrupted';

/** Progress is told in steps of at least this much. */
const progressStep = 0.01;

/** A query that this process has accepted and not yet ended: its state, its events and its end. */
export class LiveQuery {
  readonly events = new EventLog();
  /** Resolves when the end has been recorded; rejects when it could not be. */
  readonly ended: Promise<EndedQuery>;
  private settle!: { resolve: (ended: EndedQuery) => void; reject: (error: unknown) => void };
  private readonly stopping = new AbortController();
  private told = 0;

  constructor(private current: QueryRow) {
    this.ended = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    // Nobody may be waiting: whoever comes later still sees the rejection.
    this.ended.catch(() => undefined);
    this.events.append('state', shown(current));
  }

  get row(): QueryRow {
    return this.current;
  }

  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  get stopReason(): StopReason | undefined {
    return this.signal.aborted ? (this.signal.reason as StopReason) : undefined;
  }

  stop(reason: StopReason): void {
    this.stopping.abort(reason);
  }

  advance(change: QueryChange): void {
    this.current = { ...this.current, ...change };
    this.events.append('state', shown(this.current));
  }

  progress(fraction: number): void {
    if (fraction < this.told + progressStep) return;
    this.told = fraction;
    this.events.append('progress', { fraction });
  }

  end(change: QueryChange, firstPage?: ResultPage): void {
    this.advance(change);
    this.events.close();
    this.settle.resolve({ row: this.current, firstPage });
  }

  /** Its end could not be recorded: whoever waits is told the error. */
  abandon(error: unknown): void {
    this.events.close();
    this.settle.reject(error);
  }

  /** How it ended, or undefined when it has not within the time. */
  async endedWithin(milliseconds: number): Promise<EndedQuery | undefined> {
    if (milliseconds === 0) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), milliseconds)));
    try {
      return await Promise.race([this.ended, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}
