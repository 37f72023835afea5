import { Body, Controller, Get, HttpCode, Param, Post, Query as QueryString, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendEvents } from '../../platform/http/sse.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { QueryAnswers } from './query-answers.js';
import { QueriesService } from './queries.service.js';
import { EstimateQuery, ListQueries, Query, QueryEstimate, QueryPage, QueryWithRows, RunQuery } from './query.dto.js';

@ApiTags('Queries')
@Controller('queries')
export class QueriesController {
  constructor(
    private readonly queries: QueriesService,
    private readonly answers: QueryAnswers,
  ) {}

  /**
   * Run one read-only statement in Athena's dialect. A statement that is not accepted is 400 and nothing is run. An
   * accepted query that ends within `wait_ms` is 200: with its first 1,000 rows, or with the state `failed` and the
   * `error`. Any other is 202; it runs on, also when the client goes away, and only cancelling ends it.
   */
  @Post()
  @HttpCode(200)
  @RequirePermission('queries:run')
  @Idempotent()
  @ApiResponse({ status: 200, description: 'The query has ended.', type: QueryWithRows })
  @ApiResponse({ status: 202, description: 'The query is queued or running; follow Location.', type: Query })
  async run(
    @CurrentCaller() caller: Caller,
    @Body() input: RunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answers.whenEnded(await this.queries.run(caller, input), input.wait_ms, reply);
  }

  /** What a statement would read and cost. Nothing is run. */
  @Post('estimate')
  @HttpCode(200)
  @RequirePermission('queries:run')
  estimate(@CurrentCaller() caller: Caller, @Body() input: EstimateQuery): Promise<QueryEstimate> {
    return this.queries.estimate(caller, input.sql);
  }

  /** The workspace's queries, newest first. */
  @Get()
  @RequirePermission('queries:read')
  list(@CurrentCaller() caller: Caller, @QueryString() filter: ListQueries): Promise<QueryPage> {
    return this.queries.list(caller, filter);
  }

  /** One query, without its rows. */
  @Get(':query_id')
  @RequirePermission('queries:read')
  get(@CurrentCaller() caller: Caller, @Param('query_id') queryId: string): Promise<Query> {
    return this.queries.get(caller, queryId);
  }

  /** Stop a query. It ends within a second; a query that has ended already stays as it is. */
  @Post(':query_id/cancel')
  @HttpCode(200)
  @RequirePermission('queries:run')
  cancel(@CurrentCaller() caller: Caller, @Param('query_id') queryId: string): Promise<Query> {
    return this.queries.cancel(caller, queryId);
  }

  /** Follow a query as Server-Sent Events: `state` with the query at each change of state, `progress` with a fraction. */
  @Get(':query_id/events')
  @RequirePermission('queries:read')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Ends when the query has ended.', schema: { type: 'string' } })
  events(
    @CurrentCaller() caller: Caller,
    @Param('query_id') queryId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendEvents(request, reply, (after, signal) => this.queries.events(caller, queryId, after, signal));
  }
}
