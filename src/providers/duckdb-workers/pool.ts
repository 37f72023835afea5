import type { Writable } from 'node:stream';
import { FairLine } from '../../platform/fair-line.js';
import { TaskCancelled, TaskDeadline, WorkerCrashed, WorkersBusy, WorkersClosed } from './errors.js';
import type { TaskInput, TaskName, TaskOutput } from './registry.js';
import type { TaskLimits } from './task.js';
import { WorkerProcess } from './worker-process.js';

export interface WorkerPoolOptions {
  /** Most processes at a time. */
  readonly size: number;
  /** Most of them that one workspace may keep busy; all of them when absent. */
  readonly perWorkspace?: number | undefined;
  /** Processes kept ready while nothing is to do. */
  readonly warm: number;
  /** Most tasks of one workspace that wait for a process; one more is refused with `WorkersBusy`. */
  readonly queueLength: number;
  readonly limits: TaskLimits;
  /** Hard limit of a process's own memory. */
  readonly dataLimitMegabytes: number;
  /** Hard limit of any one file that a process writes. */
  readonly fileLimitMegabytes?: number | undefined;
  readonly scratchDirectory: string;
  /** A process above the warm ones ends after so long without a task. */
  readonly idleMs: number;
  /** Between asking a task to end and killing its process. */
  readonly graceMs?: number | undefined;
  /** How long a task's output may wait for its reader. */
  readonly stallMs?: number | undefined;
  /** A process that holds more memory than this after a task is replaced by a fresh one. */
  readonly recycleMegabytes?: number | undefined;
  /** Tasks that a process loads and prepares before it counts as ready. */
  readonly prepare: readonly TaskName[];
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Counted from the moment at which a process begins with the task. */
  readonly deadlineMs?: number | undefined;
  readonly onProgress?: ((progress: unknown) => void) | undefined;
  /** Receives the bytes of a task whose answer is a stream. All have been written to it, and it is not ended, when `run` resolves. */
  readonly output?: Writable | undefined;
  /** Whose task it is, for a fair order. */
  readonly workspaceId?: string | undefined;
}

interface Call {
  readonly task: TaskName;
  readonly workspaceId: string;
  readonly input: unknown;
  readonly options: RunOptions;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Gives up its place in the line. */
  readonly leave: () => void;
}

const DEFAULTS = { graceMs: 500, stallMs: 30_000, recycleMegabytes: 400 };
/** A process that has given way to all others stays so long for tasks that follow at once, then a fresh one takes its place. */
const LOWERED_IDLE_MS = 2_000;
const MEBIBYTE = 1024 * 1024;

/** A bounded number of worker processes and the tasks that wait for them, workspaces taking turns. */
export class WorkerPool {
  /** Tasks that ended with an answer or a fault of their own. */
  completed = 0;
  /** Processes that were killed because a task did not end when asked to. */
  killed = 0;
  /** Processes that died of themselves. */
  crashed = 0;
  private readonly line = new FairLine<Call>();
  private readonly workers = new Set<WorkerProcess>();
  private readonly idleWorkers = new Map<WorkerProcess, NodeJS.Timeout>();
  /** Workspaces for which the workers did their last task. */
  private readonly lastServed = new WeakMap<WorkerProcess, string>();
  private readonly removals = new Set<Promise<void>>();
  private closed = false;

  constructor(private readonly options: WorkerPoolOptions) {}

  get busy(): number {
    return [...this.workers].filter((worker) => worker.busy).length;
  }

  get idle(): number {
    return this.idleWorkers.size;
  }

  get queued(): number {
    return this.line.length;
  }

  /** Processes that start, or tidy up after a task. */
  private get preparing(): number {
    return this.workers.size - this.busy - this.idle;
  }

  /** Process ids of the workers. */
  get pids(): number[] {
    return [...this.workers].flatMap((worker) => worker.pid ?? []);
  }

  /** Starts the warm processes ahead of the first task. */
  start(): void {
    this.spawnMissing();
  }

  /**
   * Does a task in a process of its own. Rejects with `TaskFault` for what the task says, `TaskDeadline`,
   * `TaskCancelled` (by `signal`, or because `output` was closed), `OutputStalled`, `WorkerCrashed`,
   * `WorkerOutOfMemory`, `WorkersBusy`, `WorkersClosed`.
   */
  run<Name extends TaskName>(task: Name, input: TaskInput<Name>, options: RunOptions = {}): Promise<TaskOutput<Name>> {
    if (this.closed) return Promise.reject(new WorkersClosed());
    if (options.signal?.aborted) return Promise.reject(new TaskCancelled(task));
    const { workspaceId = '' } = options;
    const { size, perWorkspace = size, queueLength } = this.options;
    if (this.line.lengthOf(workspaceId) >= queueLength + size - this.busy) return Promise.reject(new WorkersBusy());
    return new Promise<unknown>((resolve, reject) => {
      const leave = () => this.leaveLine(call);
      const call: Call = { task, workspaceId, input, options, resolve, reject, leave };
      options.signal?.addEventListener('abort', leave, { once: true });
      this.line.add(workspaceId, call, perWorkspace);
      this.dispatch();
    }) as Promise<TaskOutput<Name>>;
  }

