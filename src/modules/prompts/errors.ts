import { problem } from '../../platform/errors/problem.js';
import type { Interrupt } from '../runs/run-event.js';

export class PromptNotFound extends problem({
  slug: 'prompt-not-found',
  title: 'Prompt request not found',
  status: 404,
  help: 'A prompt request belongs to whoever made it. GET /api/v1/prompts lists yours.',
}) {
  constructor(requestId: string) {
    super(`You have no prompt request ${requestId} in this workspace.`);
  }
}

export class PromptWithoutResult extends problem({
  slug: 'prompt-without-result',
  title: 'There are no rows behind this answer',
  status: 409,
  help: 'GET /api/v1/prompts/{request_id} shows the status; only an answer with a result_url has rows.',
}) {
  constructor(requestId: string) {
    super(`The prompt request ${requestId} has no result, at least not yet.`);
  }
}

export class PromptNeedsAnswer extends problem({
  slug: 'prompt-needs-answer',
  title: 'The question can be answered in several ways',
  status: 422,
  help: 'Ask again and say which of the options is meant. In a conversation you are asked and can choose.',
}) {
  constructor({ kind, question, options }: Pick<Interrupt, 'kind' | 'question' | 'options'>) {
    super(question, { members: { kind, options } });
  }
}

export class PromptCancelled extends problem({
  slug: 'prompt-cancelled',
  title: 'The prompt request was given up',
  status: 409,
  help: 'Make a new prompt request if the answer is still wanted.',
}) {}
