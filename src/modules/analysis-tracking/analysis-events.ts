import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ServerSentEvent } from '../../platform/http/sse.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import type { Caller } from '../access/caller.js';
import { hasEnded } from './analysis-request.js';
import { AnalysisRepository } from './analysis.repository.js';
import { AnalysisNotFound } from './errors.js';

const pageSize = 100;
/** How often events are looked for that another process has made. */
const pollMs = 500;

/** The history of an analysis and what becomes of it, as one stream, on any replica. */
@Injectable()
export class AnalysisEvents {
  /** Tells by their key which analyses have changed in this process. */
  private readonly changed = new EventEmitter().setMaxListeners(0);

  constructor(
    private readonly analyses: AnalysisRepository,
    private readonly lifecycle: Lifecycle,
  ) {}

  /** Lets those who follow it here look at once. */
  announce(request: string): void {
    this.changed.emit(request);
  }

  /**
   * Events after `after`, then new ones as they come, until the analysis has ended or the signal is aborted. No gap, no
   * double, at the reader's pace. Throws `AnalysisNotFound`.
   */
  async *follow(
    { workspaceId }: Pick<Caller, 'workspaceId'>,
    requestId: string,
    after: number,
    leaving: AbortSignal,
  ): AsyncGenerator<ServerSentEvent & { readonly text: string }> {
    const signal = AbortSignal.any([leaving, this.lifecycle.signal]);
    await this.require({ workspaceId }, requestId);
    let last = after;
    while (!signal.aborted) {
      const item = await this.analyses.find(workspaceId, requestId);
      // It may be deleted while somebody follows it.
      if (!item) return;
      const events = await this.analyses.events(item.request, last, pageSize);
      for (const { seq, type, text } of events) {
        yield { id: seq, event: type, text };
        if (signal.aborted) return;
        last = seq;
      }
      // Events that are missing now have expired.
      if (last < item.revision && events.length > 0) continue;
      if (hasEnded(item)) return;
      await this.pause(item.request, signal);
    }
  }

  /** The same, as the socket sends them. */
  async *frames(
    caller: Pick<Caller, 'workspaceId'>,
    requestId: string,
    after: number,
    leaving: AbortSignal,
  ): AsyncGenerator<{ readonly type: string; readonly text: string }> {
    for await (const { event, text } of this.follow(caller, requestId, after, leaving)) yield { type: event, text };
  }

  /** Throws `AnalysisNotFound`. */
  async require({ workspaceId }: Pick<Caller, 'workspaceId'>, requestId: string): Promise<void> {
    if (!(await this.analyses.find(workspaceId, requestId))) throw new AnalysisNotFound(requestId);
  }

  /** Until the time is over, or the analysis has changed here. */
  private async pause(request: string, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const either = { signal: AbortSignal.any([signal, over.signal]) };
    await Promise.race([delay(pollMs, undefined, either), once(this.changed, request, either)]).catch(() => undefined);
    over.abort();
  }
}
