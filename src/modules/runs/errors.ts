import { problem } from '../../platform/errors/problem.js';

export class RunNotFound extends problem({
  slug: 'run-not-found',
  title: 'Run not found',
  status: 404,
  help: 'A run belongs to whoever asked. Its id is in the answer to the question.',
}) {
  constructor(runId: string) {
    super(`You have no run ${runId} in this workspace.`);
  }
}

export class RunEventsExpired extends problem({
  slug: 'run-events-expired',
  title: 'The events of this run are gone',
  status: 410,
  help: 'Events are kept for a week. The answer itself is in the conversation: GET /api/v1/conversations/{conversation_id}/messages.',
}) {
  constructor(runId: string) {
    super(`The events of the run ${runId} have been cleared away.`);
  }
}

export class NothingToAnswer extends problem({
  slug: 'nothing-to-answer',
  title: 'This question is not open',
  status: 409,
  help: 'It was answered already (perhaps in another window), has expired, or its run has ended. Ask again in the conversation.',
}) {
  constructor(interruptId: string) {
    super(`The run does not wait for an answer to ${interruptId}.`);
  }
}

export class InterruptExpired extends problem({
  slug: 'interrupt-expired',
  title: 'The question was not answered in time',
  status: 410,
  help: 'Ask again in the conversation.',
}) {
  constructor() {
    super('Nobody answered the question before it expired.');
  }
}

export class RunCancelled extends problem({
  slug: 'run-cancelled',
  title: 'Cancelled',
  status: 409,
  help: 'Ask again in the conversation whenever you like.',
}) {
  constructor(detail = 'The answer was cancelled.') {
    super(detail);
  }
}

export class RunInterrupted extends problem({
  slug: 'run-interrupted',
  title: 'The service stopped while it worked on the answer',
  status: 503,
  help: 'Ask again: nothing is wrong with the question.',
}) {
  constructor() {
    super('The process that worked on the answer stopped. What it had said is kept.');
  }
}

export class TooManyRuns extends problem({
  slug: 'too-many-runs',
  title: 'Too many answers at once',
  status: 429,
  help: 'Wait until one of them has ended, or cancel one.',
}) {
  constructor(limit: number) {
    super(`You have ${limit} answers under way already, which is the most.`, { headers: { 'retry-after': '5' } });
  }
}
