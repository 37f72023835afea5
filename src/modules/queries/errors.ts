import { problem } from '../../platform/errors/problem.js';
import type { SqlFault } from '../../providers/query-engine/query-engine.js';

const readable = (bytes: number) => `${bytes.toLocaleString('en')} bytes`;

/** A 400 also where the statement is not read-only: no role and no token could be given the right to run it. */
export class SqlRefused extends problem({
  slug: 'sql-rejected',
  title: 'The SQL was not accepted',
  status: 400,
  help: 'Nothing was run. "kind" says what is wrong, "line" and "column" where in your text, "hint" what to try. One read-only statement in Athena’s dialect is accepted, over the tables that GET /api/v1/tables lists.',
}) {
  constructor(readonly fault: SqlFault) {
    const { kind, message, line, column, hint } = fault;
    super(message, {
      errors: [{ pointer: kind === 'parameters' ? '/parameters' : '/sql', detail: message }],
      members: { kind, line, column, hint },
    });
  }
}

export class TooManyBytes extends problem({
  slug: 'too-many-bytes',
  title: 'The query would read too much',
  status: 400,
  help: 'Nothing was run. Read fewer columns or smaller tables, or allow more with max_bytes_scanned. POST /api/v1/queries/estimate shows what each table costs.',
}) {
  constructor(bytesScanned: number, limit: number, setBy: string) {
    super(`The query would read ${readable(bytesScanned)}; ${setBy} allows ${readable(limit)}.`, {
      members: { bytes_scanned: bytesScanned, limit },
    });
  }
}

export class TooManyQueries extends problem({
  slug: 'too-many-queries',
  title: 'Too many queries at once',
  status: 429,
  help: 'Wait until some of the workspace’s queries have ended, or cancel them with POST /api/v1/queries/{query_id}/cancel.',
}) {
  constructor(limit: number) {
    super(`The workspace has ${limit} queries queued or running, which is its limit.`, {
      headers: { 'retry-after': '1' },
    });
  }
}

/** For callers that name their queries by tokens of their own: they follow the earlier one. Clients cannot. */
export class QueryRepeated extends Error {
  constructor() {
    super('There is a query under this client token.');
  }
}

export class QueryNotFound extends problem({
  slug: 'query-not-found',
  title: 'Query not found',
  status: 404,
  help: 'GET /api/v1/queries lists the queries of the workspace.',
}) {
  constructor() {
    super('There is no query with this id in this workspace.');
  }
}

export class QueryNotFinished extends problem({
  slug: 'query-not-finished',
  title: 'The query has not finished yet',
  status: 409,
  help: 'Follow GET /api/v1/queries/{query_id}/events, or ask GET /api/v1/queries/{query_id} until its state is "succeeded".',
}) {
  constructor(queryId: string, state: string) {
    super(`The query ${queryId} is ${state}; its result is not there yet.`, {
      headers: { 'retry-after': '1' },
      members: { state },
    });
  }
}

export class QueryWithoutResult extends problem({
  slug: 'query-without-result',
  title: 'The query has no result',
  status: 409,
  help: 'GET /api/v1/queries/{query_id} says why. Correct the statement and run it again.',
}) {
  constructor(queryId: string, state: string) {
    super(`The query ${queryId} ended as ${state}, so it has no result.`, { members: { state } });
  }
}

export class ResultExpired extends problem({
  slug: 'result-expired',
  title: 'The result is gone',
  status: 410,
  help: 'Results are kept for the days that QUERY_RESULT_DAYS says; a power cut may lose the newest. Run the query again for a new result.',
}) {
  constructor(queryId: string) {
    super(`The result of the query ${queryId} is not stored any more. The query is still in the history.`);
  }
}

export class ResultNotReadable extends problem({
  slug: 'result-not-readable',
  title: 'The rows cannot be sent',
  status: 422,
  help: 'Ask for fewer rows with ?limit=, or download the result as Parquet, which has no such bounds.',
}) {
  constructor({ kind, message }: SqlFault) {
    super(message, { members: { kind } });
  }
}
