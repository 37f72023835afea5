import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Config } from '../../config/config.js';
import { ServiceStopping } from '../../platform/errors/common-problems.js';
import { Problem } from '../../platform/errors/problem.js';
import { newId } from '../../platform/ids.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Clock } from '../../providers/clock/clock.js';
import { ConditionFailed } from '../../providers/item-store/errors.js';
import type { Write } from '../../providers/item-store/item-store.js';
import { AccessHolds } from '../access/access-holds.js';
import type { Caller } from '../access/caller.js';
import { InterruptExpired, NothingToAnswer, RunCancelled, RunInterrupted, TooManyRuns } from './errors.js';
import { hasEnded, type Run, runKey } from './run.js';
import type { RunEventBody } from './run-event.js';
import type { Resumption, RunExecutor, RunResult, StopReason } from './run-executor.js';
import { failureOf, RunEnds } from './run-ends.js';
import type { RunFeed } from './run-feed.js';
import { frameOf, RunLost, RunWriter } from './run-writer.js';
import { RunsRepository } from './runs.repository.js';

/** A run that nobody renews for this long is ended by whoever notices. */
const leaseMs = 15_000;
const renewWithinMs = 10_000;
/** How often a process looks whether its runs were cancelled elsewhere. */
const watchMs = 500;
const reapMs = 5_000;
const reapedAtOnce = 25;
/** How long an executor may take to notice that it has to stop. */
const stopGraceMs = 2_000;

/** What a run is asked to do. */
export interface NewRun {
  readonly conversationId: string;
  /** For the executor; JSON. */
  readonly input: unknown;
  /** The client's own id of the request: the same one again gets the same run. */
  readonly clientId?: string | undefined;
  /** Written in the same transaction as the run, such as the user's message. */
  readonly writes: (run: Run) => readonly Write[];
}

/** What a user answers to a run that asks. */
export interface InterruptAnswer {
  readonly interruptId: string;
  readonly value: string;
  /** The client's own id, where the answer was said as a message. */
  readonly clientId?: string | undefined;
}

interface Executing {
  readonly run: Run;
  readonly writer: RunWriter;
  readonly stop: AbortController;
  done: Promise<void>;
  leaseUntil: number;
}

/**
 * Executes runs: stores each event before anybody sees it, renews a lease while it works, and ends every run exactly
 * once, whoever dies. Only `cancel` and a lost right stop a run; nobody needs to listen for it to go on.
 */
