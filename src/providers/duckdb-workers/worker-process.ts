import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { entryPoint } from '../../platform/child-process.js';
import { OutputStalled, TaskCancelled, WorkerCrashed, WorkerOutOfMemory, WorkerStartFailed } from './errors.js';
import { lower } from './give-way.js';
import { limitedCommand, type ProcessLimits } from './limits.js';
import { OutputReceiver } from './output-receiver.js';
import { type FromWorker, OUTPUT_DESCRIPTOR, type ToWorker, type WorkerSettings } from './protocol.js';
import type { TaskName } from './registry.js';
import { OUT_OF_MEMORY, TaskFault, type TaskLimits } from './task.js';

export interface WorkerProcessOptions {
  /** Folder in which the process gets a folder of its own. */
  readonly scratchDirectory: string;
  readonly taskLimits: TaskLimits;
  readonly processLimits: ProcessLimits;
  /** Tasks that the process loads and prepares before it is ready. */
  readonly prepare: readonly TaskName[];
  /** Time between asking a task to end and killing the process. */
  readonly graceMs: number;
  /** Time for which a task's output may wait for its reader. */
  readonly stallMs: number;
  /** A process that holds more memory than this after a task, in bytes, takes no other and ends. */
  readonly recycleBytes: number;
  /** Whether the process gives way to all others from its start. */
  readonly lowered: boolean;
  /** Called whenever the process waits for a task. */
  readonly onReady: (worker: WorkerProcess) => void;
  /** Called once, when the process is gone. */
  readonly onGone: (worker: WorkerProcess) => void;
}

export interface ExecuteOptions {
  readonly onProgress?: ((progress: unknown) => void) | undefined;
  readonly output?: Writable | undefined;
}

interface CurrentTask {
  readonly id: number;
  readonly name: TaskName;
  readonly onProgress: ((progress: unknown) => void) | undefined;
  readonly output: OutputReceiver;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Why it was asked to end. */
  endReason?: Error;
}

const LAST_WORDS_LENGTH = 4096;
const THREAD_POOL_SIZE = '8';

