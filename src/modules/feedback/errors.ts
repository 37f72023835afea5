import { problem } from '../../platform/errors/problem.js';

export class NotAnAnswer extends problem({
  slug: 'not-an-answer',
  title: 'This message is no answer',
  status: 409,
  help: 'Name a message with the role "assistant" that has ended.',
}) {
  constructor(messageId: string) {
    super(`The message ${messageId} is a question.`);
  }
}

export class NothingToVerify extends problem({
  slug: 'nothing-to-verify',
  title: 'The answer has no SQL',
  status: 409,
  help: 'Send the statement that answers the question as "sql".',
}) {
  constructor() {
    super('No query was run for this answer, so there is no SQL to keep.');
  }
}

export class VerifiedQuestionNotFound extends problem({
  slug: 'verified-question-not-found',
  title: 'Verified question not found',
  status: 404,
  help: 'GET /api/v1/verified-questions lists the verified questions of the workspace.',
}) {
  constructor() {
    super('There is no verified question with this id in this workspace.');
  }
}

export class TooManyVerifiedQuestions extends problem({
  slug: 'too-many-verified-questions',
  title: 'Too many verified questions',
  status: 409,
  help: 'Delete verified questions that nobody asks any more.',
}) {
  constructor(limit: number) {
    super(`The workspace has ${limit} verified questions, which is the most.`);
  }
}

export class FeedbackBusy extends problem({
  slug: 'feedback-busy',
  title: 'The feedback was changed at the same time',
  status: 409,
  help: 'Send it again.',
}) {
  constructor() {
    super('The same answer was rated several times at once.');
  }
}
