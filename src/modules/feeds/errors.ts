import { problem } from '../../platform/errors/problem.js';
import type { SqlFault } from '../../providers/query-engine/query-engine.js';

export class FeedNotFound extends problem({
  slug: 'feed-not-found',
  title: 'Feed not found',
  status: 404,
  help: 'GET /api/v1/feeds lists the feeds of the workspace. A feed is read under its id with .csv, .json or .parquet after it.',
}) {
  constructor() {
    super('There is no feed with this id in this workspace.');
  }
}

export class FeedFailed extends problem({
  slug: 'feed-failed',
  title: 'The feed’s query failed',
  status: 409,
  help: 'Run the feed’s saved query to see what is wrong with it, and correct it. The feed works again at its next reading.',
}) {
  constructor({ kind, message, hint }: SqlFault, queryId?: string) {
    super(message, { members: { kind, hint, query_id: queryId } });
  }
}
