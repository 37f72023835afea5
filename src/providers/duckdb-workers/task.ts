import type { Writable } from 'node:stream';

/** What every task of one worker may use. */
export interface TaskLimits {
  /** Memory the engine may plan with, in megabytes. The process itself is capped higher. */
  readonly memoryMegabytes: number;
  readonly threads: number;
}

/** What a task may use besides its input. Runs in a child process with capped memory and time. */
export interface TaskContext {
  /** Aborted when the caller gives up; the process is killed if the task goes on for half a second more. */
  readonly signal: AbortSignal;
  /** Progress to the caller, thinned out on the way. */
  report(progress: unknown): void;
  /** An empty folder of this task's own, removed afterwards. */
  readonly scratchDirectory: string;
  /** The worker's own folder, for files of what a task module keeps between tasks. Removed when the worker is gone. */
  readonly workerDirectory: string;
  /** Bytes to the caller, for tasks whose answer is a stream. Respects back-pressure. The task writes, but does not end it. */
  readonly output: Writable;
  readonly limits: TaskLimits;
}

/** One kind of work that a worker process can do. Inputs and outputs are plain data. */
export type Task<Input, Output> = (input: Input, context: TaskContext) => Promise<Output>;

/** What a file `tasks/<name>.task.ts` exports. */
export interface TaskModule<Input, Output> {
  readonly task: Task<Input, Output>;
  /** Work that can be done before the input is known: called while the worker is idle, also again after each task. */
  readonly prepare?: (limits: TaskLimits) => Promise<void>;
}

/** The `code` of a fault after which the process is replaced: what it has kept from tasks before may be to blame. */
export const OUT_OF_MEMORY = 'out-of-memory';

/** Thrown by a task to tell its caller more than a message: `code` and `details` arrive on the other side as they are. */
export class TaskFault extends Error {
  /** `code` is one word of the task's own; `details` is plain data. */
  constructor(
    readonly code: string,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'TaskFault';
  }
}
