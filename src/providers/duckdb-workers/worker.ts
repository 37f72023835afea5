import { createOutput } from './worker-output.js';
import { giveWay } from './give-way.js';
import { heldBytes } from './held-memory.js';
import type { FromWorker, ToWorker, WorkerSettings } from './protocol.js';
import { ProgressThinner } from './progress-thinner.js';
import { registry, type TaskName } from './registry.js';
import { TaskScratch } from './task-scratch.js';
import { type TaskContext, TaskFault, type TaskModule } from './task.js';

/**
 * The child process that does tasks, one at a time. It is killed rather than asked to stop, so nothing here may be
 * needed later except what a task has made durable.
 */
const settings = JSON.parse(process.argv[2] ?? '') as WorkerSettings;
const scratch = new TaskScratch(settings.scratchDirectory);
/** Long enough that nobody is watching: whoever has just asked for something small goes first. */
const longTaskMs = 300;
let lowered = false;
let current: { readonly id: number; readonly abort: AbortController } | undefined;

/** Also when the parent was killed: a worker never outlives it, whatever its engine threads are doing. */
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: ToWorker) => {
  if (message.kind === 'run') void run(message);
  else if (message.id === current?.id) current.abort.abort();
});
await prepare();
send({ kind: 'ready' });

async function run({ id, task, input }: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  const abort = new AbortController();
  current = { id, abort };
  const output = createOutput();
  const progress = new ProgressThinner((latest) => send({ kind: 'progress', id, progress: latest }));
  const context: TaskContext = {
    signal: abort.signal,
    report: (latest) => progress.report(latest),
    scratchDirectory: scratch.directory,
    workerDirectory: settings.scratchDirectory,
    output: output.stream,
    limits: settings.limits,
  };
  let end: (counts: { id: number; outputBytes: number; rss: number; lowered: boolean }) => FromWorker;
  const long = setTimeout(beModest, longTaskMs);
  try {
    const answer = await (await load(task)).task(input, context);
    await output.flushed();
    end = (counts) => ({ kind: 'done', answer, ...counts });
  } catch (error) {
    output.stream.destroy();
    end = (counts) => ({ kind: 'failed', ...faultOf(error), ...counts });
  }
  clearTimeout(long);
  progress.stop();
  send(end({ id, outputBytes: output.bytes(), rss: heldBytes(), lowered }));
  current = undefined;
  await scratch.renew();
  await prepare();
  send({ kind: 'ready' });
}

function beModest(): void {
  giveWay();
  lowered = true;
}

/** Loads the tasks that this worker is meant for and lets them do what does not depend on the input. */
async function prepare(): Promise<void> {
  await Promise.all(settings.prepare.map(async (name) => (await load(name)).prepare?.(settings.limits)));
}

async function load(name: TaskName): Promise<TaskModule<unknown, unknown>> {
  return (await registry[name]()) as TaskModule<unknown, unknown>;
}

function faultOf(error: unknown): { message: string; code?: string; details?: unknown } {
  if (error instanceof TaskFault) return { message: error.message, code: error.code, details: error.details };
  return { message: error instanceof Error ? error.message : String(error) };
}

function send(message: FromWorker): void {
  process.send?.(message);
}
