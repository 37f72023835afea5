import { TooManyRequests } from '../../../platform/errors/common-problems.js';
import type { Caller } from '../../access/caller.js';
import type { SocketOutlet } from './socket-outlet.js';
import { socketLimits } from './socket-limits.js';

/** What can be followed: the runs of conversations, or something else that has events. */
export interface Followable {
  follow(
    caller: Caller,
    id: string,
    after: number,
    signal: AbortSignal,
  ): AsyncIterable<{ readonly type: string; readonly text: string }>;
  /** Whether it waits for its user. */
  isAsking(caller: Caller, id: string): Promise<boolean>;
}

/** From a question, or the answer to what a run asked, until the run has ended or asks something itself. */
class Turn {
  isOver = false;
  private resolve = (): void => undefined;
  readonly over = new Promise<void>((resolve) => (this.resolve = resolve));

  end(): void {
    this.isOver = true;
    this.resolve();
  }
}

interface Followed {
  readonly workspaceId: string;
  readonly stop: AbortController;
  turn: Turn;
}

/** The runs whose events a socket sends, each at the client's pace. */
export class FollowedRuns {
  private readonly runs = new Map<string, Followed>();

  constructor(
    private readonly service: Followable,
    private readonly outlet: SocketOutlet,
    /** Called when the events of a run could not be read further. */
    private readonly broken: (runId: string, error: unknown) => void,
  ) {}

  /** The workspace of a run that is followed. */
  workspaceOf(runId: string): string | undefined {
    return this.runs.get(runId)?.workspaceId;
  }

  /** Throws `TooManyRequests` when this run, or any other one, could not be followed as well. */
  requireRoom(runId?: string): void {
    if (this.runs.size < socketLimits.followedRuns || (runId !== undefined && this.runs.has(runId))) return;
    throw new TooManyRequests(`This socket follows ${this.runs.size} runs already, which is the most.`, {
      'retry-after': '5',
    });
  }

  /** Sends the events after `after`; a run that is followed already begins there again. */
  follow(caller: Caller, runId: string, after: number): void {
    const earlier = this.runs.get(runId);
    earlier?.stop.abort();
    const { workspaceId } = caller;
    const turn = earlier?.turn ?? new Turn();
    const followed: Followed = { workspaceId, stop: new AbortController(), turn };
    this.runs.set(runId, followed);
    void this.send(caller, runId, after, followed);
  }

  /** Sends the events of a question that was asked: from the first one on, or those that are still to come. */
  followTurn(caller: Caller, runId: string): void {
    const followed = this.runs.get(runId);
    if (followed?.turn.isOver) followed.turn = new Turn();
    if (!followed) this.follow(caller, runId, 0);
  }

  /** Resolves when the run has ended or asks something; at once when it is not followed. */
  async turn(runId: string): Promise<void> {
    await this.runs.get(runId)?.turn.over;
  }

  stopAll(): void {
    for (const { stop } of this.runs.values()) stop.abort();
  }

  private async send(caller: Caller, runId: string, after: number, followed: Followed): Promise<void> {
    const { signal } = followed.stop;
    try {
      for await (const { type, text } of this.service.follow(caller, runId, after, signal)) {
        await this.outlet.send(text, signal);
        if (type === 'interrupt' && (await this.service.isAsking(caller, runId))) followed.turn.end();
      }
    } catch (error) {
      if (!signal.aborted) this.broken(runId, error);
    }
    if (this.runs.get(runId) !== followed) return;
    this.runs.delete(runId);
    followed.turn.end();
  }
}
