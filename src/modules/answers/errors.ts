import { problem } from '../../platform/errors/problem.js';
import type { SqlFault } from '../../providers/query-engine/query-engine.js';

export class AnswerQueryFailed extends problem({
  slug: 'answer-query-failed',
  title: 'The query for the answer failed',
  status: 422,
  help: 'Ask in other words, or for less. GET /api/v1/queries/{query_id} shows the query.',
}) {
  constructor(
    readonly fault: SqlFault,
    queryId: string,
  ) {
    super(`The query for the answer failed: ${fault.message}${fault.hint ? ` ${fault.hint}` : ''}`, {
      members: { query_id: queryId, kind: fault.kind },
    });
  }
}

export class AnswerTooExpensive extends problem({
  slug: 'answer-too-expensive',
  title: 'The answer would cost too much',
  status: 422,
  help: 'Ask for less: a shorter time, fewer columns, a smaller table.',
}) {
  constructor(reasons: readonly string[]) {
    super(`The query for the answer was not run. ${reasons.join(' ')}`);
  }
}

export class NoQueriesLeft extends problem({
  slug: 'no-queries-left',
  title: 'The answer has run as many queries as it may',
  status: 422,
  help: 'Ask for less at once. Whoever runs the service can allow more with QUERIES_PER_TURN.',
}) {
  constructor(limit: number) {
    super(`At most ${limit} queries may be run for one answer.`);
  }
}

/** For the model that called the tool. */
export class ToolRefused extends problem({
  slug: 'tool-refused',
  title: 'The tool did not do it',
  status: 422,
  help: 'The detail says why. Language models see it and can try something else.',
}) {}

export class AnswerTookTooLong extends problem({
  slug: 'answer-took-too-long',
  title: 'The answer took too long',
  status: 504,
  help: 'Ask for less at once. Whoever runs the service can allow more time with TURN_SECONDS.',
}) {
  constructor(seconds: number) {
    super(`The answer was not finished within ${seconds} seconds.`);
  }
}
