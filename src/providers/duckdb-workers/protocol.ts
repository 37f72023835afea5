import type { TaskName } from './registry.js';
import type { TaskLimits } from './task.js';

/** Given to a worker process as its only argument, as JSON. */
export interface WorkerSettings {
  /** A folder of the worker's own; its tasks get folders inside. */
  readonly scratchDirectory: string;
  readonly limits: TaskLimits;
  /** Tasks that are loaded and prepared before the worker says that it is ready. */
  readonly prepare: readonly TaskName[];
}

export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly task: TaskName; readonly input: unknown }
  | { readonly kind: 'abort'; readonly id: number };

/** Sent when a task has ended. `outputBytes` have been written to the output pipe by then; some may still be on their way. */
interface Ended {
  readonly id: number;
  readonly outputBytes: number;
  /** Memory that the process holds, in bytes. */
  readonly rss: number;
  /** True once a task was so long that the process has given way to all others, for the rest of its life. */
  readonly lowered: boolean;
}

export type FromWorker =
  /** The worker waits for a task. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | (Ended & { readonly kind: 'done'; readonly answer: unknown })
  | (Ended & { readonly kind: 'failed'; readonly message: string; readonly code?: string; readonly details?: unknown });

/** File descriptor on which a worker writes the bytes of a task whose answer is a stream: apart from stdout, which any library may write to. */
export const OUTPUT_DESCRIPTOR = 4;
