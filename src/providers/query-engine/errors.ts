import { problem } from '../../platform/errors/problem.js';

export class QueryEngineUnavailable extends problem({
  slug: 'query-engine-unavailable',
  title: 'Queries cannot be run',
  status: 503,
  help: 'Try again in a moment. If it stays like this, the operator has to look at Amazon Athena: its state, the rights of the service, the quotas.',
}) {
  constructor(cause?: unknown) {
    super('What runs the queries cannot be reached, takes no more requests, or refuses the service.', { cause });
  }
}

/** Nothing is wrong with the statement: whoever checks it had no time for it, or was ended. */
export class StatementNotChecked extends problem({
  slug: 'sql-not-checked',
  title: 'The SQL was not checked',
  status: 503,
  help: 'Nothing was run. Try again after the time in the retry-after header. If it stays like this for one statement only, split that into parts.',
}) {
  constructor(cause: unknown) {
    super('The service has too much to do to check the statement just now.', {
      cause,
      headers: { 'retry-after': '2' },
    });
  }
}