  /** Ends every process and rejects what is still running or waiting. */
  async close(): Promise<void> {
    this.closed = true;
    for (const call of this.line.empty()) call.reject(new WorkersClosed());
    for (const worker of this.workers) {
      worker.abort(new WorkersClosed());
      worker.kill();
    }
    await Promise.all(this.removals);
  }

  private leaveLine(call: Call): void {
    if (this.line.remove(call.workspaceId, call)) call.reject(new TaskCancelled(call.task));
  }

  private dispatch(): void {
    while (this.idle > 0) {
      // While another process is about to be ready, the last one is left to workspaces that have none at work.
      const call = this.line.next(this.idle === 1 && this.preparing > 0 ? 1 : undefined);
      if (!call) break;
      void this.execute(this.takeIdle(call.workspaceId), call);
    }
    this.spawnMissing();
  }

  /** One for each task that could be done now; where others are at work already, the warm ones come on top. */
  private spawnMissing(lowered = false): void {
    const { servable } = this.line;
    const { warm } = this.options;
    const wanted = this.busy > 0 ? servable + warm : Math.max(servable, warm);
    for (let missing = wanted - this.idle - this.preparing; missing > 0 && this.hasRoom(); missing--)
      this.spawn(lowered);
  }

  private async execute(worker: WorkerProcess, call: Call): Promise<void> {
    const { signal, deadlineMs, output, onProgress } = call.options;
    const cancel = () => worker.abort(new TaskCancelled(call.task));
    const late = () => worker.abort(new TaskDeadline(call.task, deadlineMs ?? 0));
    signal?.removeEventListener('abort', call.leave);
    signal?.addEventListener('abort', cancel, { once: true });
    const timer = deadlineMs === undefined ? undefined : setTimeout(late, deadlineMs);
    try {
      call.resolve(await worker.execute(call.task, call.input, { output, onProgress }));
      this.completed++;
    } catch (error) {
      if (error instanceof WorkerCrashed) this.crashed++;
      call.reject(error as Error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      this.line.ended(call.workspaceId);
      // The worker may have been idle before its workspace could have it again.
      this.dispatch();
    }
  }

  private hasRoom(): boolean {
    return !this.closed && this.workers.size < this.options.size;
  }

  /**
   * Best one that gives way to nobody, and of those the one that has worked for the workspace last: it may have kept
   * something that it can use again.
   */
  private takeIdle(workspaceId: string): WorkerProcess {
    const all = [...this.idleWorkers.keys()];
    const equal = all.filter(({ lowered }) => !lowered);
    const idle = equal.length > 0 ? equal : all;
    const worker = idle.findLast((each) => this.lastServed.get(each) === workspaceId) ?? idle[0]!;
    clearTimeout(this.idleWorkers.get(worker));
    this.idleWorkers.delete(worker);
    this.lastServed.set(worker, workspaceId);
    return worker;
  }

  private spawn(lowered: boolean): void {
    const { options } = this;
    const worker = new WorkerProcess({
      scratchDirectory: options.scratchDirectory,
      taskLimits: options.limits,
      processLimits: { dataMegabytes: options.dataLimitMegabytes, fileMegabytes: options.fileLimitMegabytes },
      prepare: options.prepare,
      graceMs: options.graceMs ?? DEFAULTS.graceMs,
      stallMs: options.stallMs ?? DEFAULTS.stallMs,
      recycleBytes: (options.recycleMegabytes ?? DEFAULTS.recycleMegabytes) * MEBIBYTE,
      lowered,
      onReady: (ready) => this.becameIdle(ready),
      onGone: (gone) => this.forget(gone),
    });
    this.workers.add(worker);
    const removal = worker.removed.finally(() => this.removals.delete(removal));
    this.removals.add(removal);
  }

  private becameIdle(worker: WorkerProcess): void {
    const idleMs = worker.lowered ? Math.min(LOWERED_IDLE_MS, this.options.idleMs) : this.options.idleMs;
    const timer = setTimeout(() => this.endIfSpare(worker), idleMs);
    this.idleWorkers.set(worker, timer.unref());
    this.dispatch();
  }

  private endIfSpare(worker: WorkerProcess): void {
    if (!worker.lowered && this.workers.size <= this.options.warm) {
      this.idleWorkers.get(worker)?.refresh();
      return;
    }
    this.idleWorkers.delete(worker);
    worker.kill();
  }

  private forget(worker: WorkerProcess): void {
    this.workers.delete(worker);
    clearTimeout(this.idleWorkers.get(worker));
    this.idleWorkers.delete(worker);
    if (worker.refusedToEnd) this.killed++;
    if (worker.started) {
      // What takes the place of one that gave way, for tasks that wait, is no reason to slow others down.
      this.spawnMissing(worker.lowered && this.line.servable > 0);
      return this.dispatch();
    }
    // What cannot start now will not start for the next task either: tell somebody instead of trying for ever.
    this.crashed++;
    const waiting = this.line.next();
    if (!waiting) return;
    this.line.ended(waiting.workspaceId);
    waiting.reject(worker.startFailure(waiting.task));
    if (this.line.length > 0) this.dispatch();
  }
}