@Injectable()
export class RunEngine implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly process = randomUUID();
  private readonly executing = new Map<string, Executing>();
  private readonly timers: NodeJS.Timeout[] = [];
  private executor: RunExecutor | undefined;
  private stopping = false;

  constructor(
    private readonly runs: RunsRepository,
    private readonly ends: RunEnds,
    private readonly holds: AccessHolds,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly lifecycle: Lifecycle,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  /** Says who does the work; called once, at start. */
  executeWith(executor: RunExecutor): void {
    this.executor = executor;
    this.ends.leaveTo(executor);
  }

  onApplicationBootstrap(): void {
    this.every(watchMs, () => this.watch());
    this.every(reapMs, () => this.reap());
  }

  /** Running runs get the grace time to end; then they are ended as interrupted, so that the user can ask again. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    const cut = setTimeout(() => {
      for (const { stop } of this.executing.values()) stop.abort('stopping' satisfies StopReason);
    }, this.lifecycle.graceLeftMs);
    await Promise.allSettled([...this.executing.values()].map(({ done }) => done));
    clearTimeout(cut);
    for (const timer of this.timers) clearInterval(timer);
  }

  /**
   * Begins a run; it is recorded, with `writes`, when this resolves. A repeated `clientId` gives the earlier run.
   * Throws `TooManyRuns`, `ServiceStopping`, or the `ConditionFailed` of one of `writes`, with its index among them.
   */
  async start(
    caller: Caller,
    { conversationId, input, clientId, writes }: NewRun,
  ): Promise<{ run: Run; repeated: boolean }> {
    const earlier = await this.earlier(caller, clientId);
    if (earlier) return { run: earlier, repeated: true };
    this.refuseWhenFull(caller);
    const run = this.newRun(caller, conversationId, input);
    const first = frameOf(run, 1, { type: 'run.started' });
    try {
      await this.runs.create(run, requestKey(caller, clientId), first, writes(run));
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const raced = await this.earlier(caller, clientId);
      if (raced) return { run: raced, repeated: true };
      throw new ConditionFailed(error.table, error.index - (clientId === undefined ? 2 : 3));
    }
    const writer = this.writerOf(run, 0);
    writer.sent([first]);
    this.execute(caller, run, writer);
    return { run, repeated: false };
  }

  /** The run that was begun under the client's id. */
  async earlier(caller: Caller, clientId: string | undefined): Promise<Run | undefined> {
    const request = requestKey(caller, clientId);
    const found = request === undefined ? undefined : await this.runs.findRequest(request);
    return found && this.runs.find(runKey(caller.workspaceId, found.run_id));
  }

  /** Goes on with a suspended run. A `clientId` is remembered as in `start`. Throws `NothingToAnswer`. */
  async resume(caller: Caller, suspended: Run, { interruptId, value, clientId }: InterruptAnswer): Promise<Run> {
    const { interrupt, resume_state: state, ...rest } = suspended;
    if (suspended.state !== 'suspended' || interrupt?.interrupt_id !== interruptId)
      throw new NothingToAnswer(interruptId);
    if (this.stopping) throw new ServiceStopping();
    const leaseUntil = this.now() + leaseMs;
    const set = { state: 'running', owner: this.process, lease_until: leaseUntil, due_at: leaseUntil } as const;
    const change = { set, remove: ['interrupt', 'resume_state'] } as const;
    const isOurs = await this.runs.resume(suspended, change, requestKey(caller, clientId));
    if (!isOurs) throw new NothingToAnswer(interruptId);
    const run: Run = { ...rest, ...set };
    const writer = this.writerOf(run, await this.runs.lastSeq(run.run));
    this.execute(caller, run, writer, { state: JSON.parse(state ?? 'null'), value });
    return run;
  }

  /** Stops a run wherever it is executed, within a second. One that has ended stays as it is. */
  async cancel(run: Run): Promise<void> {
    if (hasEnded(run)) return;
    await this.runs.requestCancel(run.run);
    this.executing.get(run.run)?.stop.abort('cancelled' satisfies StopReason);
    if (run.state !== 'suspended') return;
    await this.ends.endUnattended(run, { outcome: 'cancelled', problem: new RunCancelled() });
  }

  /** The latest events of a run that this process executes. */
  feed(run: string): RunFeed | undefined {
    return this.executing.get(run)?.writer.feed;
  }

  /** Resolves when this process is done with the run; at once when it does not execute it. */
  async settled(run: string): Promise<void> {
    await this.executing.get(run)?.done;
  }

  /** Ends runs whose process died, and questions that nobody answered in time. Called every few seconds. */
  async reap(): Promise<void> {
    for (const run of await this.runs.due(this.now(), reapedAtOnce)) {
      if (this.executing.has(run.run)) continue;
      if (run.state === 'suspended')
        await this.ends.endUnattended(run, { outcome: 'cancelled', problem: new InterruptExpired() });
      else await this.ends.endUnattended(run, { outcome: 'failed', problem: new RunInterrupted() });
    }
  }

  private refuseWhenFull({ userId, workspaceId }: Caller): void {
    if (this.stopping) throw new ServiceStopping();
    const mine = [...this.executing.values()].filter(
      ({ run }) => run.user_id === userId && run.workspace_id === workspaceId,
    );
    if (mine.length >= this.config.runsPerUser) throw new TooManyRuns(this.config.runsPerUser);
  }

  private newRun(caller: Caller, conversationId: string, input: unknown): Run {
    const now = this.clock.now();
    const runId = newId('run', now.getTime());
    const leaseUntil = now.getTime() + leaseMs;
    return {
      run: runKey(caller.workspaceId, runId),
      run_id: runId,
      workspace_id: caller.workspaceId,
      user_id: caller.userId,
      conversation_id: conversationId,
      message_id: newId('msg', now.getTime()),
      state: 'running',
      input: JSON.stringify(input),
      created_at: now.toISOString(),
      owner: this.process,
      lease_until: leaseUntil,
      watched: 'watched',
      due_at: leaseUntil,
    };
  }

  private writerOf(run: Run, seq: number): RunWriter {
    return new RunWriter(run, seq, this.runs, (error) => {
      this.log(error, run);
      this.executing.get(run.run)?.stop.abort('lost' satisfies StopReason);
    });
  }

  private execute(caller: Caller, run: Run, writer: RunWriter, resumed?: Resumption): void {
    const stop = new AbortController();
    const release = this.holds.hold(caller, () => stop.abort('access-ended' satisfies StopReason));
    const entry: Executing = { run, writer, stop, done: Promise.resolve(), leaseUntil: run.lease_until! };
    this.executing.set(run.run, entry);
    entry.done = this.carryOut(caller, entry, resumed)
      .catch((error: unknown) => this.log(error, run))
      .finally(() => {
        release();
        this.executing.delete(run.run);
        writer.feed.wake();
      });
  }

  private async carryOut(caller: Caller, entry: Executing, resumed: Resumption | undefined): Promise<void> {
    const { run, writer, stop } = entry;
    try {
      const result = await this.workOrStop(caller, entry, resumed);
      if (result.kind === 'suspended') return await this.ends.suspend(run, writer, result);
      await this.ends.end(run, writer, { outcome: 'completed', message: result.message, partialText: writer.text });
    } catch (error) {
      const reason = stop.signal.aborted ? (stop.signal.reason as StopReason) : undefined;
      if (error instanceof RunLost || reason === 'lost') return;
      if (reason === undefined && !(error instanceof Problem)) this.log(error, run);
      await this.ends.end(run, writer, { ...failureOf(error, reason), partialText: writer.text });
    }
  }

  /** An executor that does not notice that it has to stop is not waited for. */
  private async workOrStop(
    caller: Caller,
    { run, writer, stop: { signal } }: Executing,
    resumed: Resumption | undefined,
  ): Promise<RunResult> {
    const emit = async (event: RunEventBody) => {
      signal.throwIfAborted();
      await writer.emit(event);
    };
    let timer: NodeJS.Timeout | undefined;
    const stopped = new Promise<never>((_, reject) => {
      const giveUp = () => (timer = setTimeout(() => reject(signal.reason as Error), stopGraceMs));
      signal.addEventListener('abort', giveUp, { once: true });
    });
    try {
      return await Promise.race([this.executor!.execute({ run, caller, signal, emit }, resumed), stopped]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Renews leases, and sees what was cancelled or taken over elsewhere. */
  private async watch(): Promise<void> {
    const mine = [...this.executing.values()];
    const stored = await this.runs.findMany(mine.map(({ run }) => run.run));
    const cancelled = new Set(stored.filter(({ cancel_requested: asked }) => asked).map(({ run }) => run));
    for (const entry of mine) {
      if (cancelled.has(entry.run.run)) entry.stop.abort('cancelled' satisfies StopReason);
      if (entry.leaseUntil - this.now() < renewWithinMs) await this.renew(entry);
    }
  }

  private async renew(entry: Executing): Promise<void> {
    const leaseUntil = this.now() + leaseMs;
    const isOurs = await this.runs.change(entry.run, { set: { lease_until: leaseUntil, due_at: leaseUntil } });
    if (isOurs) entry.leaseUntil = leaseUntil;
    else if (this.executing.has(entry.run.run)) entry.stop.abort('lost' satisfies StopReason);
  }

  private every(milliseconds: number, work: () => Promise<void>): void {
    let busy = false;
    const tick = async () => {
      if (busy) return;
      busy = true;
      await work().catch((error: unknown) => this.log(error));
      busy = false;
    };
    this.timers.push(setInterval(() => void tick(), milliseconds).unref());
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private log(error: unknown, run?: Run): void {
    this.logger.error({ err: error, run_id: run?.run_id }, 'A run met an error');
  }
}

function requestKey({ workspaceId, userId }: Caller, clientId: string | undefined): string | undefined {
  return clientId === undefined ? undefined : `${workspaceId}#${userId}#${clientId}`;
}