/** One child process that does one task at a time. */
export class WorkerProcess {
  /** True when it had to be killed because its task did not end when asked to. */
  refusedToEnd = false;
  /** True once it has given way to all other processes, for the rest of its life. */
  lowered: boolean;
  /** Settled when the process is gone and its folder removed. */
  readonly removed: Promise<void>;
  private readonly child: ChildProcess;
  private readonly outputPipe: Readable;
  private current: CurrentTask | undefined;
  private wasReady = false;
  private dying = false;
  private ending: string | undefined;
  private lastWords = '';
  private lastId = 0;
  private killTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WorkerProcessOptions) {
    const scratchDirectory = join(options.scratchDirectory, `worker-${randomUUID()}`);
    mkdirSync(scratchDirectory, { recursive: true });
    this.child = this.spawn({ scratchDirectory, limits: options.taskLimits, prepare: options.prepare });
    this.lowered = options.lowered;
    if (options.lowered && this.child.pid !== undefined) lower(this.child.pid);
    this.outputPipe = this.child.stdio[OUTPUT_DESCRIPTOR] as Readable;
    this.outputPipe.on('data', (chunk: Buffer) => this.current?.output.receive(chunk));
    // A broken pipe means a dead process, which is reported when it exits.
    this.outputPipe.on('error', () => {});
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-LAST_WORDS_LENGTH);
    });
    this.child.on('message', (message: FromWorker) => this.receive(message));
    this.removed = this.watchEnd().then(() => rm(scratchDirectory, { recursive: true, force: true }));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get busy(): boolean {
    return this.current !== undefined;
  }

  /** Rejects with `TaskFault`, `WorkerCrashed`, or the error that was given to `abort`. */
  execute(name: TaskName, input: unknown, options: ExecuteOptions): Promise<unknown> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const output = new OutputReceiver(this.outputPipe, options.output, this.options.stallMs, (cause) =>
        this.abort(cause === 'stalled' ? new OutputStalled(name) : new TaskCancelled(name)),
      );
      this.current = { id, name, onProgress: options.onProgress, output, resolve, reject };
      this.send({ kind: 'run', id, task: name, input });
    });
  }

  /** Asks the current task to end, kills the process when it does not. The task's promise rejects with `reason`. */
  abort(reason: Error): void {
    if (!this.current || this.current.endReason) return;
    this.current.endReason = reason;
    this.current.output.discard();
    this.send({ kind: 'abort', id: this.current.id });
    this.killTimer = setTimeout(() => {
      this.refusedToEnd = true;
      this.kill();
    }, this.options.graceMs);
  }

  kill(): void {
    this.dying = true;
    this.child.kill('SIGKILL');
  }

  /** True when it has been ready for a task, or was killed before it could be. */
  get started(): boolean {
    return this.wasReady || this.dying;
  }

  /** What a task is told that waited for this process, which died before it was ready. */
  startFailure(task: TaskName): WorkerStartFailed {
    return new WorkerStartFailed(task, this.ending ?? 'unknown', this.lastWords);
  }

  private spawn(settings: WorkerSettings): ChildProcess {
    const entry = entryPoint(import.meta.url, './worker.js');
    const args = [entry, JSON.stringify(settings)];
    const [command, commandArgs] = limitedCommand(this.options.processLimits, process.execPath, args);
    return spawn(command, commandArgs, {
      // Nothing of the service's environment: it holds secrets, and SQL may find a way to read it.
      env: { UV_THREADPOOL_SIZE: THREAD_POOL_SIZE, TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
      serialization: 'advanced',
    });
  }

  private async watchEnd(): Promise<void> {
    try {
      const [code, signal] = (await once(this.child, 'exit')) as [number | null, string | null];
      this.gone(signal ?? `exit code ${code}`);
    } catch (error) {
      this.gone((error as Error).message);
    }
  }

  private send(message: ToWorker): void {
    // A process that is gone cannot be told anything; its exit settles the task.
    if (this.child.connected) this.child.send(message, () => {});
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'ready') {
      this.wasReady = true;
      if (!this.dying) this.options.onReady(this);
      return;
    }
    const current = this.current;
    if (current?.id !== message.id) return;
    if (message.kind === 'progress') return current.onProgress?.(message.progress);
    // Known before the process says that it is ready: from here on it must not be given another task.
    this.lowered ||= message.lowered;
    const ranOut = message.kind === 'failed' && message.code === OUT_OF_MEMORY;
    const isWornOut = ranOut || message.rss > this.options.recycleBytes;
    this.dying ||= isWornOut;
    current.output.whenReceived(message.outputBytes, () => {
      this.finish();
      if (isWornOut) this.kill();
      if (message.kind === 'done') current.resolve(message.answer);
      else current.reject(current.endReason ?? faultOf(message));
    });
  }

  private finish(): void {
    clearTimeout(this.killTimer);
    this.current?.output.close();
    this.current = undefined;
  }

  private gone(ending: string): void {
    this.ending = ending;
    const current = this.current;
    this.finish();
    current?.reject(current.endReason ?? this.crash(current.name, ending));
    this.options.onGone(this);
  }

  private crash(task: TaskName, ending: string): WorkerCrashed {
    // Nobody of ours sent SIGKILL when there is no reason to end: the kernel did, because memory ran out.
    const memory = ending === 'SIGKILL' || /out of memory|bad_alloc|cannot allocate/i.test(this.lastWords);
    return new (memory ? WorkerOutOfMemory : WorkerCrashed)(task, ending, this.lastWords);
  }
}

function faultOf(message: Extract<FromWorker, { kind: 'failed' }>): TaskFault {
  return new TaskFault(message.code ?? 'internal', message.message, message.details);
}
