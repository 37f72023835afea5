import { problem } from '../../platform/errors/problem.js';

/** The process that ran a task died. Nothing else did. */
export class WorkerCrashed extends Error {
  constructor(
    readonly task: string,
    /** `SIGSEGV`, `exit code 134` and the like. */
    readonly ending: string,
    /** The last words of the process, for the log. */
    readonly lastWords: string,
    message = `The process that ran the task ${task} died (${ending}).`,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The process that ran a task died because it could not get more memory. */
export class WorkerOutOfMemory extends WorkerCrashed {
  constructor(task: string, cause: string, lastWords: string) {
    super(task, cause, lastWords, `The process that ran the task ${task} died at its memory limit (${cause}).`);
  }
}

/** The process that was to run a task died before it could begin. The task has no part in it. */
export class WorkerStartFailed extends WorkerCrashed {
  constructor(task: string, ending: string, lastWords: string) {
    super(task, ending, lastWords, `No process could be started for the task ${task} (${ending}): ${lastWords}`);
  }
}

/** The task was ended because its time was over. */
export class TaskDeadline extends Error {
  constructor(
    readonly task: string,
    readonly deadlineMs: number,
  ) {
    super(`The task ${task} was ended after ${deadlineMs} ms.`);
    this.name = new.target.name;
  }
}

/** The task was ended because its caller gave up. */
export class TaskCancelled extends Error {
  constructor(readonly task: string) {
    super(`The task ${task} was cancelled.`);
    this.name = new.target.name;
  }
}

/** The task was ended because nobody read what it wrote. */
export class OutputStalled extends Error {
  constructor(readonly task: string) {
    super(`The task ${task} was ended: its output was not read.`);
    this.name = new.target.name;
  }
}

export class WorkersClosed extends Error {
  constructor() {
    super('The service is stopping.');
    this.name = new.target.name;
  }
}

export class WorkersBusy extends problem({
  slug: 'workers-busy',
  title: 'Too much to do',
  status: 503,
  help: 'Try again after the time in the retry-after header. If this happens often, ask the operator for more workers.',
}) {
  constructor() {
    super('All workers are busy and the line of those who wait is full. Nothing was started.', {
      headers: { 'retry-after': '2' },
    });
  }
}
