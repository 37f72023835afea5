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
