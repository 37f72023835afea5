import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { shown } from './domain/query-view.js';
import type { LiveQuery } from './live-query.js';
import { QueryResultsService } from './query-results.service.js';

/** How the calls that run a query answer. */
@Injectable()
export class QueryAnswers {
  constructor(private readonly results: QueryResultsService) {}

  /** 200 with the first page when the query ends within the time, else 202 with the address to follow. */
  async whenEnded(live: LiveQuery, waitMs: number, reply: FastifyReply): Promise<string> {
    const ended = await live.endedWithin(waitMs);
    void reply.headers({
      'content-type': 'application/json; charset=utf-8',
      location: `/api/v1/queries/${live.row.query_id}`,
    });
    if (ended) return this.results.answer(ended);
    void reply.status(202);
    return JSON.stringify(shown(live.row));
  }
}
