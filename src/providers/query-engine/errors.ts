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
