import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { RunEventsExpired, RunNotFound } from './errors.js';
import { hasEnded, type Run, runKey } from './run.js';
import { RunEngine } from './run-engine.js';
import { isLast, type RunFrame } from './run-event.js';
import { RunsRepository } from './runs.repository.js';

const pageSize = 200;
/** How often the events of a run are looked for that another process executes. */
const pollMs = 250;
/** How long a call that cancels waits for the end. */
const cancelWaitMs = 3_000;

/** Runs as their users see them: whoever asked may follow, cancel and answer, on any replica. */
@Injectable()
export class RunsService {
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
    const { run } = await this.get(caller, runId);
    let last = after;
    while (!signal.aborted) {
      const frames = this.engine.feed(run)?.since(last) ?? (await this.runs.events(run, last, pageSize));
      for (const frame of frames) {
        yield frame;
        if (signal.aborted || isLast(frame)) return;
        last = frame.seq;
      }
      if (frames.length > 0) continue;
      const feed = this.engine.feed(run);
      if (feed) await feed.news(signal);
      else if (await this.isOver(run, runId, last)) return;
      else await delay(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Stops a run and waits for its end, which may be that it was answered just before. */
  async cancel(caller: Caller, runId: string): Promise<Run> {
    await this.engine.cancel(await this.get(caller, runId));
    const { run } = await this.get(caller, runId);
    const waiting = AbortSignal.timeout(cancelWaitMs);
    for await (const _ of this.follow(caller, runId, await this.runs.lastSeq(run), waiting));
    return this.get(caller, runId);
  }

  /** Answers the question of a suspended run, which then goes on. Throws `NothingToAnswer`. */
  async respond(caller: Caller, runId: string, interruptId: string, value: string): Promise<Run> {
    return this.engine.resume(caller, await this.get(caller, runId), interruptId, value);
  }

  private async isOver(run: string, runId: string, last: number): Promise<boolean> {
    const stored = await this.runs.find(run);
    if (!stored) return true;
    if (!hasEnded(stored)) return false;
    // It may have ended between the two reads: then its last events are there now.
    const missing = await this.runs.events(run, last, 1);
    if (missing.length > 0) return false;
    if (last === 0) throw new RunEventsExpired(runId);
    return true;
  }
}
