import type { Writable } from 'node:stream';

/** What a task may use besides its input. Runs in a child process with capped memory and time. */
export interface TaskContext {
  /** Aborted when the caller gives up; the process is killed if the task goes on for two more seconds. */
  readonly signal: AbortSignal;
  /** Progress to the caller, thinned out on the way. */
  report(progress: unknown): void;
  /** An empty folder of this task's own, removed afterwards. */
  readonly scratchDirectory: string;
  /** Bytes to the caller, for tasks whose answer is a stream. Respects back-pressure. */
  readonly output: Writable;
  /** Memory the engine may plan with, in megabytes, and threads. */
  readonly limits: { readonly memoryMegabytes: number; readonly threads: number };
}

/** One kind of work that a worker process can do. Inputs and outputs are plain JSON. */
export type Task<Input, Output> = (input: Input, context: TaskContext) => Promise<Output>;
