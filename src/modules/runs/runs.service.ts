import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { RunEventsExpired, RunNotFound } from './errors.js';
import { hasEnded, type Run, runKey } from './run.js';
import { type InterruptAnswer, RunEngine } from './run-engine.js';
import { isLast, type RunFrame } from './run-event.js';
import { charactersAtOnce } from './run-feed.js';
import { RunsRepository } from './runs.repository.js';

const pageSizes = { first: 8, most: 200 };
/** How often the events of a run are looked for that another process executes, or that waits for its user. */
const pollMs = { running: 250, suspended: 1_000 };
/** How long a call that cancels waits for the end. */
const cancelWaitMs = 3_000;

/** Runs as their users see them: whoever asked may follow, cancel and answer, on any replica. */
@Injectable()
export class RunsService {
  /** Tells by their key which runs have gone on in this process. */
  private readonly resumed = new EventEmitter().setMaxListeners(0);

  constructor(
    private readonly runs: RunsRepository,
    private readonly engine: RunEngine,
  ) {}

  /** Throws `RunNotFound`, also for a run of somebody else. */
  async get({ workspaceId, userId }: Caller, runId: string): Promise<Run> {
    const run = await this.runs.find(runKey(workspaceId, runId));
    if (run?.user_id !== userId) throw new RunNotFound(runId);
    return run;
  }

  /**
   * Events after `after`, then live ones as they come, until the run has ended or the signal is aborted. No gap, no
   * double, at the reader's pace. Throws `RunNotFound` or `RunEventsExpired`.
   */
  async *follow(caller: Caller, runId: string, after: number, signal: AbortSignal): AsyncGenerator<RunFrame> {
    const { run } = await this.requireEvents(caller, runId);
    let last = after;
    let pageSize = pageSizes.first;
    while (!signal.aborted) {
      const feed = this.engine.feed(run);
      const recent = feed?.since(last);
      const frames = recent ?? (await this.runs.events(run, last, pageSize));
      if (!recent) pageSize = nextPageSize(frames);
      for (const frame of frames) {
        yield frame;
        if (signal.aborted || isLast(frame)) return;
        last = frame.seq;
      }
      if (frames.length > 0) continue;
      if (feed?.since(last)?.length === 0) await feed.news(signal);
      else if (!this.engine.feed(run) && !(await this.moreMayCome(run, last, signal))) return;
    }
  }

  /** Throws `RunNotFound`, or `RunEventsExpired` when nothing is left to follow. */
  async requireEvents(caller: Caller, runId: string): Promise<Run> {
    const run = await this.get(caller, runId);
    if (hasEnded(run) && (await this.runs.lastSeq(run.run)) === 0) throw new RunEventsExpired(runId);
    return run;
  }

  /** Says that a run is to be stopped, which happens within a second. */
  async requestCancel(caller: Caller, runId: string): Promise<void> {
    await this.engine.cancel(await this.get(caller, runId));
  }

  /** Stops a run and waits for its end, which may be that it was answered just before. */
  async cancel(caller: Caller, runId: string): Promise<Run> {
    await this.requestCancel(caller, runId);
    const { run } = await this.get(caller, runId);
    const waiting = AbortSignal.timeout(cancelWaitMs);
    for await (const _ of this.follow(caller, runId, await this.runs.lastSeq(run), waiting));
    return this.get(caller, runId);
  }

  /** Answers the question of a suspended run, which then goes on. Throws `NothingToAnswer`. */
  async respond(caller: Caller, runId: string, answer: InterruptAnswer): Promise<Run> {
    const run = await this.engine.resume(caller, await this.get(caller, runId), answer);
    this.resumed.emit(run.run);
    return run;
  }

  /** False once the run has ended and no event is missing; else waits for a moment. */
  private async moreMayCome(run: string, last: number, signal: AbortSignal): Promise<boolean> {
    const stored = await this.runs.find(run);
    if (!stored) return false;
    // It may have ended between the two reads: then its last events are there now.
    if (hasEnded(stored)) return (await this.runs.events(run, last, 1)).length > 0;
    await this.pause(run, pollMs[stored.state as keyof typeof pollMs], signal);
    return true;
  }

  /** Until the time is over, or the run goes on here. */
  private async pause(run: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const either = { signal: AbortSignal.any([signal, over.signal]) };
    const first = [delay(milliseconds, undefined, either), once(this.resumed, run, either)];
    await Promise.race(first).catch(() => undefined);
    over.abort();
  }
}

/** So many events as a reader may hold, if they are as large as these. */
function nextPageSize(frames: readonly RunFrame[]): number {
  const characters = frames.reduce((sum, { text }) => sum + text.length, 0);
  if (characters === 0) return pageSizes.first;
  return Math.max(1, Math.min(pageSizes.most, Math.floor((charactersAtOnce * frames.length) / characters)));
}
